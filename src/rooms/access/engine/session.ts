/** D10: one session used from two networks at once. A phone changes networks; a stolen cookie changes the client or the country too. */
import type { Finding } from './detection.ts'
import type { AdminEvent } from './event.ts'
import { SESSION_HOP_MS } from './limits.ts'
import type { Person } from './person.ts'

export function sessionTwoNetworks(event: AdminEvent, person: Person): Finding | undefined {
  const { session } = event.actor
  const { network, country } = event.src_endpoint
  const first = session === undefined ? undefined : person.sessions.get(session)
  if (first === undefined || network === undefined || first.network === network) return undefined
  const isSameClient = event.device !== undefined && event.device === first.device
  const hasHopped =
    country !== undefined &&
    first.country !== undefined &&
    country !== first.country &&
    event.time - first.time <= SESSION_HOP_MS
  if (isSameClient && !hasHopped) return undefined
  const isOther = event.device !== undefined && first.device !== undefined && !isSameClient
  return {
    detector: 'session_two_networks',
    severity: isOther || hasHopped ? 'high' : 'medium',
    behind: [first.line],
    why: {
      en: `one session of ${event.actor.user} is used from ${first.network} and from ${network}${isOther ? ' with another client' : ''}: its cookie or key may be stolen`,
      ko: `${event.actor.user}의 같은 세션이 ${first.network}와 ${network}에서 ${isOther ? '서로 다른 클라이언트로 ' : ''}쓰이고 있습니다. 쿠키나 키가 도난되었을 수 있습니다`,
    },
  }
}
