/**
 * State -> tone, for every state the server knows. Each table must name every member of its type, so a new state on the server fails
 * to compile here until somebody decides what it means to a tired person. A tone is a colour, a shape and a word together; the
 * colour is never alone.
 */
import type { AlertKind, AlertSeverity, PersonStatus, Phase, ProposalState } from '../api/access.ts'
import type {
  ClockStatus,
  IncidentStatus,
  NoticeStatus,
  Obligation,
  PermitStatus,
  PlatformStatus,
  RepaymentStatus,
  Severity,
  SourceStatus,
  TraceStatus,
  TransferKind,
  WatcherStatus,
  WithdrawalStatus,
} from '../api/types.ts'

/** `safe`: as it should be. `waiting`: for a person or a moment. `late`: needs somebody now. `stolen`: coins or proof are lost. */
export type Tone = 'safe' | 'waiting' | 'late' | 'stolen' | 'plain'

export interface StateKinds {
  readonly platform: PlatformStatus
  readonly watcher: WatcherStatus
  readonly source: SourceStatus
  readonly withdrawal: WithdrawalStatus
  readonly permit: PermitStatus
  readonly transfer: TransferKind
  readonly incident: IncidentStatus
  readonly severity: Severity
  readonly clock: ClockStatus
  readonly notice: NoticeStatus
  readonly trace: TraceStatus
  readonly repayment: RepaymentStatus
  readonly law: Obligation['state']
  readonly phase: Phase
  readonly person: PersonStatus
  readonly proposal: ProposalState
  readonly alert: AlertSeverity
  readonly alarm: AlertKind
}
export type StateKind = keyof StateKinds

export const tones: { readonly [K in StateKind]: { readonly [S in StateKinds[K]]: Tone } } = {
  platform: { normal: 'safe', halted: 'late' },
  watcher: { reading: 'safe', behind: 'waiting', blind: 'stolen' },
  source: { reading: 'safe', stalled: 'late', erring: 'late', disagreeing: 'stolen', behind: 'waiting' },
  withdrawal: { permitted: 'safe', held: 'waiting', denied: 'plain', settled: 'safe', unlanded: 'late' },
  permit: { permitted: 'safe', expired: 'plain', settled: 'safe', unlanded: 'late' },
  transfer: { matched: 'safe', internal: 'plain', received: 'plain', unpermitted: 'stolen', reverted: 'waiting' },
  incident: { open: 'late', closed: 'plain' },
  severity: { low: 'waiting', high: 'late', critical: 'stolen' },
  clock: { running: 'waiting', met: 'safe', late: 'late', missed: 'stolen' },
  notice: { drafted: 'waiting', approved: 'waiting', sent: 'safe', failed: 'stolen', acknowledged: 'safe' },
  trace: { running: 'waiting', recorded: 'safe', failed: 'stolen' },
  repayment: { planned: 'waiting', requested: 'waiting', settled: 'safe', refused: 'late', withdrawn: 'plain' },
  law: { in_force: 'plain', proposed: 'waiting' },
  phase: { bare: 'late', founding: 'waiting', founded: 'safe' },
  person: { invited: 'waiting', active: 'safe', suspended: 'late', recovering: 'waiting' },
  proposal: {
    waiting: 'waiting',
    approved: 'waiting',
    executed: 'safe',
    vetoed: 'plain',
    withdrawn: 'plain',
    void: 'late',
    expired: 'plain',
  },
  alert: { low: 'plain', medium: 'waiting', high: 'late', critical: 'stolen' },
  alarm: { detection: 'plain', attempt: 'late' },
}

export function toneOf<K extends StateKind>(kind: K, state: StateKinds[K]): Tone {
  const table: { readonly [S in StateKinds[K]]: Tone } = tones[kind]
  // An older page may meet a newer server: what it does not know it shows plainly rather than not at all.
  return table[state] ?? 'plain'
}
