/** An EVM chain, read over JSON-RPC from one or more nodes that nobody trusts. */
export { type EvmOptions, evmSource } from './evm.ts'
export { DEFAULT_TIMING, type EvmTiming } from './timing.ts'
