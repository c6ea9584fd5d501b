/** Rules of approval against those in force: what is other, act by act, and which protections an act loses. */
import type { Rooms } from '../app.ts'
import { duration } from '../kernel/time.ts'
import * as access from '../rooms/access/index.ts'
import { commands } from '../rooms/access/messages.ts'
import { change, line, type Warning, warning } from './words.ts'

type Terms = access.Rule['terms']

const listed = (items: readonly string[]): string => items.join(', ') || '-'

const told = (terms: Terms | undefined): string =>
  terms === undefined
    ? '-'
    : [
        `${terms.approvals_min} of ${listed(terms.roles)}`,
        `lock ${duration(terms.time_lock_ms)}`,
        `open for ${duration(terms.expires_after_ms)}`,
        `veto ${listed(terms.veto_roles)}`,
        `at risk +${terms.at_risk?.approvals_added ?? 0}, +${duration(terms.at_risk?.time_lock_added_ms ?? 0)}`,
        ...(terms.call_back === true ? ['call-back'] : []),
      ].join('; ')

const gains = (before: readonly string[], after: readonly string[]): boolean =>
  after.some((one) => !before.includes(one))

/** What an act loses by the new terms. */
function losses(before: Terms, after: Terms): Warning[] {
  const [was, is] = [before.at_risk, after.at_risk]
  const isLess =
    (is?.approvals_added ?? 0) < (was?.approvals_added ?? 0) ||
    (is?.time_lock_added_ms ?? 0) < (was?.time_lock_added_ms ?? 0)
  const checks: readonly (readonly [boolean, string, string])[] = [
    [after.approvals_min < before.approvals_min, 'fewer approvals', '승인 수 감소'],
    [gains(before.roles, after.roles), 'more roles approve', '승인 역할 추가'],
    [after.time_lock_ms < before.time_lock_ms, 'a shorter lock', '대기 시간 단축'],
    [after.expires_after_ms > before.expires_after_ms, 'it stays open longer', '유효 기간 연장'],
    [gains(after.veto_roles, before.veto_roles), 'fewer roles veto', '거부 역할 감소'],
    [before.call_back === true && after.call_back !== true, 'no call-back', '회신 통화 없음'],
    [isLess, 'less is added at risk', '위험 시 강화 축소'],
  ]
  return checks.flatMap(([is_, en, ko]) => (is_ ? [warning(en, ko)] : []))
}

export function rules(rooms: Rooms, data: object): access.Effect {
  const { acts } = commands['approvals.set'].parse(data)
  const before = new Map(access.policyActs(rooms.access.state).map((one) => [one.act, one.terms]))
  const moved = acts.filter(({ act, terms }) => told(before.get(act)) !== told(terms))
  const softer = moved.flatMap(({ act, terms }) => {
    const was = before.get(act)
    if (was === undefined) return []
    return losses(was, terms).map(({ en, ko }) => warning(`${act} gets easier: ${en}.`, `${act} 완화: ${ko}.`))
  })
  return {
    lines: moved.map(({ act, terms }) => line(act, act, change(told(before.get(act)), told(terms)))),
    unusual: softer,
  }
}
