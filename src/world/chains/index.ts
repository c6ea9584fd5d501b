/** Chain sources: what the watch sees of the outside, live or recorded, behind one interface. */
export { DEFAULT_TIMING, type EvmOptions, type EvmTiming, evmSource } from './evm/index.ts'
export {
  type BlockClock,
  blocksOf,
  partsOf,
  type RecordedBlock,
  type RecordedTransfer,
  recordedSource,
} from './recorded.ts'
export { POLL_MS, Runner, type RunnerOptions } from './runner.ts'
export type { ChainSource, Pause, SourceCommand, Target, WatchView } from './source.ts'
