/** First-in-first-out taint in one asset: each address spends its coins in the order in which they came. The rules are in ADR 0005. */
import type { Instant } from '../../../kernel/time.ts'
import { type Coins, cleanCoins, joinCoins, stolenCoins, takeCoins } from './coins.ts'
import { applyMoment, type Purses } from './moment.ts'
import { compareContent, eachMoment } from './order.ts'
import type { AssetTotals, ReachedAddress, ReachedService, Service, TaintedEdge, Transfer } from './types.ts'

/** One address in one asset. */
interface Purse {
  readonly address: string
  readonly isSource: boolean
  readonly service: Service | undefined
  coins: Coins | undefined
  /** `undefined` until stolen units arrive. */
  hop: number | undefined
  firstAt: Instant | undefined
  received: bigint
  /** Stolen units that it sent. */
  left: bigint
}

export interface Stops {
  readonly sources: ReadonlySet<string>
  readonly services: ReadonlyMap<string, Service>
}

export interface AssetTrace {
  readonly repeated: number
  readonly totals: AssetTotals
  readonly addresses: readonly ReachedAddress[]
  readonly terminals: readonly ReachedService[]
  readonly edges: readonly TaintedEdge[]
}

class FifoRun implements Purses {
  readonly #asset: string | undefined
  readonly #stops: Stops
  readonly #numbers = new Map<string, number>()
  readonly #purses: Purse[] = []
  readonly edges: TaintedEdge[] = []
  #stolen = 0n
  #unseen = 0n

  constructor(asset: string | undefined, stops: Stops) {
    this.#asset = asset
    this.#stops = stops
  }

  numberOf(address: string): number {
    const known = this.#numbers.get(address)
    if (known !== undefined) return known
    const isSource = this.#stops.sources.has(address)
    const number = this.#purses.length
    this.#numbers.set(address, number)
    this.#purses.push({
      address,
      isSource,
      service: isSource ? undefined : this.#stops.services.get(address),
      coins: undefined,
      hop: isSource ? 0 : undefined,
      firstAt: undefined,
      received: 0n,
      left: 0n,
    })
    return number
  }

  #purse(address: string): Purse {
    const purse = this.#purses[this.numberOf(address)]
    if (purse === undefined) throw new RangeError(`no purse for ${address}`)
    return purse
  }

  covers(address: number, amount: bigint): boolean {
    const purse = this.#purses[address]
    if (purse === undefined) return false
    return purse.isSource || purse.service !== undefined || (purse.coins?.total ?? 0n) >= amount
  }

  readonly move = (transfer: Transfer): void => {
    const { amount } = transfer
    const from = this.#purse(transfer.from)
    const to = this.#purse(transfer.to)
    const moved = this.#spend(from, amount)
    const stolen = moved.stolen
    if (stolen > 0n) {
      const hop = (from.hop ?? 0) + 1
      if (to.hop === undefined || hop < to.hop) to.hop = hop
      to.firstAt ??= transfer.at
      from.left += stolen
      to.received += stolen
      const { at, tx } = transfer
      this.edges.push({
        at,
        tx,
        from: from.address,
        to: to.address,
        asset: this.#asset,
        amount: stolen,
        of: amount,
        hop,
      })
    }
    // What enters a source or a service is counted, not queued: neither ever spends it in this trace.
    if (!to.isSource && to.service === undefined) to.coins = joinCoins(to.coins, moved)
  }

  #spend(from: Purse, amount: bigint): Coins {
    if (from.isSource) {
      this.#stolen += amount
      return stolenCoins(amount)
    }
    if (from.service !== undefined) return cleanCoins(amount)
    const seen = from.coins?.total ?? 0n
    if (from.coins !== undefined && seen >= amount) {
      const { taken, rest } = takeCoins(from.coins, amount)
      from.coins = rest
      return taken ?? cleanCoins(0n)
    }
    // More than was seen to arrive: the rest comes from coins that the file does not show. They are clean and go last.
    const coins = from.coins
    from.coins = undefined
    if (from.hop !== undefined) this.#unseen += amount - seen
    const unseen = cleanCoins(amount - seen)
    return joinCoins(coins, unseen) ?? unseen
  }

  result(): Omit<AssetTrace, 'repeated'> {
    const asset = this.#asset
    const addresses: ReachedAddress[] = []
    const terminals: ReachedService[] = []
    for (const { address, isSource, service, coins, hop, firstAt, received, left } of this.#purses) {
      if (hop === undefined || received + left === 0n) continue
      const reached = { address, asset, hop, firstAt }
      if (service !== undefined) terminals.push({ ...reached, service, amount: received })
      else {
        const held = isSource ? received : (coins?.stolen ?? 0n)
        addresses.push({ ...reached, isSource, received, left, held })
      }
    }
    return { totals: this.#totals(addresses, terminals), addresses, terminals, edges: this.edges }
  }

  #totals(addresses: readonly ReachedAddress[], terminals: readonly ReachedService[]): AssetTotals {
    const held = addresses.reduce((sum, address) => sum + address.held, 0n)
    const returned = addresses.reduce((sum, { isSource, received }) => sum + (isSource ? received : 0n), 0n)
    const entered = terminals.reduce((sum, terminal) => sum + terminal.amount, 0n)
    return {
      asset: this.#asset,
      stolen: this.#stolen,
      held,
      returned,
      terminals: entered,
      unaccounted: this.#stolen - held - entered,
      unseen: this.#unseen,
    }
  }
}

const countRepeated = (sorted: readonly Transfer[]): number => {
  let previous: Transfer | undefined
  let repeated = 0
  for (const transfer of sorted) {
    if (previous !== undefined && compareContent(previous, transfer) === 0) repeated += 1
    previous = transfer
  }
  return repeated
}

/** Follows the stolen units of one asset. Sorts `transfers` in place; they move something and are all of this asset. */
export function traceAsset(asset: string | undefined, transfers: Transfer[], stops: Stops): AssetTrace {
  const fifo = new FifoRun(asset, stops)
  let repeated = 0
  eachMoment(transfers, (moment) => {
    repeated += countRepeated(moment)
    applyMoment(moment, fifo, fifo.move)
  })
  return { ...fifo.result(), repeated }
}
