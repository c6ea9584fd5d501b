/** What guarded acts would do about people, keys, machines and where approvals are signed. */
import type { Rooms } from '../app.ts'
import { takenFor } from '../rooms/access/engine/approval/index.ts'
import * as access from '../rooms/access/index.ts'
import { commands } from '../rooms/access/messages.ts'
import { change, instant, line, NOTHING, type Warning, warning } from './words.ts'

type Effect = access.Effect
const personIn = (rooms: Rooms, person: string) => access.personFacts(rooms.access.state, person)

export function invite(_rooms: Rooms, data: object): Effect {
  const { person, roles, contact, accounts } = commands['person.invite'].parse(data)
  const lines = [
    line('New person', '새 사람', person),
    line('Roles', '역할', roles.join(', ')),
    line('Contact on file', '등록 연락처', contact ?? '-'),
    line('Accounts', '계정', accounts.join(', ') || '-'),
  ]
  const none = warning('No contact is on file: nobody could call back.', '연락처가 없어 회신 통화를 할 수 없습니다.')
  return { lines, unusual: contact === undefined ? [none] : [] }
}

export function changed(rooms: Rooms, data: object): Effect {
  const { person, roles, contact, accounts } = commands['person.change'].parse(data)
  const before = personIn(rooms, person)
  if (before === undefined) return NOTHING
  const more = roles.filter((role) => !before.roles.includes(role))
  const lines = [
    line('Person', '사람', person),
    line('Roles', '역할', change(before.roles.join(', '), roles.join(', '))),
    line('Contact on file', '등록 연락처', change(before.contact ?? '-', contact ?? '-')),
    line('Accounts', '계정', change(before.accounts.join(', ') || '-', accounts.join(', ') || '-')),
  ]
  const gains = more.map((role) =>
    warning(`${person} gains the role ${role}.`, `${person}에게 ${role} 역할이 생깁니다.`),
  )
  const moved = warning('The contact to call back changes.', '회신 통화 연락처가 바뀝니다.')
  return { lines, unusual: before.contact === (contact ?? null) ? gains : [...gains, moved] }
}

export function key(rooms: Rooms, data: object): Effect {
  const { person, key: added } = commands['key.add'].parse(data)
  const before = personIn(rooms, person)
  const lines = [
    line('Person', '사람', person),
    line('New key', '새 키', `${added.label} (${added.algorithm}, ${added.aaguid})`),
    line('Keys today', '현재 키 수', String(before?.keys ?? 0)),
  ]
  const copied = warning('It may be copied to other devices.', '다른 기기로 복사될 수 있는 키입니다.')
  return { lines, unusual: added.backup_eligible ? [copied] : [] }
}

export function recover(rooms: Rooms, data: object): Effect {
  const { person } = commands['key.recover'].parse(data)
  const before = personIn(rooms, person)
  if (before === undefined) return NOTHING
  const lines = [
    line('Person', '사람', `${person}: ${before.roles.join(', ')}`),
    line('Keys that count as lost', '분실 처리되는 키', String(before.keys)),
  ]
  const aimed = warning(
    'This is what somebody who poses as a colleague asks for. See or call the person yourself.',
    '동료를 사칭하는 사람이 요구하는 일입니다. 본인을 직접 만나거나 전화로 확인하십시오.',
  )
  return { lines, unusual: [aimed] }
}

export function service(rooms: Rooms, data: object): Effect {
  const { service: name, scopes, certificate_sha256 } = commands['service.register'].parse(data)
  const lines = [
    line('Service account', '서비스 계정', name),
    line('May', '권한', scopes.join(', ')),
    line('Shown by', '증명', certificate_sha256 === undefined ? 'RFC 9421' : 'mTLS'),
  ]
  return { lines, unusual: aboutService(rooms, name, scopes) }
}

const TOO_MANY_SCOPES = 3

function aboutService(rooms: Rooms, name: string, scopes: readonly string[]): Warning[] {
  const { services, people } = rooms.access.state
  const like = takenFor(name, [...services.keys(), ...people.keys()])
  return [
    ...(like === undefined ? [] : [warning(`Its name looks like ${like}.`, `이름이 ${like}와 비슷합니다.`)]),
    ...(scopes.includes('withdrawal.request')
      ? [warning('It may ask for withdrawals.', '출금을 요청할 수 있습니다.')]
      : []),
    ...(scopes.length > TOO_MANY_SCOPES
      ? [warning(`It may do more than ${TOO_MANY_SCOPES} things.`, `권한이 ${TOO_MANY_SCOPES}가지를 넘습니다.`)]
      : []),
  ]
}

export function restore(rooms: Rooms, data: object): Effect {
  const { person } = commands['person.restore'].parse(data)
  const known = rooms.access.state.people.get(person)
  const suspension = known?.suspensions.find(({ until }) => until === undefined)
  if (known === undefined || suspension === undefined) return NOTHING
  const lines = [
    line('Person', '사람', `${person}: ${access.rolesNow(known).join(', ')}`),
    line('Suspended because', '정지 사유', suspension.reason),
    instant('Since', '시각', suspension.from),
    line('By', '실행자', suspension.by),
  ]
  return { lines, unusual: risky(rooms, person) }
}

const risky = (rooms: Rooms, person: string): Warning[] =>
  access.riskFacts(rooms.access.state, person) === undefined
    ? []
    : [warning(`${person} is at risk.`, `${person}은(는) 위험 상태입니다.`)]

export function cleared(rooms: Rooms, data: object): Effect {
  const { person } = commands['risk.clear'].parse(data)
  const risk = access.riskFacts(rooms.access.state, person)
  if (risk === undefined) return NOTHING
  const lines = [
    line('Person', '사람', person),
    line('At risk because', '위험 사유', risk.why),
    instant('Since', '시각', risk.since),
    line('Alert', '경보', risk.alert ?? '-'),
  ]
  const fewer = warning('Quorums and locks shrink to their usual size.', '승인 수와 대기 시간이 평소대로 줄어듭니다.')
  return { lines, unusual: [fewer] }
}

export function site(rooms: Rooms, data: object): Effect {
  const { deployment, rp_id, origins } = commands['site.set'].parse(data)
  const before = rooms.access.state.site
  const lines = [
    line('Deployment', '배포 이름', change(before?.deployment ?? '-', deployment)),
    line('Domain of the passkeys', '패스키 도메인', change(before?.rp_id ?? '-', rp_id)),
    line('Console opened at', '콘솔 주소', change(before?.origins.join(', ') ?? '-', origins.join(', '))),
  ]
  const lost = warning(
    'No passkey that is registered works for another domain.',
    '다른 도메인에서는 등록된 패스키를 쓸 수 없습니다.',
  )
  const added = origins.filter((one) => before?.origins.includes(one) !== true)
  const wider = added.map((one) =>
    warning(`Approvals could be signed at ${one}.`, `${one}에서도 승인할 수 있게 됩니다.`),
  )
  return { lines, unusual: before?.rp_id === rp_id ? wider : [lost, ...wider] }
}
