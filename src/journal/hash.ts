/**
 * The hashes of RFC 6962 section 2.1: a leaf is SHA-256 of 0x00 and the entry, a node SHA-256 of 0x01 and its two children.
 * Inside the journal a hash is a string of 32 characters, one a byte: node:crypto makes such a string several times faster than a
 * `Buffer` (measured by `bench/journal.ts`), and two of them compare with `===`. `bytesOf` and `hashOf` cross over.
 */
import { hash } from 'node:crypto'
import { type Bytes, sha256 } from '../kernel/bytes.ts'

/** 32 characters of U+0000 to U+00FF. */
export type Hash = string
/** 32 bytes: how a hash stands outside the journal's inner code. */
export type Root = Uint8Array

export const HASH_BYTES = 32
/** Entry bundles give the length of an entry two bytes (c2sp.org/tlog-tiles). */
export const ENTRY_BYTES_MAX = 65_535

export const bytesOf = (value: Hash): Root => Buffer.from(value, 'latin1')
export const hashOf = (bytes: Bytes): Hash =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/** The root of no entries: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = hash('sha256', '', 'latin1')

// Written anew for each call; safe because everything here is synchronous.
const leafInput = Buffer.alloc(1 + ENTRY_BYTES_MAX)
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES)
nodeInput[0] = 1

export function leafHash(entry: Bytes): Hash {
  if (entry.length > ENTRY_BYTES_MAX) return hashOf(sha256(new Uint8Array([0]), entry))
  leafInput.set(entry, 1)
  return hash('sha256', leafInput.subarray(0, 1 + entry.length), 'latin1')
}

export function nodeHash(left: Hash, right: Hash): Hash {
  nodeInput.write(left, 1, HASH_BYTES, 'latin1')
  nodeInput.write(right, 1 + HASH_BYTES, HASH_BYTES, 'latin1')
  return hash('sha256', nodeInput, 'latin1')
}

/** As {@link nodeHash}, of two hashes that stand side by side in `hashes` (the position counts hashes). */
function pairHash(hashes: Buffer, position: number): Hash {
  hashes.copy(nodeInput, 1, position * HASH_BYTES, (position + 2) * HASH_BYTES)
  return hash('sha256', nodeInput, 'latin1')
}

/** The root over a full subtree whose 2^k hashes stand side by side; 1 to 256 of them. */
export function subtreeRoot(hashes: Buffer): Hash {
  let count = hashes.length / HASH_BYTES
  if (count === 1) return hashes.toString('latin1', 0, HASH_BYTES)
  const level = Buffer.from(hashes)
  for (; count > 1; count /= 2) {
    for (let i = 0; i < count; i += 2) level.write(pairHash(level, i), (i / 2) * HASH_BYTES, HASH_BYTES, 'latin1')
  }
  return level.toString('latin1', 0, HASH_BYTES)
}

/** The hash at a position of a tile. */
export const hashAt = (tile: Buffer, position: number): Hash =>
  tile.toString('latin1', position * HASH_BYTES, (position + 1) * HASH_BYTES)
