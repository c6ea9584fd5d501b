/** An independent account of what each movement means, what the wallets hold, and which alarms stand. */
import type { Entry } from '../../src/machine/index.ts'
import { type Block, type Movement, nameOf } from './chain.ts'
import { hold, same } from './failure.ts'
import { GateModel, type ModelPermit, type Rules } from './gate-model.ts'
import { CHAIN, REFUGE, walletOfAccount } from './places.ts'

interface Seen {
  readonly movement: Movement
  readonly height: number
  readonly kind: string
  readonly permit: string | undefined
}

const TRANSFERS = new Set(['transfer.matched', 'transfer.internal', 'transfer.received', 'transfer.unpermitted'])
const named = ({ data }: Entry): string => `${String(data.tx)}:${Number(data.place)}`

export class WatchModel {
  readonly gate: GateModel
  cursor = -1
  /** The blocks that the watch has whole, lowest first. */
  branch: { readonly height: number; readonly hash: string }[] = []
  /** In the order in which they were told. */
  seen: Seen[] = []
  thefts = 0
  matched = 0
  readonly #holdings = new Map<string, bigint>()

  constructor(rules: Rules) {
    this.gate = new GateModel(rules, (wallet, asset) => this.holding(wallet, asset))
  }

  holding(wallet: string, asset: string): bigint {
    const sum = this.#holdings.get(`${wallet} ${asset}`) ?? 0n
    return sum < 0n ? 0n : sum
  }

  report(wallet: string, asset: string, amount: bigint): void {
    this.#holdings.set(`${wallet} ${asset}`, amount)
  }

