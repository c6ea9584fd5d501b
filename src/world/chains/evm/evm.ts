/** The live source of an EVM chain: one bounded round of reading after the other, from where the watch stands. */
import { oneLine } from '../../../kernel/names.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import { type Instant, SECOND_MS } from '../../../kernel/time.ts'
import type { Standing } from '../../../rooms/watch/index.ts'
import { partsOf } from '../recorded.ts'
import type {
  ChainSource,
  ObservedGrant,
  ObservedMovement,
  Pause,
  SourceCommand,
  Target,
  WatchView,
} from '../source.ts'
import { BalanceCheck, holdingReports } from './balances.ts'
import { type Lookout, lookoutFor } from './lookout.ts'
import { Node } from './node.ts'
import type { EvmOptions } from './options.ts'
import { type AgreedBlock, Panel } from './panel.ts'
import { NodeFault } from './rpc.ts'
import type { Head } from './schemas.ts'
import { judge } from './status.ts'
import { DEFAULT_TIMING, type EvmTiming } from './timing.ts'

/** Blocks read in one round, so that reports and heartbeats go out between rounds of a long catching up. */
const ROUND_BLOCKS_MAX = 64
/** Blocks asked for at once: hides a node's delay without flooding it. */
const BLOCKS_AT_ONCE = 8
/** A first reading starts so far below the latest block, so that a reorganisation right after it has a block to go back to. */
const START_BACK_BLOCKS = 16
/** Hashes of blocks that we read and that made no entry of their own. */
const HASHES_KEPT = 1_024
/** The machine may refuse once or twice while another feeder moves the cursor; oftener is trouble. */
const REFUSALS_BORNE = 3

type Told = AsyncGenerator<SourceCommand, Pause, Refusal | undefined>

/** The machine refused a command. */
class Unwelcome extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.detail)
    this.refusal = refusal
  }
}

/** A block that we read: `hash` and `blockAt` are unknown where the watch does not remember them. */
interface At {
  readonly height: number
  readonly hash: string | null
  readonly blockAt: Instant | undefined
}

export const evmSource = (options: EvmOptions): ChainSource => new EvmSource(options)

class EvmSource implements ChainSource {
  readonly chain: string
  readonly sources: readonly string[]
  readonly #options: EvmOptions
  readonly #timing: EvmTiming
  readonly #panel: Panel
  readonly #balances = new BalanceCheck()
  readonly #hashes = new Map<number, string>()
  /** How far we read, which may be further than the watch was told. */
  #at: At | undefined
  /** Where the watch stood when we last told it something; elsewhere, somebody else moved it. */
  #told: Pick<Standing, 'height' | 'hash'> | undefined
  #toldAt: Instant = 0
  /** When balances were read last, and of whom. */
  #held: { readonly at: Instant; readonly targets: readonly Target[] } | undefined
  #lookout: { readonly targets: readonly Target[]; readonly value: Lookout } | undefined
  #split: { readonly since: Instant; readonly detail: string } | undefined
  #refusals: { readonly count: number; readonly detail: string; readonly final: boolean } | undefined

