/** Balances: what the wallets hold, and, where no node shows traces, what left them by ways that nothing else shows. */
import type { z } from 'zod'
import { addressOf } from '../../../kernel/caip.ts'
import type { ObservedMovement, SourceCommand, Target } from '../source.ts'
import { accountOf, type Lookout } from './lookout.ts'
import type { Node } from './node.ts'
import { NOBODY, UNEXPLAINED_PLACE } from './places.ts'
import { hexOf } from './read.ts'
import { type Call, call, NodeFault } from './rpc.ts'
import { bytesSchema, type Head, quantitySchema } from './schemas.ts'

/** keccak256 of `balanceOf(address)`, its first four bytes. */
const BALANCE_OF = '0x70a08231'

const wordSchema = bytesSchema.refine((data) => data.length >= 66, 'expected a 32-byte word')

const nativeCall = (address: string, height: number): Call<bigint> =>
  call('eth_getBalance', [address, hexOf(height)], quantitySchema)

const tokenCall = (token: string, address: string, height: number): Call<bigint> =>
  call(
    'eth_call',
    [{ to: token, data: `${BALANCE_OF}${address.slice(2).padStart(64, '0')}` }, hexOf(height)],
    wordSchema.transform((data) => BigInt(data.slice(0, 66))) as z.ZodType<bigint>,
  )

interface Held {
  readonly wallet: string
  readonly asset: string
  readonly call: Call<bigint>
}

function wanted(targets: readonly Target[], lookout: Lookout, height: number): Held[] {
  const prefix = `${lookout.chain}/erc20:`
  return targets.flatMap(({ wallet, account, assets }) => {
    const address = addressOf(account).toLowerCase()
    return assets.flatMap((asset) => {
      if (asset === lookout.native) return { wallet, asset, call: nativeCall(address, height) }
      if (!asset.startsWith(prefix)) return []
      return { wallet, asset, call: tokenCall(asset.slice(prefix.length), address, height) }
    })
  })
}

/** A token that does not answer is left out: a contract that never was one must not stop the others from being counted. */
async function balancesBy(node: Node, held: readonly Held[], signal: AbortSignal): Promise<(bigint | undefined)[]> {
  const one = ({ call: asked }: Held) =>
    node.reader.rpc.one(asked, signal).catch((fault: unknown) => {
      if (signal.aborted) throw fault
      return undefined
    })
  try {
    return await node.reader.rpc.all(
      held.map(({ call: asked }) => asked),
      signal,
    )
  } catch (fault) {
    if (signal.aborted) throw fault
    const found: (bigint | undefined)[] = []
    for (const each of held) found.push(await one(each))
    return found
  }
}

/** Reports of every registered asset at `height`, as far as all the given nodes say the same. */
export async function holdingReports(
  nodes: readonly Node[],
  targets: readonly Target[],
  lookout: Lookout,
  height: number,
  signal: AbortSignal,
): Promise<SourceCommand[]> {
  const held = wanted(targets, lookout, height)
  if (held.length === 0) return []
  const answers = await Promise.all(nodes.map((node) => balancesBy(node, held, signal)))
  return held.flatMap(({ wallet, asset }, place): SourceCommand[] => {
    const [amount, ...rest] = answers.flatMap((balances) => balances[place] ?? [])
    if (amount === undefined || rest.some((other) => other !== amount)) return []
    return [{ type: 'holding.report', data: { wallet, asset, amount: String(amount), height } }]
  })
}

/** Compares native balances from check to check with what was seen to move between. */
export class BalanceCheck {
  readonly #known = new Map<string, bigint>()
  readonly #explained = new Map<string, bigint>()
  /** The block after which the explanations begin, and who was looked out for from there on. */
  #from: { readonly height: number; readonly accounts: Lookout['accounts'] } | undefined

  /** Movements and fees of one block; `before` is the last one read before the round. */
  explain(
    movements: readonly ObservedMovement[],
    fees: ReadonlyMap<string, bigint>,
    lookout: Lookout,
    before: number,
  ): void {
    this.#from ??= { height: before, accounts: lookout.accounts }
    const add = (account: string, delta: bigint): void => {
      this.#explained.set(account, (this.#explained.get(account) ?? 0n) + delta)
    }
    for (const { from, to, asset, amount } of movements) {
      if (asset !== lookout.native) continue
      add(from, -BigInt(amount))
      add(to, BigInt(amount))
    }
    for (const [address, fee] of fees) add(accountOf(lookout, address), -fee)
  }

  /** After a reorganisation, or where somebody else moved the watch: what was known is of no use. */
  forget(): void {
    this.#known.clear()
    this.#explained.clear()
    this.#from = undefined
  }

  /** Asked at the latest block only: a node keeps the balances of its last hundred blocks or so, and a catching up may be longer. */
  async changes(node: Node, lookout: Lookout, head: Head, signal: AbortSignal): Promise<ObservedMovement[]> {
    if (this.#from === undefined) return []
    const addresses = [...lookout.accounts.keys()]
    const calls = (height: number, of: readonly string[]) => of.map((address) => nativeCall(address, height))
    const now = await node.ask(({ rpc }) => rpc.all(calls(head.number, addresses), signal))
    const { height, accounts } = this.#from
    const fresh = addresses.filter((address) => !this.#known.has(address) && accounts.has(address))
    const baseline = await node.reader.rpc.all(calls(height, fresh), signal).catch((fault: unknown) => {
      // Too old for this node: those accounts are compared from now on.
      if (fault instanceof NodeFault && fault.kind === 'erring') return []
      throw fault
    })
    fresh.forEach((address, place) => {
      const amount = baseline[place]
      if (amount !== undefined) this.#known.set(address, amount)
    })
    const made = addresses.flatMap((address, place) => this.#compare(lookout, address, now[place] ?? 0n, head))
    this.#explained.clear()
    this.#from = { height: head.number, accounts: lookout.accounts }
    return made
  }

  #compare(lookout: Lookout, address: string, now: bigint, head: Head): ObservedMovement[] {
    const before = this.#known.get(address)
    this.#known.set(address, now)
    if (before === undefined) return []
    const seen = this.#explained.get(accountOf(lookout, address)) ?? 0n
    return unexplained(lookout, address, now - before - seen, head)
  }
}

function unexplained(lookout: Lookout, address: string, difference: bigint, head: Head): ObservedMovement[] {
  if (difference === 0n) return []
  const [account, nobody] = [accountOf(lookout, address), accountOf(lookout, NOBODY)]
  const out = difference < 0n
  return [
    {
      tx: `${head.hash}/${address}`,
      place: UNEXPLAINED_PLACE,
      from: out ? account : nobody,
      to: out ? nobody : account,
      asset: lookout.native,
      amount: String(out ? -difference : difference),
    },
  ]
}
