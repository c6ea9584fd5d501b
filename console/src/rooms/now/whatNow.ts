/**
 * What a person has to do now, most urgent first: derived from what the server says and from nothing else. The engineer's acts come
 * before the compliance officer's, since coins leave faster than clocks run.
 */
import { type IncidentRow, type State, type Wallet, waitingOf } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import type { Say } from '../../i18n/language.tsx'
import type { Tone } from '../../kit/tones.ts'
import { paths } from '../../paths.ts'

export type Role = 'oncall' | 'compliance' | 'approver' | 'finance' | 'auditor'

export interface Todo {
  readonly id: string
  readonly tone: Tone
  readonly role: Role
  readonly text: (t: Say) => string
  readonly link:
    | ReturnType<typeof paths.incident>
    | ReturnType<typeof paths.wallet>
    | ReturnType<typeof paths.withdrawals>
    | ReturnType<typeof paths.now>
    | ReturnType<typeof paths.evidence>
    | ReturnType<typeof paths.proposals>
  /** The part of the page that the link leads to. */
  readonly hash?: string
}

/** A journal that nobody verified for this long is not shown as sound. */
export const VERIFY_WITHIN_MS = 24 * 3_600_000

/** Whether a halt of these scopes covers the chain, or the wallet on it. */
export const isHalted = (state: State, chain: string | null, wallet: string | null): boolean =>
  state.halts.some(
    ({ scope }) => scope === 'all' || scope === `chain:${chain ?? ''}` || scope === `wallet:${wallet ?? ''}`,
  )

function watching(state: State): Todo[] {
  return state.watchers
    .filter((watcher) => watcher.status !== 'reading')
    .map((watcher) => ({
      id: `watch-${watcher.chain}`,
      tone: watcher.status === 'blind' ? ('stolen' as const) : ('waiting' as const),
      role: 'oncall' as const,
      text: (t: Say) =>
        watcher.status === 'blind'
          ? t('todo.blind', { chain: chainName(watcher.chain) })
          : t('todo.behind', { chain: chainName(watcher.chain) }),
      link: paths.now(),
      hash: 'watchers',
    }))
}

function cases(state: State, wallets: readonly Wallet[], open: readonly IncidentRow[]): Todo[] {
  return open.flatMap((row) => {
    const link = paths.incident(row.incident)
    const robbed = wallets.find((wallet) => wallet.wallet === row.wallet)
    const todos: Todo[] = []
    if (row.kind === 'theft' && !isHalted(state, row.chain, row.wallet))
      todos.push({
        id: `unhalted-${row.incident}`,
        tone: 'stolen',
        role: 'oncall',
        text: (t) => t('todo.unhalted', { chain: chainName(row.chain) }),
        link: paths.now(),
        hash: 'halts',
      })
    const wallet = row.wallet
    todos.push({
      id: `case-${row.incident}`,
      tone: row.severity === 'critical' ? 'stolen' : 'late',
      role: 'oncall',
      text: (t) =>
        row.kind === 'theft' && wallet !== null
          ? t('todo.theft', { wallet })
          : t('todo.case', { summary: `${t(`kind.${row.kind}`)}, ${row.wallet ?? chainName(row.chain)}` }),
      link,
    })
    if (row.kind === 'theft' && robbed !== undefined && robbed.refuge === null)
      todos.push({
        id: `refuge-${row.incident}`,
        tone: 'late',
        role: 'oncall',
        text: (t) => t('todo.noRefuge', { wallet: robbed.wallet }),
        link: paths.wallet(robbed.wallet),
      })
    return todos
  })
}

function duties(state: State, open: readonly IncidentRow[]): Todo[] {
  const todos: Todo[] = []
  const clock = state.nearest_clock
  if (clock !== null) {
    const over = clock.due_at <= state.now
    todos.push({
      id: 'clock',
      tone: over ? 'late' : 'waiting',
      role: 'compliance',
      text: (t) =>
        t(over ? 'todo.clock.over' : 'todo.clock.due', { obligation: clock.obligation, authority: clock.authority }),
      link: paths.incident(clock.incident),
      hash: 'clocks',
    })
  }
  const first = open[0]
  if (waitingOf(state, 'notices') > 0 && first !== undefined)
    todos.push({
      id: 'notices',
      tone: 'waiting',
      role: 'approver',
      text: (t) => t('todo.notices', { count: waitingOf(state, 'notices') }),
      link: paths.incident(first.incident),
      hash: 'notices',
    })
  return todos
}

function rest(state: State, open: readonly IncidentRow[]): Todo[] {
  const todos: Todo[] = []
  if (waitingOf(state, 'holds') > 0)
    todos.push({
      id: 'holds',
      tone: 'waiting',
      role: 'approver',
      text: (t) => t('todo.holds', { count: waitingOf(state, 'holds') }),
      link: paths.withdrawals({ status: 'held' }),
    })
  if (waitingOf(state, 'outbox') > 0)
    todos.push({
      id: 'outbox',
      tone: 'waiting',
      role: 'oncall',
      text: (t) => t('todo.outbox', { count: waitingOf(state, 'outbox') }),
      link: paths.evidence(),
    })
  if (state.halts.length > 0 && open.length === 0)
    todos.push({
      id: 'lift',
      tone: 'waiting',
      role: 'oncall',
      text: (t) => t('todo.lift'),
      link: paths.now(),
      hash: 'halts',
    })
  const verified = state.journal.verified_at
  if (state.journal.size > 0 && (verified === null || state.now - verified > VERIFY_WITHIN_MS))
    todos.push({
      id: 'verify',
      tone: 'waiting',
      role: 'auditor',
      text: (t) => t('todo.verify'),
      link: paths.evidence(),
    })
  return todos
}

const approvals = (count: number): Todo[] =>
  count === 0
    ? []
    : [
        {
          id: 'proposals',
          tone: 'waiting',
          role: 'approver',
          text: (t) => t('todo.proposals', { count }),
          link: paths.proposals(),
        },
      ]

/** `proposals`: how many wait for the approval of whoever looks. */
export function whatNow(
  state: State,
  wallets: readonly Wallet[],
  incidents: readonly IncidentRow[],
  proposals = 0,
): Todo[] {
  const open = incidents.filter((row) => row.status === 'open')
  return [
    ...watching(state),
    ...cases(state, wallets, open),
    ...approvals(proposals),
    ...duties(state, open),
    ...rest(state, open),
  ]
}
