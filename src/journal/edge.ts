/**
 * The right edge of the tree: all that must be in memory to append. It holds the roots of the full subtrees that make up the tree
 * (one for each bit of its size) and the last, unfinished tile of each level. A leaf costs one node hash more on average, and the
 * hashes of the tile levels fall out on the way.
 */
import { EMPTY_ROOT, HASH_BYTES, type Hash, nodeHash } from './hash.ts'
import {
  hashesAt,
  subtreesFromTiles,
  TILE_BYTES,
  TILE_HEIGHT,
  TILE_LEVELS,
  TILE_WIDTH,
  type TileReader,
} from './tiles.ts'

export interface Edge {
  readonly size: number
  /** `peaks[h]` is the root of the full subtree of 2^h entries at the edge, where the size has that bit. */
  readonly peaks: readonly (Hash | undefined)[]
  /** The unfinished tile of each level: room for 256 hashes, of which `hashesAt(level, size) % 256` are written. */
  readonly tiles: readonly Buffer[]
}

/** A tile to be stored: full, or the new unfinished one of its level. */
export interface TileWrite {
  readonly level: number
  readonly index: number
  readonly hashes: Buffer
}

export const emptyEdge: Edge = { size: 0, peaks: [], tiles: [] }

/** Reads the edge of a tree of that size from its stored tiles: a handful of tiles and some hundred hashes, whatever the size. */
export function readEdge(size: number, tile: TileReader): Edge {
  const subtree = subtreesFromTiles(tile)
  const peaks: (Hash | undefined)[] = []
  for (let height = 0; 2 ** height <= size; height++) {
    const count = Math.floor(size / 2 ** height)
    peaks.push(count % 2 === 1 ? subtree(height, count - 1) : undefined)
  }
  const tiles: Buffer[] = []
  for (let level = 0; level < TILE_LEVELS && hashesAt(level, size) > 0; level++) {
    const hashes = hashesAt(level, size)
    const width = hashes % TILE_WIDTH
    const buffer = Buffer.alloc(TILE_BYTES)
    if (width > 0) buffer.set(tile(level, Math.floor(hashes / TILE_WIDTH), width).subarray(0, width * HASH_BYTES))
    tiles.push(buffer)
  }
  return { size, peaks, tiles }
}

/** MTH of the whole tree: the peaks joined from the smallest up. */
export function edgeRoot({ peaks }: Edge): Hash {
  let root: Hash | undefined
  for (const peak of peaks) {
    if (peak !== undefined) root = root === undefined ? peak : nodeHash(peak, root)
  }
  return root ?? EMPTY_ROOT
}

/** The edge after more leaves, and every tile that changed. The given edge stays as it was, for the batch may still fail. */
export function extend(edge: Edge, leaves: readonly Hash[]): { edge: Edge; writes: TileWrite[] } {
  const peaks = [...edge.peaks]
  const tiles = edge.tiles.map((tile) => Buffer.from(tile))
  const counts = tiles.map((_, level) => hashesAt(level, edge.size))
  const writes: TileWrite[] = []
  const touched = new Set<number>()

  const put = (level: number, hash: Hash): void => {
    const count = counts[level] ?? 0
    const tile = tiles[level] ?? Buffer.alloc(TILE_BYTES)
    const position = count % TILE_WIDTH
    tile.write(hash, position * HASH_BYTES, HASH_BYTES, 'latin1')
    const full = position === TILE_WIDTH - 1
    if (full) writes.push({ level, index: Math.floor(count / TILE_WIDTH), hashes: tile })
    counts[level] = count + 1
    tiles[level] = full ? Buffer.alloc(TILE_BYTES) : tile
    touched.add(level)
  }

  for (const leaf of leaves) {
    put(0, leaf)
    let node = leaf
    let height = 0
    for (let peak = peaks[0]; peak !== undefined; peak = peaks[height]) {
      node = nodeHash(peak, node)
      peaks[height] = undefined
      height += 1
      if (height % TILE_HEIGHT === 0) put(height / TILE_HEIGHT, node)
    }
    peaks[height] = node
  }

  for (const level of touched) {
    const count = counts[level] ?? 0
    const hashes = (tiles[level] ?? Buffer.alloc(0)).subarray(0, (count % TILE_WIDTH) * HASH_BYTES)
    if (hashes.length > 0) writes.push({ level, index: Math.floor(count / TILE_WIDTH), hashes })
  }
  return { edge: { size: edge.size + leaves.length, peaks, tiles }, writes }
}
