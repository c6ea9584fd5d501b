/** What guarded acts would do about cases, notices, funds and repayments. */
import type { Rooms } from '../app.ts'
import type { Effect } from '../rooms/access/index.ts'
import * as incident from '../rooms/incident/index.ts'
import { commands } from '../rooms/incident/messages.ts'
import * as liability from '../rooms/liability/index.ts'
import { commands as books } from '../rooms/liability/messages.ts'
import { change, instant, line, NOTHING, warning, won } from './words.ts'

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

const names = (rules: readonly { readonly obligation: string }[]): string[] => rules.map(({ obligation }) => obligation)

export function pack(rooms: Rooms, data: object): Effect {
  const { pack: name, jurisdiction, as_of, obligations } = commands['pack.load'].parse(data)
  const loaded = rooms.incident.state.packs.get(name)
  const [had, has] = [names(loaded?.obligations ?? []), names(obligations)]
  const [added, gone] = [has.filter((one) => !had.includes(one)), had.filter((one) => !has.includes(one))]
  const lines = [
    line('Rule pack', '규칙 묶음', `${name} (${jurisdiction})`),
    line('As of', '기준일', change(loaded?.as_of ?? '-', as_of)),
    line('Duties', '의무', change(String(had.length), String(has.length))),
    line('Added', '추가', added.join(', ') || '-'),
    line('Gone', '삭제', gone.join(', ') || '-'),
  ]
  const fewer = warning(`Duties disappear: ${gone.join(', ')}.`, `의무가 없어집니다: ${gone.join(', ')}.`)
  return { lines, unusual: gone.length > 0 ? [fewer] : [] }
}

export function reporter(rooms: Rooms, data: object): Effect {
  const now = commands['reporter.set'].parse(data)
  const before = rooms.incident.state.reporter
  const told = ({ platform, unit, contact }: typeof now): string =>
    `${platform.ko} / ${platform.en}, ${unit.ko} / ${unit.en}, ${contact}`
  return {
    lines: [line('Reports as', '보고 주체', change(before === undefined ? '-' : told(before), told(now)))],
    unusual: [],
  }
}

export function met(rooms: Rooms, data: object): Effect {
  const { incident: id, obligation, evidence, met_at } = commands['clock.meet'].parse(data)
  const due = rooms.incident.state.cases.get(id)?.clocks.get(obligation)?.due_at
  const lines = [
    line('Duty', '의무', `${obligation}, ${id}`),
    ...(due === undefined ? [] : [instant('Due', '기한', due)]),
    line('Met by', '이행 방법', evidence),
    ...(met_at === undefined ? [] : [instant('Met at', '이행 시각', met_at)]),
  ]
  const back = warning('It is dated back.', '이행 시각이 과거로 적혀 있습니다.')
  return { lines, unusual: met_at === undefined ? [] : [back] }
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
