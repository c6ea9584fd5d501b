/** Decides what people set: wallets, the policy, deny lists, halts. Setting again what is set already makes no event. */
import { chainOf, normalAccount, normalAsset } from '../../kernel/caip.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decision } from '../../machine/room.ts'
import { denyKey, isAddress } from './address.ts'
import type { commands, events } from './messages.ts'
import { refuse } from './refusals.ts'
import { type GateState, type Limit, pairOf, type Wallet } from './state.ts'

type Registration = DataOf<typeof commands, 'wallet.register'>
type PolicyData = DataOf<typeof commands, 'policy.set'>

export function registerWallet(state: GateState, data: Registration): Decision<typeof events> {
  const account = normalAccount(data.account)
  const refuge = data.refuge === undefined ? undefined : normalAccount(data.refuge)
  const assets = data.assets.map((asset) => ({ ...asset, asset: normalAsset(asset.asset) }))
  const wallet = { ...data, account, refuge, assets }
  const wrong = contradiction(wallet)
  if (wrong !== undefined) return wrong
  const owner = state.accounts.get(account)
  if (owner !== undefined && owner !== data.wallet) {
    return refuse('GATE-026', `account: ${account} is the account of wallet ${owner}`, { field: 'account' })
  }
  const known = state.wallets.get(data.wallet)
  const added = known === undefined ? true : additions(state, known, wallet)
  if (isRefusal(added)) return added
  return added ? [{ type: 'wallet.registered', data: wallet }] : []
}

function contradiction({ wallet, chain, account, refuge, assets }: Registration): Refusal | undefined {
  const invalid = (field: string, detail: string) => refuse('GATE-024', `${field}: ${detail}`, { field })
  if (chainOf(account) !== chain) return invalid('account', `${account} is not on ${chain}`)
  if (!isAddress(account)) return invalid('account', `${account} is not an address of ${chain}`)
  if (refuge !== undefined) {
    if (chainOf(refuge) !== chain) return invalid('refuge', `${refuge} is not on ${chain}`)
    if (!isAddress(refuge)) return invalid('refuge', `${refuge} is not an address of ${chain}`)
    if (refuge === account) return invalid('refuge', `the refuge of ${wallet} is its own account`)
  }
  const seen = new Set<string>()
  for (const [place, { asset }] of assets.entries()) {
    if (chainOf(asset) !== chain) return invalid(`assets.${place}.asset`, `${asset} is not on ${chain}`)
    if (seen.has(asset)) return invalid(`assets.${place}.asset`, `${asset} stands there twice`)
    seen.add(asset)
  }
  return undefined
}

/** Whether a known wallet gains anything by it; a refusal where it would lose or change something. */
function additions(state: GateState, known: Wallet, wallet: Registration): boolean | Refusal {
  const other = (field: string, is: string) =>
    refuse('GATE-025', `${field}: wallet ${known.wallet} is registered with ${is}`, { field, expected: is })
  if (known.account !== wallet.account) return other('account', known.account)
  if (known.kind !== wallet.kind) return other('kind', known.kind)
  // Whoever could move the refuge could order an evacuation to himself.
  if (known.refuge !== undefined && known.refuge !== wallet.refuge) return other('refuge', known.refuge)
  const named = new Set(wallet.assets.map(({ asset }) => asset))
  for (const asset of known.pairs.keys()) if (!named.has(asset)) return other('assets', asset)
  for (const [place, { asset, symbol, decimals }] of wallet.assets.entries()) {
    const pair = pairOf(state, known.wallet, asset)
    if (pair === undefined || (pair.symbol === symbol && pair.decimals === decimals)) continue
    return other(`assets.${place}`, `${pair.symbol} of ${pair.decimals} decimals`)
  }
  return wallet.refuge !== known.refuge || wallet.assets.length > known.pairs.size
}

export function setPolicy(state: GateState, data: PolicyData): Decision<typeof events> {
  const limits = data.limits.map((limit) => ({ ...limit, asset: normalAsset(limit.asset) }))
  const policy = { ...data, limits }
  const wrong = policyFault(state, policy)
  if (wrong !== undefined) return wrong
  return isInForce(state, policy) ? [] : [{ type: 'policy.changed', data: policy }]
}