  constructor(options: EvmOptions) {
    this.#options = options
    this.#timing = { ...DEFAULT_TIMING, ...options.timing }
    this.chain = options.chain
    this.sources = options.nodes.map(({ name }) => name)
    const { chain, now, traces = true } = options
    this.#panel = new Panel(
      options.nodes.map((node) => new Node({ ...node, chain, traces, now, timing: this.#timing })),
    )
  }

  async *read(view: WatchView, signal: AbortSignal): Told {
    await this.#panel.look(signal)
    let pause: Pause = 'idle'
    try {
      if (this.#panel.target !== undefined) pause = yield* this.#round(view, this.#panel.target, signal)
      for (const node of this.#panel.nodes) node.recovered()
    } catch (fault) {
      pause = this.#interrupted(fault)
    }
    yield* this.#reports()
    return pause
  }

  /** A node that failed is left out of the next round, which begins at once if there is another. */
  #interrupted(fault: unknown): Pause {
    if (fault instanceof NodeFault) return this.#panel.answering.length > 0 ? 'more' : 'idle'
    if (!(fault instanceof Unwelcome)) throw fault
    const { code, detail, kind } = fault.refusal
    const count = (this.#refusals?.count ?? 0) + 1
    const final = kind !== 'conflict' || count >= REFUSALS_BORNE
    this.#refusals = { count, detail: `${code} ${detail}`, final }
    this.#at = undefined
    return final ? 'idle' : 'more'
  }

  async *#round(view: WatchView, target: number, signal: AbortSignal): Told {
    const standing = view.standing()
    if (standing === undefined) return yield* this.#begin(target, signal)
    if (standing.open !== null) {
      // Parts of a block were taken and then we, or the machine, stopped: it is read again as a whole.
      yield* this.#rewind(view, standing.open, 'a block that was told by half is read again')
    }
    const at = this.#align(view.standing() ?? standing)
    if (this.#contradicted(at)) return 'idle'
    const pause =
      target > at.height ? yield* this.#advance(view, at, target, signal) : yield* this.#stay(view, at, target, signal)
    if (this.#split !== undefined) return 'idle'
    const now = this.#options.now()
    if (now - this.#toldAt >= this.#timing.heartbeatMs) yield* this.#heartbeat(view)
    // Not while catching up: nodes keep the balances of their latest blocks only.
    if (pause === 'idle') yield* this.#holdings(view, signal)
    return pause
  }

  async *#begin(target: number, signal: AbortSignal): Told {
    const height = Math.min(target, this.#options.startHeight ?? Math.max(0, target - START_BACK_BLOCKS))
    const block = await this.#panel.read(height, this.#lookoutOf([]), this.#options.now, signal)
    if (block.split) return this.#disagree(block.detail)
    const { hash, timestamp } = block.head
    const data = { chain: this.chain, after: -1, height, hash, block_at: timestamp * SECOND_MS }
    await this.#tell(yield { type: 'block.observe', data })
    return 'more'
  }

  /** Goes on from our own place as long as the watch stands where we left it. */
  #align({ height, hash }: Standing): At {
    const moved = this.#told === undefined || this.#told.height !== height || this.#told.hash !== hash
    if (this.#at === undefined || moved || this.#at.height < height) {
      this.#at = { height, hash, blockAt: undefined }
      this.#balances.forget()
      if (hash !== null) this.#hashes.set(height, hash)
    }
    this.#told = { height, hash }
    return this.#at
  }

  /** A node that is behind us on another branch contradicts what we read: we don't go on until that is settled. */
  #contradicted(at: At): boolean {
    const answering = this.#panel.answering
    const objects = answering.filter(({ head }) => {
      const known = head === undefined || head.number > at.height ? undefined : this.#hashes.get(head.number)
      return known !== undefined && known !== head?.hash
    })
    if (objects.length === 0 || objects.length === answering.length) return false
    this.#disagree(`${objects[0]?.name} shows another block ${objects[0]?.head?.number} than was read`)
    return true
  }

  #disagree(detail: string): Pause {
    this.#split = { since: this.#split?.since ?? this.#options.now(), detail }
    return 'idle'
  }

  async *#advance(view: WatchView, from: At, target: number, signal: AbortSignal): Told {
    const upto = Math.min(target, from.height + ROUND_BLOCKS_MAX)
    const lookout = this.#lookoutOf(view.targets())
    let at = from
    while (at.height < upto) {
      const last = Math.min(upto, at.height + BLOCKS_AT_ONCE)
      const heights = Array.from({ length: last - at.height }, (_, place) => at.height + 1 + place)
      const blocks = await Promise.all(
        heights.map((height) => this.#panel.read(height, lookout, this.#options.now, signal)),
      )
      for (const block of blocks) {
        if (block.split) return this.#disagree(block.detail)
        if (at.hash !== null && block.head.parentHash !== at.hash) return yield* this.#reorganise(view, signal)
        const unexplained = await this.#check(block, lookout, from.height, target, signal)
        yield* this.#observe(view, block, [...block.movements, ...unexplained], block.grants)
        at = this.#reached(block.head)
      }
    }
    this.#split = undefined
    this.#refusals = undefined
    return upto < target ? 'more' : 'idle'
  }

  /** Without traces: at the latest block, what the balances show beside what was seen. */
  async #check(
    { head, movements, fees, traced }: AgreedBlock,
    lookout: Lookout,
    before: number,
    target: number,
    signal: AbortSignal,
  ): Promise<ObservedMovement[]> {
    const [node] = this.#panel.answering
    if (traced || node === undefined) return []
    this.#balances.explain(movements, fees, lookout, before)
    return head.number === target ? await this.#balances.changes(node, lookout, head, signal) : []
  }

  #reached({ number: height, hash, timestamp }: Head): At {
    this.#hashes.set(height, hash)
    this.#hashes.delete(height - HASHES_KEPT)
    this.#at = { height, hash, blockAt: timestamp * SECOND_MS }
    return this.#at
  }

  async *#observe(
    view: WatchView,
    { head }: AgreedBlock,
    movements: readonly ObservedMovement[],
    delegations: readonly ObservedGrant[],
  ): AsyncGenerator<SourceCommand, void, Refusal | undefined> {
    if (movements.length === 0 && delegations.length === 0) return
    const after = view.standing()?.height ?? -1
    const block = { height: head.number, hash: head.hash, blockAt: head.timestamp * SECOND_MS, movements, delegations }
    for (const data of partsOf(this.chain, after, block)) await this.#tell(yield { type: 'block.observe', data })
    this.#toldNow(view)
  }

