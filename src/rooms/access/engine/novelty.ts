/** D1 to D3: a device, a network or a country that is new for a person to whom new things seldom happen. */
import type { Detector, Finding, Severity } from './detection.ts'
import { type AdminEvent, failed, type Novelty, teaches } from './event.ts'
import { type Habit, isUnexpected, noveltyChance } from './habit.ts'
import { NOVELTY_CHANCE_MAX } from './limits.ts'
import type { Person } from './person.ts'

interface Kind {
  readonly detector: Detector
  readonly novelty: Novelty
  readonly en: string
  readonly ko: string
  readonly habit: (person: Person) => Habit
  readonly value: (event: AdminEvent) => string | undefined
}

const KINDS: readonly Kind[] = [
  {
    detector: 'new_device',
    novelty: 'device',
    en: 'device',
    ko: '기기',
    habit: ({ devices }) => devices,
    value: ({ device }) => device,
  },
  {
    detector: 'new_network',
    novelty: 'network',
    en: 'network',
    ko: '네트워크',
    habit: ({ networks }) => networks,
    value: ({ src_endpoint }) => src_endpoint.network,
  },
  {
    detector: 'new_country',
    novelty: 'country',
    en: 'country',
    ko: '국가',
    habit: ({ countries }) => countries,
    value: ({ src_endpoint }) => src_endpoint.country,
  },
]

/**
 * One new thing happens to everybody. A country brings its networks, so both are one thing, a journey; a new device on it is a second.
 * A journey of an account that holds power is worth a call.
 */
function severityOf(found: readonly Kind[], person: Person): Severity {
  const isNew = (novelty: Novelty): boolean => found.some((kind) => kind.novelty === novelty)
  if (isNew('device')) return isNew('country') ? 'high' : isNew('network') ? 'medium' : 'low'
  return isNew('country') && person.operations.known.size > 0 ? 'medium' : 'low'
}

/** Values come from logs; a long client name is cut. */
const SHOWN_MAX = 80

function told(kind: Kind, person: Person, event: AdminEvent, severity: Severity): Finding {
  const { detector, en, ko } = kind
  const value = (kind.value(event) ?? '-').slice(0, SHOWN_MAX)
  const habit = kind.habit(person)
  if (!isUnexpected(habit, kind.value(event), person.activeDays, NOVELTY_CHANCE_MAX)) {
    return {
      detector,
      severity,
      why: {
        en: `the product itself reports a new ${en} (${value}) for ${event.actor.user}`,
        ko: `제품이 ${event.actor.user}의 새 ${ko}(${value})를 보고했습니다`,
      },
    }
  }
  const chance = Math.round(noveltyChance(habit, person.activeDays) * 100)
  return {
    detector,
    severity,
    why: {
      en: `${event.actor.user} has never used the ${en} ${value} in ${person.activeDays} active days; a new ${en} on a day has a chance of about ${chance}% for this account`,
      ko: `${event.actor.user} 계정은 활동한 ${person.activeDays}일 동안 ${ko} ${value}을(를) 쓴 적이 없습니다. 이 계정에서 하루에 새 ${ko}가 나올 가능성은 약 ${chance}%입니다`,
    },
    behind: [person.lastLine],
  }
}

export function novelties(event: AdminEvent, person: Person): Finding[] {
  const { novel } = event
  if (!teaches(event) && (novel === undefined || failed(event))) return []
  const found = KINDS.filter(
    (kind) =>
      novel?.includes(kind.novelty) === true ||
      (teaches(event) && isUnexpected(kind.habit(person), kind.value(event), person.activeDays, NOVELTY_CHANCE_MAX)),
  )
  const severity = severityOf(found, person)
  return found.map((kind) => told(kind, person, event, severity))
}