  #add(wallet: string | undefined, asset: string, change: bigint): void {
    if (wallet === undefined) return
    const key = `${wallet} ${asset}`
    this.#holdings.set(key, (this.#holdings.get(key) ?? 0n) + change)
  }

  #count({ from, to, asset, amount }: Movement, sign: bigint): void {
    this.#add(walletOfAccount(from), asset, -BigInt(amount) * sign)
    this.#add(walletOfAccount(to), asset, BigInt(amount) * sign)
  }

  /** Every permit that may cover the movement, by the plain meaning of a permit. */
  #covering(movement: Movement, at: number, spent: ReadonlySet<string>): ModelPermit[] {
    const [amount, { from, to, asset }] = [BigInt(movement.amount), movement]
    const same = this.gate.permits.filter(
      (p) => p.from === from && p.to === to && p.asset === asset && !spent.has(p.permit),
    )
    const exact = same.filter((p) => p.kind === 'withdrawal' && p.amount === amount)
    const open = exact.filter((p) => p.status === 'open')
    if (open.length > 0) return open
    const late = exact.filter((p) => p.status === 'unlanded' && at <= p.landsUntil)
    if (late.length > 0) return late
    return same.filter((p) => p.kind === 'evacuation' && p.status === 'open' && amount <= p.amount)
  }

  /** Checks what a block was taken to mean, and takes it up. */
  observed(block: Block, told: readonly Movement[], events: readonly Entry[]): void {
    const transfers = events.filter(({ type }) => TRANSFERS.has(type))
    const known = new Set(this.seen.map(({ movement }) => nameOf(movement)))
    const spent = new Set<string>()
    let place = 0
    for (const movement of told) {
      const name = nameOf(movement)
      if (known.has(name)) continue
      known.add(name)
      const [from, to] = [walletOfAccount(movement.from), walletOfAccount(movement.to)]
      if (from === undefined && to === undefined) continue
      const covering = from === undefined ? [] : this.#covering(movement, block.at, spent)
      const kind = this.#kindOf(movement, covering.length > 0)
      const event = transfers[place++]
      const expected = [`transfer.${kind}`, name]
      same([event?.type, event && named(event)], expected, 'right answer', `meaning of ${JSON.stringify(movement)}`)
      const permit = kind === 'matched' ? String(event?.data.permit) : undefined
      if (permit !== undefined) {
        hold(
          covering.some((p) => p.permit === permit),
          'right answer',
          () => `${permit} does not cover ${name}`,
        )
        spent.add(permit)
        this.matched += 1
      }
      if (kind === 'unpermitted') this.thefts += 1
      this.seen.push({ movement, height: block.height, kind, permit })
      this.#count(movement, 1n)
    }
    same(place, transfers.length, 'right answer', `movements told of block ${block.height}`)
    this.#cursorFrom(events)
    const settled = events.filter(({ type }) => type === 'permit.settled').map(({ data }) => String(data.permit))
    same(settled.sort(), [...spent].sort(), 'right answer', 'permits that the block spends')
  }

  #kindOf({ from, to }: Movement, isCovered: boolean): string {
    if (walletOfAccount(from) === undefined) return 'received'
    if (isCovered) return 'matched'
    return walletOfAccount(to) !== undefined || to === REFUGE ? 'internal' : 'unpermitted'
  }

  #cursorFrom(events: readonly Entry[]): void {
    for (const { type, data } of events) {
      const height = Number(data.height)
      if (type === 'block.observed' && data.last === true) {
        this.cursor = height
        this.branch.push({ height, hash: String(data.hash) })
      }
      if (type === 'chain.rewound') {
        this.cursor = Math.min(this.cursor, height - 1)
        this.branch = this.branch.filter((block) => block.height < height)
      }
    }
  }

  rewound(events: readonly Entry[]): void {
    const rewind = events.find(({ type }) => type === 'chain.rewound')
    const height = Number(rewind?.data.height)
    const gone = rewind === undefined ? [] : this.seen.filter((seen) => seen.height >= height)
    const reverted = events.filter(({ type }) => type === 'transfer.reverted')
    const tell = (name: string, permit: unknown, alarm: boolean) => `${name} ${permit ?? '-'} ${alarm}`
    same(
      reverted.map((e) => tell(named(e), e.data.permit, e.data.unpermitted === true)).sort(),
      gone.map(({ movement, permit, kind }) => tell(nameOf(movement), permit, kind === 'unpermitted')).sort(),
      'right answer',
      `movements undone from ${height} on`,
    )
    for (const { movement } of gone) this.#count(movement, -1n)
    this.seen = this.seen.filter((seen) => !gone.includes(seen))
    this.#cursorFrom(events)
  }

  /** Events that mean the same whatever command caused them. Called in order, before what depends on them is judged. */
  fact(event: Entry, at: number): void {
    const { type, data } = event
    const text = (field: string): string => String(data[field])
    if (type === 'halt.raised') this.gate.halts.add(text('scope'))
    else if (type === 'halt.lifted') this.gate.halts.delete(text('scope'))
    else if (type === 'permit.settled') this.gate.settled(text('permit'), text('tx'))
    else if (type === 'permit.reopened') this.gate.reopened(text('permit'), text('tx'), at)
    else if (type === 'permit.unlanded') this.gate.unlanded(text('permit'), at)
    else if (type === 'permit.issued' && data.kind === 'evacuation') this.gate.issued(event, at)
  }

  /** An alarm that stands is one that was raised, and not retracted, exactly once; none stands for anything else. */
  checkAlarms(entries: readonly Entry[]): void {
    const standing = new Map<string, number>()
    for (const { kind, type, data } of entries) {
      if (kind !== 'event') continue
      const theft = data.theft as { tx: string; place: number } | undefined
      const raised = (type === 'incident.opened' || type === 'incident.extended') && theft !== undefined
      const key = raised ? `${theft.tx}:${theft.place}` : `${String(data.tx)}:${Number(data.place)}`
      if (raised) standing.set(key, (standing.get(key) ?? 0) + 1)
      if (type === 'incident.retracted') standing.set(key, (standing.get(key) ?? 0) - 1)
    }
    const expected = this.seen.filter(({ kind }) => kind === 'unpermitted').map(({ movement }) => nameOf(movement))
    const actual = [...standing].flatMap(([name, count]) => (count === 0 ? [] : [`${name} x${count}`]))
    same(actual.sort(), expected.map((name) => `${name} x1`).sort(), 'alarms', 'alarms that stand')
  }

  checkHaltAfterTheft(events: readonly Entry[]): void {
    const stolen = events.some(({ type }) => type === 'transfer.unpermitted')
    hold(!stolen || this.gate.halts.has(`chain:${CHAIN}`), 'right answer', () => 'a theft did not halt its chain')
  }
}
