/** What guarded acts would do about people, keys, machines and the rules of approval. */
import type { Rooms } from '../app.ts'
import * as access from '../rooms/access/index.ts'
import { commands } from '../rooms/access/messages.ts'
import { change, line, NOTHING, type Warning, warning } from './words.ts'

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

export function service(_rooms: Rooms, data: object): Effect {
  const { service: name, scopes, certificate_sha256 } = commands['service.register'].parse(data)
  const lines = [
    line('Service account', '서비스 계정', name),
    line('May', '권한', scopes.join(', ')),
    line('Shown by', '증명', certificate_sha256 === undefined ? 'RFC 9421' : 'mTLS'),
  ]
  const moves = warning('It may ask for withdrawals.', '출금을 요청할 수 있습니다.')
  return { lines, unusual: scopes.includes('withdrawal.request') ? [moves] : [] }
}

/** Act by act what is other than today. */
export function rules(rooms: Rooms, data: object): Effect {
  const { acts } = commands['approvals.set'].parse(data)
  const before = new Map(access.policyActs(rooms.access.state).map((one) => [one.act, one.terms]))
  const told = (
    terms: { approvals_min: number; roles: readonly string[]; time_lock_ms: number } | undefined,
  ): string =>
    terms === undefined
      ? '-'
      : `${terms.approvals_min} of ${terms.roles.join(', ')}, ${terms.time_lock_ms / 60_000} min`
  const moved = acts.filter(({ act, terms }) => told(before.get(act)) !== told(terms))
  const softer = moved.flatMap(({ act, terms }): Warning[] => {
    const was = before.get(act)
    const isSofter =
      was !== undefined && (terms.approvals_min < was.approvals_min || terms.time_lock_ms < was.time_lock_ms)
    return isSofter ? [warning(`${act} gets easier.`, `${act}의 요건이 약해집니다.`)] : []
  })
  return {
    lines: moved.map(({ act, terms }) => line(act, act, change(told(before.get(act)), told(terms)))),
    unusual: softer,
  }
}
