/** D11 to D21: acts that are worth telling by themselves. The account's own history decides only how loudly. */
import type { Detector, Finding, Severity, Words } from './detection.ts'
import { raised } from './detection.ts'
import { type Act, type AdminEvent, does, failed } from './event.ts'
import { HABIT_DAYS, type Options } from './limits.ts'
import { isFresh, type Person } from './person.ts'

interface Rule {
  readonly act: Act
  readonly detector: Detector
  readonly severity: Severity
  /** Where the account did it on several earlier days; `silent`: nothing is said. */
  readonly habitual: Severity | 'silent'
  readonly what: Words
}

const RULES: readonly Rule[] = [
  {
    act: 'trust_changed',
    detector: 'new_identity_provider',
    severity: 'high',
    habitual: 'medium',
    what: {
      en: 'made or changed who is trusted to say who people are',
      ko: '신원을 보증하는 주체(신뢰)를 만들거나 바꾸었습니다',
    },
  },
  {
    act: 'outside_sign_in',
    detector: 'new_identity_provider',
    severity: 'low',
    habitual: 'silent',
    what: { en: 'signed in through an outside identity provider', ko: '외부 신원 제공자를 통해 로그인했습니다' },
  },
  {
    act: 'admin_granted',
    detector: 'new_admin',
    severity: 'medium',
    habitual: 'low',
    what: { en: 'gave administrator rights', ko: '관리자 권한을 부여했습니다' },
  },
  {
    act: 'logging_off',
    detector: 'logging_off',
    severity: 'critical',
    habitual: 'high',
    what: { en: 'switched off or cut a log', ko: '로그를 끄거나 줄였습니다' },
  },
  {
    act: 'mfa_off',
    detector: 'mfa_weakened',
    severity: 'high',
    habitual: 'medium',
    what: { en: 'switched off a factor for everybody', ko: '모두의 인증 수단을 껐습니다' },
  },
  {
    act: 'mfa_reset',
    detector: 'mfa_weakened',
    severity: 'low',
    habitual: 'low',
    what: { en: 'reset, suspended or removed a factor', ko: '인증 수단을 초기화, 정지 또는 제거했습니다' },
  },
  {
    act: 'weak_sign_in',
    detector: 'weak_sign_in',
    severity: 'medium',
    habitual: 'low',
    what: { en: 'signed in without the required way or factor', ko: '요구되는 방법이나 인증 수단 없이 로그인했습니다' },
  },
  {
    act: 'token_reused',
    detector: 'new_credential',
    severity: 'high',
    habitual: 'high',
    what: { en: 'used a token a second time', ko: '토큰을 두 번째로 사용했습니다' },
  },
  {
    act: 'credential_made',
    detector: 'new_credential',
    severity: 'low',
    habitual: 'silent',
    what: { en: 'made a long-lived credential', ko: '오래 유효한 자격 증명을 만들었습니다' },
  },
  {
    act: 'secret_exposed',
    detector: 'secret_exposed',
    severity: 'medium',
    habitual: 'medium',
    what: { en: 'obtained a password of somebody else in the clear', ko: '다른 사람의 비밀번호를 평문으로 얻었습니다' },
  },
  {
    act: 'locked_out',
    detector: 'sign_in_failures',
    severity: 'low',
    habitual: 'low',
    what: { en: 'was locked out or throttled', ko: '계정이 잠기거나 제한되었습니다' },
  },
  {
    act: 'hidden_source',
    detector: 'hostile_source',
    severity: 'medium',
    habitual: 'silent',
    what: { en: 'came from a source that hides where it is', ko: '위치를 숨기는 출처에서 접속했습니다' },
  },
  {
    act: 'compromise_reported',
    detector: 'compromise_reported',
    severity: 'high',
    habitual: 'high',
    what: { en: 'is named in a report of an attack', ko: '공격 보고에 이름이 올랐습니다' },
  },
  {
    act: 'host_command',
    detector: 'host_command',
    severity: 'low',
    habitual: 'low',
    what: { en: 'ran a command that attackers use on a host', ko: '공격자가 호스트에서 쓰는 명령을 실행했습니다' },
  },
]

const isSelf = ({ actor, user }: AdminEvent): boolean => user !== undefined && user === actor.user

/** A refused act is told as an attempt, quietly, except where the refusal is the point. */
const POINTLESS_TO_LOWER: readonly Act[] = ['compromise_reported', 'locked_out', 'hidden_source', 'token_reused']

function severityOf(rule: Rule, event: AdminEvent, person: Person): Severity | 'silent' {
  const isHabitual = (person.acts.get(rule.act)?.days ?? 0) >= HABIT_DAYS
  const severity = isHabitual ? rule.habitual : rule.severity
  if (severity === 'silent') return severity
  if (failed(event) && !POINTLESS_TO_LOWER.includes(rule.act)) return 'low'
  const isBold = isFresh(person, event) || (rule.act === 'admin_granted' && isSelf(event))
  return isBold && rule.act !== 'mfa_reset' ? raised(severity) : severity
}

function finding(rule: Rule, event: AdminEvent, severity: Severity): Finding {
  const { actor, user, api } = event
  const whom = user === undefined || user === actor.user ? '' : ` · ${user}`
  const tried = failed(event) ? { en: ' (refused)', ko: ' (거절됨)' } : { en: '', ko: '' }
  return {
    detector: rule.detector,
    severity,
    why: {
      en: `${actor.user} ${rule.what.en}: ${api.operation}${whom}${tried.en}`,
      ko: `${actor.user}: ${rule.what.ko}. ${api.operation}${whom}${tried.ko}`,
    },
  }
}

export function definiteActs(event: AdminEvent, person: Person): Finding[] {
  const found = new Map<Detector, Finding>()
  for (const rule of RULES) {
    if (!does(event, rule.act) || found.has(rule.detector)) continue
    const severity = severityOf(rule, event, person)
    if (severity !== 'silent') found.set(rule.detector, finding(rule, event, severity))
  }
  return [...found.values()]
}

/** D19, D15: a country nobody works in, a mail domain nobody has. */
export function outsider(event: AdminEvent, { watchedCountries, domains }: Options): Finding | undefined {
  if (!does(event, 'sign_in')) return undefined
  const { user } = event.actor
  const { country } = event.src_endpoint
  if (country !== undefined && watchedCountries.has(country.toUpperCase())) {
    return {
      detector: 'hostile_source',
      severity: failed(event) ? 'medium' : 'high',
      why: {
        en: `${user} signs in from ${country}, where nobody of the staff is ever expected`,
        ko: `${user} 계정이 직원이 있을 리 없는 ${country}에서 로그인했습니다`,
      },
    }
  }
  const domain = /@([^@\s]+)$/.exec(user)?.[1]
  if (domain === undefined || domains.size === 0 || domains.has(domain) || failed(event)) return undefined
  return {
    detector: 'weak_sign_in',
    severity: 'medium',
    why: {
      en: `${user} signed in with an address of ${domain}, which is no domain of the staff`,
      ko: `${user} 계정이 직원의 도메인이 아닌 ${domain} 주소로 로그인했습니다`,
    },
  }
}
