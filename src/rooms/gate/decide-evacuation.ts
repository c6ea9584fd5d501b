/** Decides an evacuation: a permit for each asset that the wallet is known to hold, to its refuge and nowhere else. A halt does not stop it. */
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { DataOf, Decision, Turn } from '../../machine/room.ts'
import { RESCUE_PERMIT_MS } from './limits.ts'
import type { commands, events, GateEvent } from './messages.ts'
import type { GateNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import type { GateState, Wallet } from './state.ts'
import { idOf, permitOf, STATUS } from './store/rows.ts'

interface Left {
  readonly asset: string
  readonly amount: bigint
}

/** Most valuable first, those without a price after them, each in the order of registration. */
function byValue(left: readonly Left[], needs: GateNeeds): Left[] {
  const valued = left.map((item) => ({ item, value: needs.valueKrw(item.asset, item.amount) ?? -1n }))
  valued.sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? 1 : -1))
  return valued.map(({ item }) => item)
}

/** Whether a permit is out by which a signer can still move this asset. */
function isUnderWay({ rows }: GateState, wallet: Wallet, pair: number, at: Instant): boolean {
  const row = wallet.rescues.get(pair)
  return row !== undefined && rows.status[row] === STATUS.permitted && at < (rows.expiresAt[row] ?? 0)
}

export function orderEvacuation(
  state: GateState,
  { wallet: name, reason }: DataOf<typeof commands, 'evacuation.order'>,
  turn: Turn<GateNeeds>,
): Decision<typeof events> {
  const wallet = state.wallets.get(name)
  if (wallet === undefined) return refuse('GATE-035', `there is no wallet ${name}`, { field: 'wallet' })
  const { refuge } = wallet
  if (refuge === undefined)
    return refuse('GATE-032', `wallet ${name} has no refuge to evacuate to`, { field: 'wallet' })
  const left: Left[] = []
  for (const [asset, pair] of wallet.pairs) {
    if (isUnderWay(state, wallet, pair, turn.at)) continue
    const amount = turn.needs.holding(name, asset) ?? 0n
    if (amount > 0n) left.push({ asset, amount })
  }
  const running = wallet.evacuation !== undefined && turn.at < wallet.evacuation.endsAt ? wallet.evacuation : undefined
  const evacuation = running?.evacuation ?? turn.newId('evacuation')
  const ordered: GateEvent[] =
    running === undefined ? [{ type: 'evacuation.ordered', data: { evacuation, wallet: name, refuge, reason } }] : []
  const permits = rescuePermits(state, wallet, evacuation, byValue(left, turn.needs), turn.at)
  return [...ordered, ...permits]
}

/** `made` is how many new rows the same decision makes before these. */
function rescuePermits(
  state: GateState,
  { wallet, account: from, refuge }: Wallet,
  evacuation: string,
  left: readonly Left[],
  at: Instant,
  made = 0,
): GateEvent[] {
  if (refuge === undefined) return []
  const life = state.policy === undefined ? RESCUE_PERMIT_MS : state.policy.permit_seconds * SECOND_MS
  return left.map(({ asset, amount }, place) => ({
    type: 'permit.issued',
    data: {
      permit: permitOf(state.rows.count + made + place),
      kind: 'evacuation',
      subject: evacuation,
      wallet,
      from,
      to: refuge,
      asset,
      amount: String(amount),
      issued_at: at,
      expires_at: at + life,
      halt_epoch: state.haltEpoch,
    },
  }))
}

/** Expired permits of evacuations, given up; and a new one for each asset of which something is still left. */
export function renewRescues(state: GateState, expired: readonly number[], turn: Turn<GateNeeds>): GateEvent[] {
  const events: GateEvent[] = []
  const left = new Map<Wallet, Left[]>()
  for (const row of expired) {
    const pair = state.pairs[state.rows.pair[row] ?? -1]
    const wallet = pair && state.wallets.get(pair.wallet)
    if (pair === undefined || wallet === undefined) continue
    const subject = idOf(state.rows, row)
    events.push({ type: 'permit.unlanded', data: { permit: permitOf(row), subject, wallet: wallet.wallet } })
    const amount = turn.needs.holding(wallet.wallet, pair.asset) ?? 0n
    if (amount > 0n) left.set(wallet, [...(left.get(wallet) ?? []), { asset: pair.asset, amount }])
  }
  let made = 0
  for (const [wallet, items] of left) {
    const evacuation = wallet.evacuation?.evacuation
    if (evacuation === undefined) continue
    const permits = rescuePermits(state, wallet, evacuation, byValue(items, turn.needs), turn.at, made)
    events.push(...permits)
    made += permits.length
  }
  return events
}
