/** The watch's limits, each with its reason. */
import { MINUTE_MS, SECOND_MS } from '../../kernel/time.ts'

/**
 * How many blocks back a reorganisation can be undone, and movements are remembered one by one. Beyond the deepest ones that are
 * on record: 157 blocks of Polygon (February 2023) and 24 of Bitcoin (March 2013); Solana drops nothing older than a blockhash lives.
 */
const REORGANISATION_BLOCKS: Readonly<Record<string, number>> = { eip155: 256, bip122: 100, solana: 512 }
/** For a family that nobody thought about yet: generous, still bounded. */
const REORGANISATION_BLOCKS_ELSE = 512
export const reorganisationBlocks = (chain: string): number =>
  REORGANISATION_BLOCKS[chain.slice(0, chain.indexOf(':'))] ?? REORGANISATION_BLOCKS_ELSE

/** So many observed blocks stay known whatever their age, so that after a long pause there still is a block to go back to. */
export const LANDMARKS_MIN = 16

/** A source that has nothing new to tell says so this often; more often would only make the journal grow. */
export const HEARTBEAT_MS = 30 * SECOND_MS
/** Three missed heartbeats: a source that is silent this long is not reading. */
export const SILENCE_MS_MAX = 3 * HEARTBEAT_MS
/** A chain may be read late for so long (a restart, a slow node) before reading late counts as not seeing. */
export const BEHIND_MS_MAX = 2 * MINUTE_MS

/** Movements undone in one turn. Each causes up to four commands elsewhere, and a turn runs at most 256. */
export const REVERTS_MAX = 60

/** Movements kept for people to look at, newest first. Older ones are in the journal; the state must stay bounded. */
export const TRANSFERS_KEPT = 10_000
export const PAGE_MAX = 500
export const PAGE_DEFAULT = 100

/** More than any platform watches; keeps what a wrong feeder can add bounded. */
export const CHAINS_MAX = 64
export const SOURCES_MAX = 16
