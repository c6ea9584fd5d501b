/**
 * The anchor: size and root of the largest tree ever signed, in a small file beside the database (or on another disk). A database that was put
 * back from an old copy is shorter than its anchor, and is refused before it can sign a second history.
 *
 * The file has two slots, each overwritten in turn and in place, with a checksum; a write torn by a power cut leaves the other slot.
 */
import { closeSync, fdatasyncSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { equalBytes, sha256 } from '../kernel/bytes.ts'
import { bytesOf, HASH_BYTES, type Hash, hashOf } from './hash.ts'

export const ANCHOR_FILE = 'anchor'

export interface Anchored {
  readonly size: number
  readonly root: Hash
}

export interface AnchorState {
  /** The larger of the sound slots. */
  readonly latest: Anchored | undefined
  /** The slot of `latest`, so that the next write takes the other one. */
  readonly slot: number
  /** Slots that hold something, but nothing sound. */
  readonly damaged: readonly number[]
}

export interface Anchor {
  /** `undefined` where there is no anchor yet. */
  read(): AnchorState | undefined
  /** Makes a first anchor, replacing whatever stands there. */
  create(value: Anchored): void
  /** Durable when it returns. */
  write(value: Anchored): void
  close(): void
}

const MAGIC = Buffer.from('PASUANC1', 'latin1')
const SIZE_AT = MAGIC.length
const ROOT_AT = SIZE_AT + 8
const SUM_AT = ROOT_AT + HASH_BYTES
const SLOT_BYTES = SUM_AT + HASH_BYTES
/** Slots stand a disk sector (up to 4 KiB) apart, so that one torn write cannot touch both. */
const SLOT_STRIDE = 4096
const SLOTS = 2
const FILE_BYTES = SLOT_STRIDE * SLOTS

function formatSlot({ size, root }: Anchored): Buffer {
  const slot = Buffer.alloc(SLOT_BYTES)
  slot.set(MAGIC)
  slot.writeBigUInt64BE(BigInt(size), SIZE_AT)
  slot.set(bytesOf(root), ROOT_AT)
  slot.set(sha256(slot.subarray(0, SUM_AT)), SUM_AT)
  return slot
}

function parseSlot(slot: Buffer): Anchored | undefined {
  if (slot.length < SLOT_BYTES || !slot.subarray(0, SIZE_AT).equals(MAGIC)) return undefined
  if (!equalBytes(sha256(slot.subarray(0, SUM_AT)), slot.subarray(SUM_AT, SLOT_BYTES))) return undefined
  return { size: Number(slot.readBigUInt64BE(SIZE_AT)), root: hashOf(slot.subarray(ROOT_AT, SUM_AT)) }
}

export function parseAnchor(file: Buffer): AnchorState {
  let latest: Anchored | undefined
  let slot = 0
  const damaged: number[] = []
  for (let place = 0; place < SLOTS; place++) {
    const bytes = file.subarray(place * SLOT_STRIDE, (place + 1) * SLOT_STRIDE)
    const value = parseSlot(bytes)
    // What stands behind the slot is never written; a bit there means that the file was touched.
    const clean = bytes.subarray(value === undefined ? 0 : SLOT_BYTES).every((byte) => byte === 0)
    if (!clean || bytes.length < SLOT_STRIDE) damaged.push(place)
    if (value !== undefined && (latest === undefined || value.size > latest.size)) [latest, slot] = [value, place]
  }
  return { latest, slot, damaged }
}

/** The state of an anchor file, or `undefined` where there is no such file. */
export function readAnchorFile(path: string): AnchorState | undefined {
  try {
    return parseAnchor(readFileSync(path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Makes a new file's name durable. Where a folder cannot be opened (Windows), the system offers no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

export class FileAnchor implements Anchor {
  readonly #path: string
  #fd: number | undefined
  #next = 0

  constructor(path: string) {
    this.#path = path
  }

  read(): AnchorState | undefined {
    const state = readAnchorFile(this.#path)
    this.#next = state === undefined ? 0 : (state.slot + 1) % SLOTS
    return state
  }

  create(value: Anchored): void {
    const file = Buffer.alloc(FILE_BYTES)
    file.set(formatSlot(value))
    const fresh = `${this.#path}.new`
    const fd = openSync(fresh, 'w', 0o600)
    try {
      writeSync(fd, file, 0, FILE_BYTES, 0)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    this.close()
    renameSync(fresh, this.#path)
    syncFolder(dirname(this.#path))
    this.#next = 1
  }

  write(value: Anchored): void {
    this.#fd ??= openSync(this.#path, 'r+')
    const written = writeSync(this.#fd, formatSlot(value), 0, SLOT_BYTES, this.#next * SLOT_STRIDE)
    if (written !== SLOT_BYTES) throw new Error(`the anchor took ${written} of ${SLOT_BYTES} bytes`)
    fdatasyncSync(this.#fd)
    this.#next = (this.#next + 1) % SLOTS
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }
}

/** For journals in memory: lives as long as the disk it belongs to. */
export class MemoryAnchor implements Anchor {
  #value: Anchored | undefined
  read(): AnchorState | undefined {
    return this.#value === undefined ? undefined : { latest: this.#value, slot: 0, damaged: [] }
  }
  create(value: Anchored): void {
    this.#value = value
  }
  write(value: Anchored): void {
    this.#value = value
  }
  close(): void {}
}
