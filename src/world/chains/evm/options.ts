/** What a live EVM source is told at its start. */
import type { Instant } from '../../../kernel/time.ts'
import type { EvmTiming } from './timing.ts'

export interface EvmOptions {
  /** CAIP-2, `eip155:<chain id>`. */
  readonly chain: string
  /** The native coin as CAIP-19, such as `eip155:1/slip44:60`. */
  readonly native: string
  /** Two independent ones, or more; with one alone, nobody contradicts it. `name` is the source's name in reports. */
  readonly nodes: readonly { readonly name: string; readonly url: string }[]
  readonly now: () => Instant
  /** Where a first reading begins; a few blocks below the latest by default. */
  readonly startHeight?: number
  /** Whether to ask for traces at all; true by default. Without them only balances show what moves inside contracts. */
  readonly traces?: boolean
  readonly timing?: Partial<EvmTiming>
}
