/** Read models: what the console, the terminal and signers are told. Shapes are the HTTP contract's. */
import type { Json } from '../../kernel/canonical.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { Data } from '../../machine/room.ts'
import { requestOfRow } from './decide-requests.ts'
import type { Permit } from './messages.ts'
import { type GateState, haltOf, pairOfRow, type Wallet } from './state.ts'
import { NONE } from './store/row-index.ts'
import { amountOf, EVACUATION, idOf, permitOf, rowOf, rowOfPermit, statusOf, toOf, txOf } from './store/rows.ts'

const STATUS_WORDS = ['held', 'held', 'denied', 'permitted', 'settled', 'unlanded'] as const
export type WithdrawalStatus = (typeof STATUS_WORDS)[number]
export const withdrawalStatuses = ['permitted', 'held', 'denied', 'settled', 'unlanded'] as const

/** `permitted` while it can be spent; `expired` while it can only land. */
export type PermitStatus = 'permitted' | 'expired' | 'settled' | 'unlanded'

export const statusWord = (state: GateState, row: number): WithdrawalStatus =>
  STATUS_WORDS[statusOf(state.rows, row)] ?? 'denied'

/** What a permit says; `undefined` where it was never issued. */
export function permitClaims(state: GateState, permit: string): Permit | undefined {
  const { rows } = state
  const row = rowOfPermit(rows, permit)
  const pair = pairOfRow(state, row)
  const wallet = pair && state.wallets.get(pair.wallet)
  if (row === NONE || pair === undefined || wallet === undefined) return undefined
  return {
    permit,
    kind: rows.purpose[row] === EVACUATION ? 'evacuation' : 'withdrawal',
    subject: idOf(rows, row),
    wallet: pair.wallet,
    from: wallet.account,
    to: toOf(rows, row),
    asset: pair.asset,
    amount: amountOf(rows, row),
    issued_at: rows.issuedAt[row] ?? 0,
    expires_at: rows.expiresAt[row] ?? 0,
    halt_epoch: rows.epoch[row] ?? 0,
  }
}

/**
 * The claims that are signed: the permit's own, and beside them RFC 7519's registered ones in their units (whole seconds), so that an
 * ordinary JWT library refuses an expired permit even where its user forgot to. `iss` is the attestor's to add.
 */
export const signedClaims = (permit: Permit): Data => ({
  ...permit,
  jti: permit.permit,
  iat: Math.floor(permit.issued_at / SECOND_MS),
  exp: Math.floor(permit.expires_at / SECOND_MS),
})

export function permitStatus(state: GateState, permit: string, now: Instant): PermitStatus | undefined {
  const row = rowOfPermit(state.rows, permit)
  if (row === NONE) return undefined
  const word = statusWord(state, row)
  if (word !== 'permitted') return word === 'held' || word === 'denied' ? undefined : word
  return now < (state.rows.expiresAt[row] ?? 0) ? 'permitted' : 'expired'
}

/** The claims of a permit that a signer may still spend; `undefined` otherwise. A halt withdraws those of withdrawals. */
export function spendablePermit(state: GateState, permit: string, now: Instant): Permit | undefined {
  const claims = permitClaims(state, permit)
  if (claims === undefined || permitStatus(state, permit, now) !== 'permitted') return undefined
  return claims.kind === 'evacuation' || claims.halt_epoch === state.haltEpoch ? claims : undefined
}

export function withdrawalView(state: GateState, row: number): { readonly [key: string]: Json } {
  const { rows } = state
  const request = requestOfRow(state, row)
  const pair = pairOfRow(state, row)
  const isPermitted = (rows.expiresAt[row] ?? 0) > 0
  return {
    ...request,
    customer: request.customer ?? null,
    symbol: pair?.symbol ?? '?',
    decimals: pair?.decimals ?? 0,
    status: statusWord(state, row),
    reasons: (state.reasons.get(row) ?? []).map(({ code, detail }) => ({ code, detail })),
    permit: isPermitted ? permitOf(row) : null,
    requested_at: rows.requestedAt[row] ?? 0,
    expires_at: isPermitted ? (rows.expiresAt[row] ?? 0) : null,
    until: state.until.get(row) ?? null,
    tx: txOf(rows, row) || null,
  }
}

export interface WithdrawalQuery {
  readonly status?: string | undefined
  readonly wallet?: string | undefined
  readonly limit: number
  /** The cursor that the page before gave. */
  readonly before?: number | undefined
}

/** Rows that one page may look at: a rare status among a million must not stop the machine. The cursor goes on from there. */
const SCAN_MAX = 20_000

