/** A trace's result as a file: the engine's own answer in JSON, amounts as decimal strings, so that any program can read it again. */
import { fromUtf8 } from '../../kernel/bytes.ts'
import { asJson, canonicalBytes } from '../../kernel/canonical.ts'
import type {
  AssetTotals,
  ReachedAddress,
  ReachedService,
  TaintedEdge,
  TraceResult,
} from '../../rooms/trace/engine/index.ts'

export const traceFile = (result: TraceResult): Uint8Array => canonicalBytes(asJson(result))

type Stored<T> = { readonly [K in keyof T]: bigint extends T[K] ? string : T[K] }

interface StoredResult extends Omit<TraceResult, 'assets' | 'addresses' | 'terminals' | 'edges'> {
  readonly assets: readonly Stored<AssetTotals>[]
  readonly addresses: readonly Stored<ReachedAddress>[]
  readonly terminals: readonly Stored<ReachedService>[]
  readonly edges: readonly Stored<TaintedEdge>[]
}

/** The engine's answer again. The bytes are those that the journal names by their hash, so their shape is our own. */
export function readTraceFile(bytes: Uint8Array): TraceResult {
  const stored = JSON.parse(fromUtf8(bytes)) as StoredResult
  return {
    ...stored,
    assets: stored.assets.map(({ asset, ...sums }) => ({
      asset,
      stolen: BigInt(sums.stolen),
      held: BigInt(sums.held),
      returned: BigInt(sums.returned),
      terminals: BigInt(sums.terminals),
      unaccounted: BigInt(sums.unaccounted),
      unseen: BigInt(sums.unseen),
    })),
    addresses: stored.addresses.map(({ asset, firstAt, received, left, held, ...rest }) => ({
      ...rest,
      ...{ asset, firstAt, received: BigInt(received), left: BigInt(left), held: BigInt(held) },
    })),
    terminals: stored.terminals.map(({ asset, firstAt, amount, ...rest }) => ({
      ...rest,
      ...{ asset, firstAt, amount: BigInt(amount) },
    })),
    edges: stored.edges.map(({ asset, amount, of, ...rest }) => ({
      ...rest,
      ...{ asset, amount: BigInt(amount), of: BigInt(of) },
    })),
  }
}
