/** An EVM chain, read over JSON-RPC from one or more nodes that nobody trusts. */
export { evmSource } from './evm.ts'
export type { EvmOptions } from './options.ts'
export { DEFAULT_TIMING, type EvmTiming } from './timing.ts'
