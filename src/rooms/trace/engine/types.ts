/** What the trace engine takes and gives. Plain data throughout, so that a worker thread can be handed it and hand it back. */
import type { Instant } from '../../../kernel/time.ts'

/** One movement of coins: an edge of the flow graph. Addresses and hashes are compared as they stand; readers normalise them. */
export interface Transfer {
  readonly at: Instant
  readonly tx: string
  readonly from: string
  readonly to: string
  /** Base units, not negative. */
  readonly amount: bigint
  /** Absent where the whole input is of one unnamed unit, such as the US dollars of a published ground truth. */
  readonly asset?: string
  /** Height of the block, where known: orders transfers of the same instant. */
  readonly block?: number
  /** Place within the block, where known, such as a log index: then nothing about the order has to be assumed. */
  readonly position?: number
}

/** An address at which a trace stops, since coins of many owners mix behind it. */
export interface Service {
  readonly address: string
  readonly name: string
  /** `exchange`, `mixer`, `bridge`, `dex`, `mining`, … or `other`. */
  readonly kind: string
  /** Who runs it: several addresses share one entity. */
  readonly entity: string
}

export type TraceMethod = 'fifo'

export interface TraceInput {
  readonly method: TraceMethod
  /** In any order: the answer does not depend on it. */
  readonly transfers: readonly Transfer[]
  /** Whatever leaves one of these is stolen, whatever else is said of the address. */
  readonly sources: readonly string[]
  readonly services: readonly Service[]
}

/** Where and when stolen units were seen, per address and asset. */
interface Reached {
  readonly address: string
  readonly asset: string | undefined
  /** Fewest transfers, in time order and each carrying stolen units, from a source to here; 0 for a source. */
  readonly hop: number
  /** When stolen units first arrived; `undefined` for a source to which none came back. */
  readonly firstAt: Instant | undefined
}

export interface ReachedAddress extends Reached {
  readonly isSource: boolean
  /** Stolen units that arrived, all arrivals added. For a source: what came back. */
  readonly received: bigint
  /** Stolen units that it sent. `received = left + held`, except at a source, which has more to send than it received. */
  readonly left: bigint
  /** Stolen units still here when the transfers end. */
  readonly held: bigint
}

export interface ReachedService extends Reached {
  readonly service: Service
  /** Stolen units that entered. They are not followed further. */
  readonly amount: bigint
}

/** A transfer that carried stolen units. */
export interface TaintedEdge {
  readonly at: Instant
  readonly tx: string
  readonly from: string
  readonly to: string
  readonly asset: string | undefined
  /** The stolen part, in base units. */
  readonly amount: bigint
  /** The whole transfer, in base units. */
  readonly of: bigint
  /** The hop of the sender at that moment, plus one. */
  readonly hop: number
}

/** `stolen = held + terminals + unaccounted`, in base units of one asset. */
export interface AssetTotals {
  readonly asset: string | undefined
  /** All that left the sources. */
  readonly stolen: bigint
  /** At addresses, the sources included. */
  readonly held: bigint
  /** The part of `held` that came back to a source. */
  readonly returned: bigint
  readonly terminals: bigint
  /** What the other figures leave over: computed, never assumed. Anything but zero is a fault of the engine. */
  readonly unaccounted: bigint
  /** What reached addresses spent beyond all they were seen to receive: how much of the graph is missing around them. */
  readonly unseen: bigint
}

export interface TraceResult {
  readonly method: TraceMethod
  /** Transfers given, stolen or not. */
  readonly transfers: number
  /** By asset name. */
  readonly assets: readonly AssetTotals[]
  /** By hop, address, asset. Services are not among them. */
  readonly addresses: readonly ReachedAddress[]
  /** By amount (largest first), address, asset. */
  readonly terminals: readonly ReachedService[]
  /** In the order in which they were followed, asset after asset. */
  readonly edges: readonly TaintedEdge[]
  /** Sources that sent nothing in any asset: an address mistyped, or transfers missing. */
  readonly silentSources: readonly string[]
  /** Rows equal to another in every member. They are counted, since one transaction can pay twice; but a file may hold a part twice. */
  readonly repeated: number
}
