/** Decides `block.observe`: where the block stands, and what each movement in it means. */
import { chainOf, normalAccount, normalAsset } from '../../kernel/caip.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decision, Turn } from '../../machine/room.ts'
import { classify, type Verdict } from './engine/classify.ts'
import { CHAINS_MAX } from './limits.ts'
import type { commands, events, WatchEvent } from './messages.ts'
import type { WatchNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type ChainState, freshChain, grantKeyOf, keyOf, type WatchState } from './state.ts'

type Block = DataOf<typeof commands, 'block.observe'>
type Moved = Block['movements'][number]
type Grant = Block['delegations'][number]

/** `next`: it moves the cursor onward. `again`: a block that was taken before, so only what nobody told yet counts. */
type Standing = 'next' | 'again'

const at = (chain: ChainState) => ({ context: { cursor: chain.height, hash: chain.hash } })

function standingAbove(chain: ChainState, block: Block): Standing | Refusal {
  const { height, hash, part, after } = block
  if (after !== chain.height) {
    return refuse('WATCH-001', `after: ${after} is not the last block read, ${chain.height}`, {
      field: 'after',
      expected: String(chain.height),
      ...at(chain),
    })
  }
  const { open } = chain
  const expected = open === null ? 0 : open.parts
  if (open !== null && open.height !== height) {
    return refuse('WATCH-003', `block ${open.height} is not complete: part ${expected} of it comes next`, at(chain))
  }
  if (open !== null && open.hash !== hash) {
    return refuse('WATCH-002', `block ${height} began as ${open.hash} and goes on as ${hash}`, at(chain))
  }
  if (part > expected) return refuse('WATCH-003', `part: ${part} came where ${expected} was expected`, at(chain))
  return part < expected ? 'again' : 'next'
}

function standingBelow(chain: ChainState, { height, hash }: Block): Standing | Refusal {
  const known = chain.blocks.findLast((block) => block.height <= height)
  if (known === undefined) return refuse('WATCH-004', `block ${height} is older than what is remembered`, at(chain))
  if (known.height === height && known.hash !== null && known.hash !== hash) {
    return refuse('WATCH-002', `block ${height} is known as ${known.hash}, not ${hash}`, at(chain))
  }
  return 'again'
}

function matters(block: Block): Refusal | undefined {
  const strange = block.movements.find(
    ({ from, to, asset }) =>
      chainOf(from) !== block.chain || chainOf(to) !== block.chain || chainOf(asset) !== block.chain,
  )
  if (strange !== undefined) {
    return refuse('WATCH-005', `movements: ${strange.tx} at ${strange.place} is not wholly on ${block.chain}`, {
      field: 'movements',
    })
  }
  const grant = block.delegations.find(
    ({ account, delegate }) => chainOf(account) !== block.chain || chainOf(delegate) !== block.chain,
  )
  if (grant === undefined) return undefined
  return refuse('WATCH-005', `delegations: ${grant.tx} at ${grant.place} is not wholly on ${block.chain}`, {
    field: 'delegations',
  })
}

/** Ethereum hashes are hexadecimal: two spellings of one transaction must not count as two. */
const normalTx = (chain: string, tx: string): string => (chain.startsWith('eip155:') ? tx.toLowerCase() : tx)

function transferEvent(seen: DataOf<typeof events, 'transfer.received'>, verdict: Verdict): WatchEvent {
  switch (verdict.kind) {
    case 'matched':
      return { type: 'transfer.matched', data: { ...seen, permit: verdict.permit, to_wallet: verdict.toWallet } }
    case 'internal':
      return { type: 'transfer.internal', data: { ...seen, to_wallet: verdict.toWallet, into: verdict.into } }
    case 'received':
      return { type: 'transfer.received', data: seen }
    case 'unpermitted':
      return { type: 'transfer.unpermitted', data: { ...seen, near: verdict.near } }
  }
}

function moved(block: Block, chain: ChainState, needs: WatchNeeds): WatchEvent[] {
  const made: WatchEvent[] = []
  const told = new Set<string>()
  // A copy only where something is matched: most blocks of ours hold a few movements, the set thousands of permits.
  const spent = new SpentSet(chain.spent)
  for (const movement of block.movements) {
    const tx = normalTx(block.chain, movement.tx)
    const key = keyOf(tx, movement.place)
    if (chain.seen.has(key) || told.has(key)) continue
    told.add(key)
    const normal = normalMovement(movement)
    const verdict = classify({ ...normal, at: block.block_at }, needs, spent)
    if (verdict === undefined) continue
    if (verdict.kind === 'matched') spent.add(verdict.permit)
    const { chain: name, height, block_at } = block
    const { place } = movement
    made.push(transferEvent({ tx, place, ...normal, chain: name, height, block_at, wallet: verdict.wallet }, verdict))
  }
  return made
}

const normalMovement = ({ from, to, asset, amount }: Moved) => ({
  from: normalAccount(from),
  to: normalAccount(to),
  asset: normalAsset(asset),
  amount,
})

function granted(block: Block, chain: ChainState, needs: WatchNeeds): WatchEvent[] {
  const made: WatchEvent[] = []
  const told = new Set<string>()
  for (const grant of block.delegations) {
    const tx = normalTx(block.chain, grant.tx)
    const key = grantKeyOf(tx, grant.place)
    const [account, delegate] = [normalAccount(grant.account), normalAccount(grant.delegate)]
    const wallet = needs.walletByAccount(account)?.wallet
    if (wallet === undefined || chain.seen.has(key) || told.has(key)) continue
    told.add(key)
    if (needs.walletByAccount(delegate) !== undefined || needs.refugeOf(delegate) !== undefined) continue
    made.push({ type: 'delegation.unpermitted', data: grantData(grant, block, { tx, account, delegate, wallet }) })
  }
  return made
}

function grantData(
  { place, kind, asset, amount }: Grant,
  { chain, height, block_at }: Block,
  normal: { tx: string; account: string; delegate: string; wallet: string },
): DataOf<typeof events, 'delegation.unpermitted'> {
  const base = { ...normal, place, kind, chain, height, block_at, amount }
  return { ...base, asset: asset === undefined ? undefined : normalAsset(asset) }
}

/** The permits spent before, and those that this decision spends. */
class SpentSet extends Set<string> {
  readonly #before: ReadonlySet<string>
  constructor(before: ReadonlySet<string>) {
    super()
    this.#before = before
  }
  override has(permit: string): boolean {
    return super.has(permit) || this.#before.has(permit)
  }
}

export function observe(state: WatchState, block: Block, turn: Turn<WatchNeeds>): Decision<typeof events> {
  const known = state.chains.get(block.chain)
  if (known === undefined && state.chains.size >= CHAINS_MAX) {
    return refuse('WATCH-006', `chain: ${CHAINS_MAX} chains are watched already`, { field: 'chain' })
  }
  const wrong = matters(block)
  if (wrong !== undefined) return wrong
  const chain = known ?? freshChain()
  const standing = block.height > chain.height ? standingAbove(chain, block) : standingBelow(chain, block)
  if (isRefusal(standing)) return standing
  const { height, hash, block_at, part, last } = block
  const observed: WatchEvent[] =
    standing === 'next'
      ? [{ type: 'block.observed', data: { chain: block.chain, height, hash, block_at, part, last } }]
      : []
  return [...observed, ...moved(block, chain, turn.needs), ...granted(block, chain, turn.needs)]
}
