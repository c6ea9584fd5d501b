/**
 * Verifying a whole log: every entry is hashed again, the tree is built anew, and each stored hash, the root, the signature and the
 * anchor are compared with it.
 */
import { toBase64 } from '../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { AnchorState } from './anchor.ts'
import { Check, isFullTile, type LogFault } from './check.ts'
import { type Edge, edgeRoot, emptyEdge, extend } from './edge.ts'
import { bytesOf, HASH_BYTES, type Hash, hashOf, type Root } from './hash.ts'
import type { Journal } from './journal.ts'
import type { NoteVerifier } from './keys.ts'
import { verifyCheckpoint } from './note.ts'
import { reason, refuse, refused } from './refusals.ts'
import { hasLog, journalSource, type LogSource, openSource } from './sources.ts'
import { DATABASE_FILE } from './store.ts'
import { hashesAt, subtreesFromTiles, TILE_WIDTH } from './tiles.ts'
import { rootOf } from './tree.ts'

export interface Verification {
  readonly ok: boolean
  /** Of the signed checkpoint; of what is there, if that is not sound. */
  readonly size: number
  /** Made anew from the entries. */
  readonly root: Root
  readonly faults: readonly LogFault[]
  /** Faults beyond the first 1,000. */
  readonly more: number
}

/** Which line of an unsound checkpoint differs from what the log itself says; the signature's, where the text is as it should be. */
function locateInCheckpoint(note: Uint8Array, origin: string, size: number, root: Hash, refusal: Refusal): LogFault {
  const lines = Buffer.from(note).toString('latin1').split('\n')
  const expected = [Buffer.from(origin, 'utf8').toString('latin1'), String(size), toBase64(bytesOf(root)), '']
  const wrong = expected.findIndex((line, place) => lines[place] !== line)
  const index = wrong >= 0 ? wrong + 1 : expected.length + 1
  const what =
    wrong < 0 ? 'the signature line' : ['the origin', 'the tree size', 'the root hash', 'the empty line'][wrong]
  return {
    where: 'checkpoint',
    index,
    what: `${what} (line ${index}) is not as signed: ${refusal.code} ${refusal.detail}`,
  }
}

/** Progress in entries: done, and in all. */
type Progress = (done: number, total: number) => void

interface Made {
  readonly edge: Edge
  /** The root of the entries up to the anchored size, where the log reaches so far. */
  readonly anchored: Hash | undefined
}

/** Makes the tree anew, comparing each tile as it fills up and the unfinished ones at the end. */
function checkTree(check: Check, size: number, anchorSize: number | undefined, onProgress?: Progress): Made {
  let edge: Edge = emptyEdge
  let anchored = anchorSize === 0 ? edgeRoot(emptyEdge) : undefined
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const leaves = check.leaves(index)
    const upToAnchor = (anchorSize ?? 0) - edge.size
    if (upToAnchor > 0 && upToAnchor <= leaves.length) {
      anchored = edgeRoot(extend(edge, leaves.slice(0, upToAnchor)).edge)
    }
    const grown = extend(edge, leaves)
    edge = grown.edge
    for (const { level, index: at, hashes } of grown.writes) if (isFullTile(hashes)) check.compare(level, at, hashes)
    onProgress?.(edge.size, size)
  }
  for (const [level, tile] of edge.tiles.entries()) {
    const hashes = hashesAt(level, size)
    const width = hashes % TILE_WIDTH
    if (width > 0) check.compare(level, Math.floor(hashes / TILE_WIDTH), tile.subarray(0, width * HASH_BYTES))
  }
  return { edge, anchored }
}

/** The anchor must be whole, and the tree must begin with the tree it names: by its entries or, if one is damaged, by its tiles. */
function checkAnchor(check: Check, source: LogSource, state: AnchorState | 'missing', made: Made): void {
  if (state === 'missing') {
    check.report('anchor', 'the anchor is missing')
    return
  }
  for (const slot of state.damaged) check.report('anchor', `slot ${slot} is damaged`, slot)
  const { latest } = state
  if (latest === undefined) return
  if (latest.size > made.edge.size) {
    check.report('anchor', `a tree of ${latest.size} entries was signed, but only ${made.edge.size} are here`)
    return
  }
  const tiles = subtreesFromTiles((level, index) => source.tile(level, index, TILE_WIDTH) ?? Buffer.alloc(0))
  if (made.anchored !== latest.root && rootOf(tiles, latest.size) !== latest.root) {
    check.report('anchor', `the first ${latest.size} entries have another root than the one anchored`)
  }
}

function verifySource(source: LogSource, verifiers: readonly NoteVerifier[], onProgress?: Progress): Verification {
  const note = source.checkpoint()
  const opened = note === undefined ? refuse('JRNL-012', 'there is no checkpoint') : verifyCheckpoint(note, verifiers)
  const sound = isRefusal(opened) ? undefined : { size: opened.size, root: hashOf(opened.root) }
  const size = sound?.size ?? source.extent()
  const check = new Check(source, size)
  for (const fault of source.structure?.() ?? []) check.report('database', fault)
  const anchor = source.anchor?.()
  const anchorSize = anchor === 'missing' ? undefined : anchor?.latest?.size
  const made = checkTree(check, size, anchorSize, onProgress)
  check.finish(made.edge, sound)
  const root = edgeRoot(made.edge)
  if (isRefusal(opened)) {
    const origin = verifiers.find(({ kind }) => kind === 'log')?.name ?? ''
    const { where, what, index } = locateInCheckpoint(note ?? new Uint8Array(), origin, size, root, opened)
    check.report(where, what, index)
  } else if (source.extent() > size) {
    check.report('database', `${source.extent()} entries are here, but the checkpoint signs ${size}`)
  }
  if (anchor !== undefined) checkAnchor(check, source, anchor, made)
  const vkey = source.vkey?.()
  if (vkey !== undefined && !verifiers.some((verifier) => `${verifier.vkey}\n` === vkey)) {
    check.report('vkey', 'the file is not one of the keys verified with')
  }
  const { faults, more } = check
  return { ok: faults.length === 0, size, root: bytesOf(root), faults, more }
}

export interface VerifyOptions {
  /** Called with entries done and entries in all. */
  readonly onProgress?: (done: number, total: number) => void
  readonly anchorPath?: string
}

/**
 * Verifies the log of a data folder, of an exported folder, or of an open journal, reading everything anew. What is wrong comes back as
 * faults; it throws `Refused` JRNL-009 only where there is no log to read. A running writer is not disturbed.
 */
export function verifyJournal(
  where: string | Journal,
  verifiers: readonly NoteVerifier[],
  { onProgress, anchorPath }: VerifyOptions = {},
): Verification {
  if (typeof where === 'string' && !hasLog(where)) {
    throw refused('JRNL-009', `${where} holds neither ${DATABASE_FILE} nor an exported log`)
  }
  let source: LogSource | undefined
  try {
    source = typeof where === 'string' ? openSource(where, anchorPath) : journalSource(where)
    return verifySource(source, verifiers, onProgress)
  } catch (error) {
    // SQLite found its own pages damaged, or a file cannot be read.
    const fault = { where: 'database', what: reason(error) }
    return { ok: false, size: 0, root: bytesOf(edgeRoot(emptyEdge)), faults: [fault], more: 0 }
  } finally {
    source?.close()
  }
}
