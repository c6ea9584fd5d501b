/**
 * Tiles of c2sp.org/tlog-tiles: the hashes of the tree cut into files of 256, each level being every eighth level of the tree, and
 * the entries in bundles of the same 256. A partial tile is a prefix of the full one, so any width at or below what is stored serves.
 */
import { HASH_BYTES, type Hash, hashAt, subtreeRoot } from './hash.ts'
import type { SubtreeReader } from './tree.ts'

export const TILE_WIDTH = 256
/** A tile spans eight levels of the tree. */
export const TILE_HEIGHT = 8
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES
/** 256^6 entries are 2^48: more than anyone will write; so a tree has tile levels 0 to 6. */
export const TILE_LEVELS = 7

/** How many whole subtrees of 256^level entries a tree of that size has: the hashes of all tiles of the level. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level)

/** The width that a tile has in a tree of that size: 0 where there is none, 256 where it is full. */
export const tileWidth = (level: number, index: number, size: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH))

/** Reads hashes of level `level` from a tile, which must hold at least `width` of them. */
export type TileReader = (level: number, index: number, width: number) => Buffer

/** Any full subtree from the tiles: at most 255 hashes are made for it. */
export function subtreesFromTiles(tile: TileReader): SubtreeReader {
  return (height, index): Hash => {
    const level = Math.floor(height / TILE_HEIGHT)
    const count = 2 ** (height % TILE_HEIGHT)
    const first = index * count
    const position = first % TILE_WIDTH
    const hashes = tile(level, Math.floor(first / TILE_WIDTH), position + count)
    if (count === 1) return hashAt(hashes, position)
    return subtreeRoot(hashes.subarray(position * HASH_BYTES, (position + count) * HASH_BYTES))
  }
}

/** One file of the log. Width 256 is a full tile or bundle. */
export type LogPath =
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'vkey' }
  | { readonly kind: 'tile'; readonly level: number; readonly index: number; readonly width: number }
  | { readonly kind: 'entries'; readonly index: number; readonly width: number }

/** 1234067 -> `x001/x234/067` */
export function indexPath(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  return groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/')
}

const suffix = (width: number): string => (width === TILE_WIDTH ? '' : `.p/${width}`)

export const tilePath = (level: number, index: number, width: number): string =>
  `tile/${level}/${indexPath(index)}${suffix(width)}`
export const entriesPath = (index: number, width: number): string => `tile/entries/${indexPath(index)}${suffix(width)}`

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** The file that a path names, or `undefined` for any path that the specification does not know or spells otherwise. */
export function parseLogPath(path: string): LogPath | undefined {
  if (path === 'checkpoint' || path === 'vkey') return { kind: path }
  const match = PATH.exec(path)
  if (!match) return undefined
  const [, kind = '', groups = '', partial] = match
  const index = Number(groups.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? TILE_WIDTH : Number(partial)
  // One spelling a file: no extra leading group, no `.p/256`.
  if (!Number.isSafeInteger(index) || indexPath(index) !== groups) return undefined
  if (partial !== undefined && width >= TILE_WIDTH) return undefined
  if (kind === 'entries') return { kind: 'entries', index, width }
  const level = Number(kind)
  return level <= 63 ? { kind: 'tile', level, index, width } : undefined
}

/** Entries side by side, each behind its length in two bytes, big-endian. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = Buffer.alloc(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    at = bundle.writeUInt16BE(entry.length, at)
    bundle.set(entry, at)
    at += entry.length
  }
  return bundle
}

/** The entries of a bundle as far as they can be told apart, and whether the bundle is exactly those. */
export function parseBundle(bundle: Uint8Array, width: number): { entries: Uint8Array[]; whole: boolean } {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.length)
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < width && at + 2 <= bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) break
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return { entries, whole: entries.length === width && at === bytes.length }
}