function policyFault(state: GateState, policy: PolicyData): Refusal | undefined {
  const invalid = (field: string, detail: string) => refuse('GATE-027', `${field}: ${detail}`, { field })
  if (policy.landing_seconds <= policy.permit_seconds) {
    return invalid('landing_seconds', `a permit of ${policy.permit_seconds} s needs longer to land than to live`)
  }
  const seen = new Set<string>()
  for (const [place, limit] of policy.limits.entries()) {
    const { wallet, asset } = limit
    const key = `${wallet} ${asset}`
    if (pairOf(state, wallet, asset) === undefined) {
      const field = `limits.${place}`
      return refuse('GATE-028', `${field}: there is no ${asset} in a wallet ${wallet}`, { field })
    }
    if (seen.has(key)) return invalid(`limits.${place}`, `${key} stands there twice`)
    seen.add(key)
    if (BigInt(limit.withdrawal_max) > BigInt(limit.window_max)) {
      return invalid(
        `limits.${place}.withdrawal_max`,
        `${limit.withdrawal_max} is above the window ${limit.window_max}`,
      )
    }
  }
  return undefined
}

function isInForce(state: GateState, { limits, ...policy }: PolicyData): boolean {
  const known = state.policy
  if (known === undefined) return false
  if (known.permit_seconds !== policy.permit_seconds || known.landing_seconds !== policy.landing_seconds) return false
  if (known.hold_seconds_max !== policy.hold_seconds_max) return false
  const count = state.pairs.filter((pair) => pair.limit !== undefined).length
  return (
    count === limits.length && limits.every((limit) => isSame(pairOf(state, limit.wallet, limit.asset)?.limit, limit))
  )
}

const isSame = (known: Limit | undefined, limit: PolicyData['limits'][number]): boolean =>
  known !== undefined &&
  known.withdrawalMax === BigInt(limit.withdrawal_max) &&
  known.windowMax === BigInt(limit.window_max) &&
  known.windowMs === limit.window_seconds * 1_000

export function importDenyList(
  state: GateState,
  data: DataOf<typeof commands, 'denylist.import'>,
): Decision<typeof events> {
  const keys: string[] = []
  for (const [place, entry] of data.addresses.entries()) {
    const key = denyKey(entry)
    const field = `addresses.${place}`
    if (key === undefined)
      return refuse('GATE-034', `${field}: "${entry}" is neither an account nor "*:" and an address`, { field })
    keys.push(key)
  }
  const list = state.denyLists.get(data.list)
  const known = list?.digest === data.digest && list.source === data.source
  if (known && keys.every((key) => state.denied.get(key)?.includes(data.list))) return []
  return [{ type: 'denylist.imported', data: { ...data, addresses: [...new Set(keys)] } }]
}

/** A scope in its one spelling. */
const normalScope = (scope: string): string =>
  scope.startsWith('asset:') ? `asset:${normalAsset(scope.slice('asset:'.length))}` : scope

type Alarm = DataOf<typeof commands, 'halt.alarm'>['alarm']

export const raiseHalt = (state: GateState, { scope, reason }: DataOf<typeof commands, 'halt.raise'>) =>
  raised(state, normalScope(scope), reason)

export const alarmHalt = (state: GateState, { chain, reason, alarm }: DataOf<typeof commands, 'halt.alarm'>) =>
  raised(state, `chain:${chain}`, reason, alarm)

function raised(state: GateState, scope: string, reason: string, alarm?: Alarm): Decision<typeof events> {
  if (state.halts.has(scope)) return []
  const [kind, name] = [scope.slice(0, scope.indexOf(':')), scope.slice(scope.indexOf(':') + 1)]
  const isKnown =
    kind === 'wallet' ? state.wallets.has(name) : kind !== 'asset' || state.pairs.some(({ asset }) => asset === name)
  if (!isKnown)
    return refuse('GATE-028', `scope: there is no ${kind} ${name}, so halting it would guard nothing`, {
      field: 'scope',
    })
  const data = { scope, reason, halt_epoch: state.haltEpoch + 1, ...(alarm !== undefined && { alarm }) }
  return [{ type: 'halt.raised', data }]
}

export function liftHalt(
  state: GateState,
  { scope: named, reason }: DataOf<typeof commands, 'halt.lift'>,
): Decision<typeof events> {
  const scope = normalScope(named)
  if (!state.halts.has(scope)) return []
  return [{ type: 'halt.lifted', data: { scope, reason, halt_epoch: state.haltEpoch } }]
}
