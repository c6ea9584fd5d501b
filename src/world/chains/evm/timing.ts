/** How patient the source is. Every wait is a parameter, because chains and nodes differ; the defaults suit Ethereum. */
import { MINUTE_MS, SECOND_MS } from '../../../kernel/time.ts'
import { HEARTBEAT_MS } from '../../../rooms/watch/index.ts'

export interface EvmTiming {
  /** A request that takes longer has failed. */
  readonly timeoutMs: number
  /** A node that failed is left alone for so long; each further failure doubles it, up to thirty-two times. */
  readonly retryMs: number
  /** A node that fails for so long is reported as stalled or erring. */
  readonly faultMs: number
  /** A node that lacks a block for so long after another showed it is behind, and no longer waited for. */
  readonly lagMs: number
  /** Nodes that show different blocks at one height for so long are reported as disagreeing; a fork that heals by itself is shorter. */
  readonly disagreeMs: number
  /** A node without any new block for so long is stalled. `Infinity` for a chain that only makes blocks on demand. */
  readonly stallMs: number
  readonly heartbeatMs: number
  /** How often balances are read. */
  readonly holdingsMs: number
}

export const DEFAULT_TIMING: EvmTiming = {
  timeoutMs: 5 * SECOND_MS,
  retryMs: SECOND_MS,
  faultMs: 5 * SECOND_MS,
  lagMs: 5 * SECOND_MS,
  disagreeMs: 15 * SECOND_MS,
  stallMs: 2 * MINUTE_MS,
  heartbeatMs: HEARTBEAT_MS,
  holdingsMs: 10 * MINUTE_MS,
}
