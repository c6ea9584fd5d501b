/** The log as files (c2sp.org/tlog-tiles): what the server answers under `/journal/` and what an export writes. Pure but for the read. */
import { utf8 } from '../kernel/bytes.ts'
import type { Journal } from './journal.ts'
import { entriesPath, hashesAt, parseLogPath, TILE_WIDTH, tilePath, tileWidth } from './tiles.ts'

export interface LogFile {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** Tiles and bundles never change and may be cached for ever; a checkpoint for seconds. */
  readonly immutable: boolean
}

const TEXT = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'

/** The file of that path (without a leading slash), or `undefined` where the log has none. */
export function logFile(journal: Journal, path: string): LogFile | undefined {
  const parsed = parseLogPath(path)
  if (parsed === undefined) return undefined
  if (parsed.kind === 'checkpoint') {
    return { bytes: utf8(journal.checkpoint().note), contentType: TEXT, immutable: false }
  }
  if (parsed.kind === 'vkey') return { bytes: utf8(`${journal.vkey}\n`), contentType: TEXT, immutable: false }
  const bytes =
    parsed.kind === 'tile'
      ? journal.tile(parsed.level, parsed.index, parsed.width)
      : journal.entryBundle(parsed.index, parsed.width)
  return bytes === undefined ? undefined : { bytes, contentType: BYTES, immutable: true }
}

/** Every file of the log at its current size: the tiles of all levels, the bundles, `vkey`, and last the checkpoint that covers them. */
export function* logPaths(journal: Pick<Journal, 'size'>): Iterable<string> {
  const { size } = journal
  for (let index = 0; tileWidth(0, index, size) > 0; index++) yield entriesPath(index, tileWidth(0, index, size))
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    for (let index = 0; index * TILE_WIDTH < hashesAt(level, size); index++) {
      yield tilePath(level, index, tileWidth(level, index, size))
    }
  }
  yield 'vkey'
  yield 'checkpoint'
}
