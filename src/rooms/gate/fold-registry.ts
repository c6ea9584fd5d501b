/** Folds what people set: wallets, the policy, deny lists, halts. */
import { SECOND_MS } from '../../kernel/time.ts'
import type { DataOf, Evolve, Happened } from '../../machine/room.ts'
import { denyKey } from './address.ts'
import { wakeLine } from './line-wake.ts'
import type { events } from './messages.ts'
import { type GateState, type Limit, newPair, type Wallet } from './state.ts'
import { amountOf, EVACUATION, STATUS } from './store/rows.ts'
import { emptyWindow, push } from './store/window.ts'

function newWallet(data: DataOf<typeof events, 'wallet.registered'>): Wallet {
  const { wallet, kind, chain, account } = data
  return {
    wallet,
    kind,
    chain,
    account,
    refuge: undefined,
    pairs: new Map(),
    open: 0,
    settled: 0,
    unlanded: 0,
    evacuation: undefined,
    rescues: new Map(),
    rescuing: [],
  }
}

function register(state: GateState, data: DataOf<typeof events, 'wallet.registered'>): void {
  const wallet = state.wallets.get(data.wallet) ?? newWallet(data)
  state.wallets.set(data.wallet, wallet)
  state.accounts.set(data.account, data.wallet)
  if (data.refuge !== undefined && wallet.refuge === undefined) {
    wallet.refuge = data.refuge
    state.refuges.set(data.refuge, [...(state.refuges.get(data.refuge) ?? []), data.wallet])
  }
  for (const asset of data.assets) {
    if (wallet.pairs.has(asset.asset)) continue
    wallet.pairs.set(asset.asset, state.pairs.length)
    state.pairs.push(newPair(data.wallet, asset))
  }
}

function setPolicy(state: GateState, data: DataOf<typeof events, 'policy.changed'>, { at }: Happened): void {
  const { limits, ...policy } = data
  state.policy = policy
  const before = state.pairs.map((pair) => pair.limit)
  for (const pair of state.pairs) pair.limit = undefined
  for (const limit of limits) {
    const pair = state.pairs[state.wallets.get(limit.wallet)?.pairs.get(limit.asset) ?? -1]
    if (pair !== undefined) pair.limit = toLimit(limit)
  }
  // A window that was not kept, or not kept as far back, is counted anew from the permits themselves.
  const anew = new Set<number>()
  state.pairs.forEach((pair, place) => {
    if (pair.limit !== undefined && pair.limit.windowMs > (before[place]?.windowMs ?? 0)) anew.add(place)
  })
  if (anew.size > 0) recount(state, anew, at)
  for (let place = 0; place < state.pairs.length; place++) wakeLine(state, place)
}

const toLimit = (limit: DataOf<typeof events, 'policy.changed'>['limits'][number]): Limit => ({
  withdrawalMax: BigInt(limit.withdrawal_max),
  windowMax: BigInt(limit.window_max),
  windowMs: limit.window_seconds * SECOND_MS,
})

function recount({ rows, pairs }: GateState, places: ReadonlySet<number>, at: number): void {
  for (const place of places) {
    const pair = pairs[place]
    if (pair !== undefined) pair.window = emptyWindow()
  }
  const issued: number[] = []
  for (let row = 0; row < rows.count; row++) {
    const place = rows.pair[row] ?? -1
    if (rows.expiresAt[row] === 0 || rows.purpose[row] === EVACUATION || !places.has(place)) continue
    rows.slot[row] = -1
    if ((rows.issuedAt[row] ?? 0) > at - (pairs[place]?.limit?.windowMs ?? 0)) issued.push(row)
  }
  issued.sort((a, b) => (rows.issuedAt[a] ?? 0) - (rows.issuedAt[b] ?? 0))
  for (const row of issued) {
    const pair = pairs[rows.pair[row] ?? -1]
    if (pair === undefined) continue
    const amount = rows.status[row] === STATUS.unlanded ? 0n : BigInt(amountOf(rows, row))
    rows.slot[row] = push(pair.window, rows.issuedAt[row] ?? 0, amount)
  }
}

function importList(state: GateState, data: DataOf<typeof events, 'denylist.imported'>, { at }: Happened): void {
  const { list, source, digest } = data
  let addresses = state.denyLists.get(list)?.addresses ?? 0
  for (const entry of data.addresses) {
    const key = denyKey(entry) ?? entry
    const lists = state.denied.get(key) ?? []
    if (lists.includes(list)) continue
    state.denied.set(key, [...lists, list])
    addresses += 1
  }
  state.denyLists.set(list, { source, digest, addresses, at })
}

export const registryFolds = {
  'wallet.registered': register,
  'policy.changed': setPolicy,
  'denylist.imported': importList,
  'halt.raised': (state, { scope, reason, halt_epoch, alarm = null }, { at, by }) => {
    state.halts.set(scope, { reason, since: at, by, alarm })
    state.haltEpoch = halt_epoch
  },
  'halt.lifted': (state, { scope }) => void state.halts.delete(scope),
} satisfies Partial<Evolve<GateState, typeof events>>
