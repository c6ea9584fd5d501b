/** What guarded acts would do about cases, notices, funds and repayments. */
import type { Rooms } from '../app.ts'
import type { Effect } from '../rooms/access/index.ts'
import * as incident from '../rooms/incident/index.ts'
import { commands } from '../rooms/incident/messages.ts'
import * as liability from '../rooms/liability/index.ts'
import { commands as books } from '../rooms/liability/messages.ts'
import { change, line, NOTHING, warning, won } from './words.ts'

export function notice(rooms: Rooms, data: object): Effect {
  const { notice: id } = commands['notice.approve'].parse(data)
  const found = incident.noticeOf(rooms.incident.state, id)
  if (found === undefined) return NOTHING
  const lines = [
    line('Authority', '기관', found.authority),
    line('Channel', '전송 방법', `${found.channel ?? '-'} ${found.to ?? '-'}`),
    line('Subject', '제목', found.subject),
    line('Text', '본문', found.body),
  ]
  const nowhere = warning('Nobody is set to receive it.', '수신처가 정해져 있지 않습니다.')
  return { lines, unusual: found.to === null ? [nowhere] : [] }
}

export function recipient(rooms: Rooms, data: object): Effect {
  const { authority, language, channel, to } = commands['recipient.set'].parse(data)
  const before = incident
    .recipientList(rooms.incident.state)
    .find((one) => one.authority === authority && one.language === language)
  const was = before === undefined ? '-' : `${before.channel} ${before.to}`
  const lines = [
    line('Authority', '기관', `${authority} (${language})`),
    line('Notices go to', '통지 수신처', change(was, `${channel} ${to}`)),
  ]
  const moved = warning('Notices would go elsewhere than today.', '통지가 지금과 다른 곳으로 갑니다.')
  return { lines, unusual: before === undefined ? [] : [moved] }
}

export function pack(_rooms: Rooms, data: object): Effect {
  const { pack: name, jurisdiction, as_of, obligations } = commands['pack.load'].parse(data)
  const told = obligations.map((one) => one.obligation).join(', ')
  const lines = [
    line('Rule pack', '규칙 묶음', `${name} (${jurisdiction}, ${as_of})`),
    line('Duties', '의무', `${obligations.length}: ${told}`),
  ]
  return { lines, unusual: [] }
}

export function closing(rooms: Rooms, data: object): Effect {
  const { incident: id } = commands['incident.close'].parse(data)
  const found = incident.incidentList(rooms.incident.state).find((one) => one.incident === id)
  if (found === undefined) return NOTHING
  const lines = [
    line('Case', '사건', found.summary),
    line('Clocks still running', '진행 중인 의무', String(found.clocks_running)),
  ]
  const running = warning('Duties of this case are still running.', '이 사건의 의무가 아직 남아 있습니다.')
  return { lines, unusual: found.clocks_running > 0 ? [running] : [] }
}

export function fund(rooms: Rooms, data: object): Effect {
  const { fund: name, krw } = books['fund.set'].parse(data)
  const before = liability.funds(rooms.liability.state).find((one) => one.fund === name)
  const lines = [
    line('Fund', '기금', name),
    won('Today', '현재', String(before?.krw ?? '0')),
    won('Then', '변경 후', krw),
  ]
  return { lines, unusual: [] }
}

export function pay(rooms: Rooms, data: object): Effect {
  const { incident: id, count_max, wallets } = books['repayment.pay'].parse(data)
  const summary = liability.repaymentSummary(rooms.liability.state, id)
  const lines = [
    line('Case', '사건', id),
    line('At most', '최대 건수', `${count_max} / ${summary?.planned ?? 0}`),
    line('From wallets', '출금 지갑', wallets.map((one) => JSON.stringify(one)).join(', ')),
    won('Planned in all', '계획 총액', summary?.planned_krw ?? '0'),
    won('Repaid so far', '지급 완료', summary?.repaid_krw ?? '0'),
  ]
  return { lines, unusual: [] }
}
