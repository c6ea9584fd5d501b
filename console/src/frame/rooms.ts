/** The rooms of the rail, in the order of an incident. */
import type { Key } from '../i18n/en.ts'
import { paths } from '../paths.ts'

export interface Room {
  readonly id: string
  readonly label: Extract<Key, `nav.${string}`>
  readonly link: { readonly to: ReturnType<(typeof paths)['now' | RoomPath]>['to'] }
  /** The first part of every address within the room. */
  readonly prefix: string
  /** Not in this version: its page says what to do today. */
  readonly later?: boolean
  /** Shown in the bar at the bottom of a phone; the others are behind "More". */
  readonly pocket?: boolean
}
type RoomPath =
  | 'withdrawals'
  | 'wallets'
  | 'incidents'
  | 'traces'
  | 'repayments'
  | 'people'
  | 'evidence'
  | 'drills'
  | 'duties'
  | 'proposals'
  | 'alerts'

export const ROOMS: readonly Room[] = [
  { id: 'now', label: 'nav.now', link: paths.now(), prefix: '/', pocket: true },
  { id: 'withdrawals', label: 'nav.withdrawals', link: paths.withdrawals(), prefix: '/withdrawals', pocket: true },
  { id: 'wallets', label: 'nav.wallets', link: paths.wallets(), prefix: '/wallets' },
  { id: 'incidents', label: 'nav.incidents', link: paths.incidents(), prefix: '/incidents', pocket: true },
  { id: 'trace', label: 'nav.trace', link: paths.traces(), prefix: '/trace' },
  { id: 'repayment', label: 'nav.repayment', link: paths.repayments(), prefix: '/repayment' },
  { id: 'proposals', label: 'nav.proposals', link: paths.proposals(), prefix: '/proposals', pocket: true },
  { id: 'people', label: 'nav.people', link: paths.people(), prefix: '/people' },
  { id: 'alerts', label: 'nav.alerts', link: paths.alerts(), prefix: '/alerts' },
  { id: 'evidence', label: 'nav.evidence', link: paths.evidence(), prefix: '/evidence' },
  { id: 'drills', label: 'nav.drills', link: paths.drills(), prefix: '/drills', later: true },
]

export const inRoom = (room: Room, pathname: string): boolean =>
  room.prefix === '/' ? pathname === '/' : pathname === room.prefix || pathname.startsWith(`${room.prefix}/`)