/** Newest first. */
export function withdrawalPage(state: GateState, query: WithdrawalQuery) {
  const { rows } = state
  const items: { readonly [key: string]: Json }[] = []
  const start = Math.min(query.before ?? rows.count, rows.count)
  const stop = Math.max(0, start - SCAN_MAX)
  let row = start
  while (row > stop && items.length < query.limit) {
    row -= 1
    if (rows.purpose[row] === EVACUATION) continue
    if (query.status !== undefined && statusWord(state, row) !== query.status) continue
    if (query.wallet !== undefined && requestOfRow(state, row).wallet !== query.wallet) continue
    items.push(withdrawalView(state, row))
  }
  return { items, next: row > 0 ? String(row) : null }
}

/** The withdrawal's row view; `undefined` where it was never asked for. */
export function withdrawalById(state: GateState, withdrawal: string) {
  const row = rowOf(state.rows, withdrawal)
  return row === NONE ? undefined : withdrawalView(state, row)
}

const isHalted = (state: GateState, { wallet, chain }: Wallet): boolean =>
  state.halts.has('all') || state.halts.has(`chain:${chain}`) || state.halts.has(`wallet:${wallet}`)

/** Without what only the watch and the prices know: holdings and their value. */
export const walletViews = (state: GateState) => [...state.wallets.values()].map((wallet) => walletView(state, wallet))

export type WalletView = ReturnType<typeof walletView>
function walletView(state: GateState, wallet: Wallet) {
  const { kind, chain, account, refuge = null, open, settled, unlanded } = wallet
  const assets = [...wallet.pairs.values()].flatMap((place) => {
    const pair = state.pairs[place]
    if (pair === undefined) return []
    const { asset, symbol, decimals } = pair
    return [{ asset, symbol, decimals, halted: haltOf(state, wallet.wallet, asset) !== undefined }]
  })
  const permits = { open, settled, unlanded }
  return { wallet: wallet.wallet, kind, chain, account, refuge, halted: isHalted(state, wallet), assets, permits }
}

export function walletByName(state: GateState, wallet: string): WalletView | undefined {
  const known = state.wallets.get(wallet)
  return known && walletView(state, known)
}

export const haltViews = (state: GateState) => ({
  halt_epoch: state.haltEpoch,
  halts: [...state.halts].map(([scope, halt]) => ({ scope, ...halt })),
})

export function policyView(state: GateState) {
  if (state.policy === undefined) return null
  const limits = state.pairs.flatMap(({ wallet, asset, limit }) =>
    limit === undefined
      ? []
      : [
          {
            wallet,
            asset,
            withdrawal_max: String(limit.withdrawalMax),
            window_max: String(limit.windowMax),
            window_seconds: limit.windowMs / SECOND_MS,
          },
        ],
  )
  return { ...state.policy, limits }
}

export const denyListViews = (state: GateState) =>
  [...state.denyLists].map(([list, { source, digest, addresses, at }]) => ({ list, source, digest, addresses, at }))

/** How many withdrawals wait, for a person or for their window. */
export const heldCount = (state: GateState): number => state.until.size

/** Permits given up, spent and out, over all wallets. */
export function permitCounts(state: GateState) {
  const sum = { open: 0, settled: 0, unlanded: 0 }
  for (const { open, settled, unlanded } of state.wallets.values()) {
    sum.open += open
    sum.settled += settled
    sum.unlanded += unlanded
  }
  return { ...sum, issued: sum.open + sum.settled + sum.unlanded }
}

/** The wallet's evacuation under way or the last one, with its permits that are out. */
export function evacuationView(state: GateState, wallet: string, now: Instant) {
  const known = state.wallets.get(wallet)
  if (known === undefined) return undefined
  const permits = known.rescuing.flatMap((row) => {
    const claims = permitClaims(state, permitOf(row))
    return claims === undefined ? [] : [{ ...claims, status: permitStatus(state, permitOf(row), now) ?? 'expired' }]
  })
  return { wallet, evacuation: known.evacuation?.evacuation ?? null, refuge: known.refuge ?? null, permits }
}

/** Why this asset cannot leave this wallet now, in one line; `undefined` where the gate may permit it. */
export function cannotPay(state: GateState, wallet: string, asset: string): string | undefined {
  const known = state.wallets.get(wallet)
  if (known === undefined) return `there is no wallet ${wallet}`
  const place = known.pairs.get(asset)
  if (place === undefined) return `${wallet} holds no ${asset}`
  if (state.pairs[place]?.limit === undefined) return `no limit is set for ${asset} in ${wallet}`
  const halt = haltOf(state, wallet, asset)
  return halt === undefined ? undefined : `${halt} is halted`
}

/** What an asset is called and how it is counted, as the first wallet that holds it was registered. */
export function assetName(state: GateState, asset: string) {
  const pair = state.pairs.find((candidate) => candidate.asset === asset)
  return pair && { symbol: pair.symbol, decimals: pair.decimals }
}
