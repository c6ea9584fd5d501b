/**
 * The journal of a data folder as it stands at one moment, read beside whoever writes there: no lock is taken, so that a person can look
 * while the server runs. Nothing in it is trusted further than the checkpoint's signature; `verifyJournal` is what checks the rest.
 */

import { openApp } from '../app.ts'
import { bytesOf } from '../journal/hash.ts'
import { type NoteVerifier, verifyCheckpoint } from '../journal/index.ts'
import { openSource } from '../journal/sources.ts'
import { subtreesFromTiles, TILE_WIDTH } from '../journal/tiles.ts'
import { rootOf } from '../journal/tree.ts'
import { toHex } from '../kernel/bytes.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { decodeEntry, fold, type Machine, type Recorded } from '../machine/index.ts'
import type { Folder } from '../world/folder.ts'
import { refused } from './refusals.ts'
import type { Progress } from './terminal.ts'

export interface JournalRecord {
  /** Of the signed checkpoint. */
  readonly size: number
  /** Hexadecimal, as signed. */
  readonly root: string
  /** The root of the first `size` entries; `undefined` beyond the end. */
  rootAt(size: number): Uint8Array | undefined
  /** The stored bytes from an index on, to another (exclusive) or the end. */
  read(from: number, to?: number): Iterable<Uint8Array>
  entries(from: number): Recorded[]
  /** A machine folded from the first entries; from all of them if not said. */
  folded(progress?: Progress, size?: number): Machine
  close(): void
}

export const openRecord = ({ paths, journalSigner }: Folder): JournalRecord =>
  openRecordAt(paths.journal, journalSigner.verifier)

/** The journal of a data folder or an exported log, by its key alone. */
export function openRecordAt(where: string, verifier: NoteVerifier): JournalRecord {
  const source = openSource(where)
  const note = source.checkpoint()
  const head = note === undefined ? undefined : verifyCheckpoint(note, [verifier])
  if (head === undefined || isRefusal(head)) {
    source.close()
    throw head === undefined ? refused('CLI-006', 'the journal has no checkpoint') : new Refused(head)
  }
  const { size, root } = head
  function* read(from: number, to = size): Iterable<Uint8Array> {
    for (let bundle = Math.floor(from / TILE_WIDTH); bundle * TILE_WIDTH < to; bundle++) {
      const first = bundle * TILE_WIDTH
      const { entries } = source.bundle(bundle, Math.min(TILE_WIDTH, to - first))
      for (let index = Math.max(from, first); index < Math.min(to, first + TILE_WIDTH); index++) {
        const entry = entries[index - first]
        if (entry === undefined) throw refused('CLI-006', `entry ${index} is missing; "pasu verify" says more`)
        yield entry
      }
    }
  }
  return {
    size,
    root: toHex(root),
    rootAt(asked) {
      if (asked > size) return undefined
      const tile = (level: number, index: number): Buffer => source.tile(level, index, TILE_WIDTH) ?? Buffer.alloc(0)
      return bytesOf(rootOf(subtreesFromTiles(tile), asked))
    },
    read,
    entries: (from) => [...read(from)].map((bytes, at) => ({ ...decodeEntry(bytes, from + at), index: from + at })),
    folded(progress, to = size) {
      const { machine } = openApp()
      fold(machine, read(0, to), (done) => progress?.(done, to))
      progress?.end()
      return machine
    },
    close: () => source.close(),
  }
}

/** Opens, works, closes, whatever happens in between. */
export function withRecord<T>(folder: Folder, work: (record: JournalRecord) => T): T {
  const record = openRecord(folder)
  try {
    return work(record)
  } finally {
    record.close()
  }
}