  /** No new block: the one that we read last must still be there. */
  async *#stay(view: WatchView, at: At, target: number, signal: AbortSignal): Told {
    const known = this.#hashes.get(target)
    const heads = this.#panel.answering.flatMap(({ head }) => (head?.number === target ? head.hash : []))
    if (known !== undefined && heads.length > 0 && heads.every((hash) => hash !== known)) {
      return yield* this.#reorganise(view, signal)
    }
    if (target === at.height) this.#split = undefined
    return 'idle'
  }

  /** Back to the newest block that the watch remembers and all nodes still have. */
  async *#reorganise(view: WatchView, signal: AbortSignal): Told {
    for (const { height, hash } of view.standing()?.landmarks ?? []) {
      const vote = await this.#panel.vote(height, signal)
      if (vote === 'split') return this.#disagree(`the nodes show different blocks ${height}`)
      if (vote === 'unknown' || vote.hash !== hash) continue
      yield* this.#rewind(view, height + 1, `block ${height + 1} was replaced`)
      for (const known of this.#hashes.keys()) if (known > height) this.#hashes.delete(known)
      this.#at = undefined
      this.#split = undefined
      return 'more'
    }
    return this.#disagree('the chain has no block in common with what was read before')
  }

  /** In as many steps as the watch needs. */
  async *#rewind(
    view: WatchView,
    height: number,
    reason: string,
  ): AsyncGenerator<SourceCommand, void, Refusal | undefined> {
    const above = (standing: Standing | undefined): boolean =>
      standing !== undefined && (standing.height >= height || (standing.open ?? -1) >= height)
    while (above(view.standing())) {
      await this.#tell(yield { type: 'chain.rewind', data: { chain: this.chain, height, reason } })
    }
    this.#toldNow(view)
  }

  async *#heartbeat(view: WatchView): AsyncGenerator<SourceCommand, void, Refusal | undefined> {
    const at = this.#at
    const after = view.standing()?.height ?? -1
    if (at === undefined || at.hash === null || at.blockAt === undefined || at.height <= after) return
    const data = { chain: this.chain, after, height: at.height, hash: at.hash, block_at: at.blockAt }
    await this.#tell(yield { type: 'block.observe', data })
    this.#toldNow(view)
  }

  /** At the block that the watch stands at, so that sum and balance speak of the same moment. */
  async *#holdings(view: WatchView, signal: AbortSignal): AsyncGenerator<SourceCommand, void, Refusal | undefined> {
    const now = this.#options.now()
    const targets = view.targets()
    // A wallet that was just registered must not wait for its balance: its evacuation would not know what to move.
    if (this.#held?.targets === targets && now - this.#held.at < this.#timing.holdingsMs) return
    yield* this.#heartbeat(view)
    const height = view.standing()?.height
    if (height === undefined) return
    const reports = await holdingReports(this.#panel.answering, targets, this.#lookoutOf(targets), height, signal)
    // Where no balance came at all, it is asked for again in the next round.
    if (reports.length > 0 || targets.length === 0) this.#held = { at: now, targets }
    for (const command of reports) await this.#tell(yield command)
  }

  async *#reports(): AsyncGenerator<SourceCommand, void, Refusal | undefined> {
    const now = this.#options.now()
    const refused = this.#refusals?.final === true ? oneLine(this.#refusals.detail, 300) : undefined
    const reading = { now, timing: this.#timing, height: this.#at?.height, split: this.#split, refused }
    for (const node of this.#panel.nodes) {
      const judged = judge(node, reading)
      const due = node.reported === undefined || now - node.reported.at >= this.#timing.heartbeatMs
      if (judged === undefined || (judged.status === node.reported?.status && !due)) continue
      node.reported = { status: judged.status, at: now }
      const data = { chain: this.chain, source: node.name, ...judged }
      // A report that the machine refuses changes nothing that we could do better.
      yield { type: 'source.report', data }
    }
  }

  async #tell(refusal: Refusal | undefined): Promise<void> {
    if (refusal !== undefined) throw new Unwelcome(refusal)
  }

  #toldNow(view: WatchView): void {
    const { height, hash } = view.standing() ?? { height: -1, hash: null }
    this.#told = { height, hash }
    this.#toldAt = this.#options.now()
  }

  #lookoutOf(targets: readonly Target[]): Lookout {
    if (this.#lookout?.targets === targets) return this.#lookout.value
    const value = lookoutFor(this.chain, this.#options.native, targets)
    this.#lookout = { targets, value }
    return value
  }
}
