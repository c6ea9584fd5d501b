/**
 * Proves one entry in the browser: hashes the stored bytes and climbs the Merkle tree (RFC 6962) to the root of the signed checkpoint,
 * from the public tiles alone. The server's own verification is not asked.
 */
import { bundlePath, entryIn, HASH_BYTES, type Run, subtreeRun, TILE_WIDTH } from './tiles.ts'

/** Reads a public file of the journal, such as `tile/0/000.p/12`. */
export type ReadFile = (path: string) => Promise<Uint8Array>

export class NotProven extends Error {
  override name = 'NotProven'
}

type Bytes = Uint8Array<ArrayBuffer>

async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])
export const leafHash = (entry: Uint8Array): Promise<Bytes> => sha256(LEAF, entry)
const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(NODE, left, right)

/** The largest power of two below `size`: where RFC 6962 splits a tree. */
export function splitOf(size: number): number {
  let half = 1
  while (half * 2 < size) half *= 2
  return half
}

async function foldRun(tile: Uint8Array, { path, start, count }: Run): Promise<Uint8Array> {
  if (tile.length < (start + count) * HASH_BYTES) throw new NotProven(`${path} is too short`)
  let row = Array.from({ length: count }, (_, at) =>
    tile.subarray((start + at) * HASH_BYTES, (start + at + 1) * HASH_BYTES),
  )
  while (row.length > 1) {
    const next: Uint8Array[] = []
    for (let at = 0; at < row.length; at += 2)
      next.push(await nodeHash(row[at] ?? new Uint8Array(), row[at + 1] ?? new Uint8Array()))
    row = next
  }
  return row[0] ?? new Uint8Array()
}

export interface Proof {
  /** The stored bytes of the entry. */
  readonly entry: Uint8Array
  readonly leaf: Uint8Array
  /** The sibling hashes from the leaf to the root, in that order. */
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** The root that the entry leads to in a tree of `size`; whether it is the signed one is for the caller to compare. */
export async function proveEntry(index: number, size: number, read: ReadFile): Promise<Proof> {
  const bundle = bundlePath(index, size)
  const entry = entryIn(await read(bundle), index % TILE_WIDTH)
  if (entry === undefined) throw new NotProven(`${bundle} has no entry ${index}`)
  const path: Uint8Array[] = []

  /** The hash of the entries from `low` to `high`, none of which is ours: complete subtrees, joined from the right. */
  const other = async (low: number, high: number): Promise<Uint8Array> => {
    const span = high - low
    const half = splitOf(span)
    const level = Math.log2(span)
    if (span === 1 || (Number.isInteger(level) && low % span === 0)) {
      const run = subtreeRun(level, low / span, size)
      return foldRun(await read(run.path), run)
    }
    return nodeHash(await other(low, low + half), await other(low + half, high))
  }

  const leaf = await leafHash(entry)
  const climb = async (low: number, high: number): Promise<Uint8Array> => {
    if (high - low === 1) return leaf
    const middle = low + splitOf(high - low)
    const left = index < middle
    const mine = left ? await climb(low, middle) : await climb(middle, high)
    const sibling = left ? await other(middle, high) : await other(low, middle)
    path.push(sibling)
    return left ? nodeHash(mine, sibling) : nodeHash(sibling, mine)
  }
  return { entry, leaf, path, root: await climb(0, size) }
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
