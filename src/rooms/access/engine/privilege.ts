/** D7 and D9: power used for the first time, and power used after a factor was reset. */
import { DAY_MS, duration } from '../../../kernel/time.ts'
import type { Finding } from './detection.ts'
import { type AdminEvent, does, failed, teaches } from './event.ts'
import { noveltyChance } from './habit.ts'
import { PRIVILEGE_CHANCE_MAX, PRIVILEGE_DAYS_MIN, RESET_WATCH_MS } from './limits.ts'
import { isFresh, isSince, type Person, type Reset, usesPower } from './person.ts'

export function firstPrivilegedAct(event: AdminEvent, person: Person): Finding | undefined {
  if (!usesPower(event) || !teaches(event)) return undefined
  const { operations, activeDays } = person
  if (activeDays < PRIVILEGE_DAYS_MIN || operations.known.has(event.api.operation)) return undefined
  const isFirst = operations.known.size === 0
  if (noveltyChance(operations, activeDays) > PRIVILEGE_CHANCE_MAX) return undefined
  const { user } = event.actor
  const { operation } = event.api
  return {
    detector: 'first_privileged_act',
    severity: isFresh(person, event) ? 'high' : isFirst ? 'medium' : 'low',
    behind: [person.lastLine],
    why: isFirst
      ? {
          en: `${user} did ${operation}: the first privileged act in ${activeDays} active days`,
          ko: `${user} 계정이 활동한 ${activeDays}일 만에 처음으로 권한 행위 ${operation}을(를) 했습니다`,
        }
      : {
          en: `${user} did ${operation}, which is new beside the ${operations.known.size} kinds of privileged acts of this account`,
          ko: `${user} 계정이 그동안의 권한 행위 ${operations.known.size}종에 없던 ${operation}을(를) 했습니다`,
        },
  }
}

const isWatched = (reset: Reset | undefined, event: AdminEvent): reset is Reset =>
  reset !== undefined &&
  event.time >= reset.time &&
  event.time - reset.time <= RESET_WATCH_MS &&
  event.line !== reset.line

/** `target` is the person whom the event changes, where that is known. */
export function resetThenPrivilege(event: AdminEvent, person: Person, target: Person | undefined): Finding | undefined {
  if (failed(event) || does(event, 'mfa_reset')) return undefined
  const granted = does(event, 'admin_granted') && target !== undefined && target !== person ? target.reset : undefined
  const { reset } = person
  const { device, src_endpoint, api, actor } = event
  const own = isWatched(reset, event) && usesPower(event) ? reset : undefined
  // A new phone and a day's usual work is no attack: something must be new since the reset.
  const isChanged =
    own !== undefined &&
    (isSince(person, device, src_endpoint.network, own.time) || !person.operations.known.has(api.operation))
  const cause = isWatched(granted, event) ? granted : isChanged ? own : undefined
  if (cause === undefined) return undefined
  const whose = cause === own ? actor.user : (event.user ?? '-')
  const after = duration(event.time - cause.time)
  const beyond = event.time - cause.time > DAY_MS
  return {
    detector: 'mfa_reset_then_privilege',
    severity: beyond ? 'medium' : 'high',
    behind: [cause.line],
    why: {
      en: `a factor of ${whose} was reset by ${cause.by}; ${after} later ${actor.user} did ${api.operation}`,
      ko: `${cause.by}이(가) ${whose}의 인증 수단을 초기화하고 ${after} 뒤 ${actor.user} 계정이 ${api.operation}을(를) 했습니다`,
    },
  }
}
