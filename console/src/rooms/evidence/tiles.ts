/** Where the public files of the journal lie (c2sp.org/tlog-tiles), and what is in them. Everything here is checked, not trusted. */

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
export const HASH_BYTES = 32

/** `1234067` -> `x001/x234/067`: three digits a folder, so that no folder becomes too full. */
export function tileNumber(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/\d{3}/g) ?? []
  return groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/')
}

/** How many hashes, or entries, the tile with this number has in a tree whose level holds `total`. */
const widthOf = (tile: number, total: number): number => Math.min(TILE_WIDTH, total - tile * TILE_WIDTH)

const path = (kind: string, tile: number, width: number): string =>
  `tile/${kind}/${tileNumber(tile)}${width === TILE_WIDTH ? '' : `.p/${width}`}`

/** The bundle with the entry at `index` in a tree of `size` entries. */
export const bundlePath = (index: number, size: number): string => {
  const tile = Math.floor(index / TILE_WIDTH)
  return path('entries', tile, widthOf(tile, size))
}

/** Where the hash of the complete subtree at `level` with number `place` comes from: a tile, and the run of hashes in it. */
export interface Run {
  readonly path: string
  readonly start: number
  readonly count: number
}

export function subtreeRun(level: number, place: number, size: number): Run {
  const tileLevel = Math.floor(level / TILE_HEIGHT)
  const count = 2 ** (level - tileLevel * TILE_HEIGHT)
  const first = place * count
  const tile = Math.floor(first / TILE_WIDTH)
  const total = Math.floor(size / 2 ** (tileLevel * TILE_HEIGHT))
  return { path: path(String(tileLevel), tile, widthOf(tile, total)), start: first - tile * TILE_WIDTH, count }
}

/** The bytes of one entry of a bundle: each is preceded by its length in two bytes. `undefined` where the bundle is too short. */
export function entryIn(bundle: Uint8Array, place: number): Uint8Array | undefined {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length)
  let offset = 0
  for (let at = 0; offset + 2 <= bundle.length; at++) {
    const length = view.getUint16(offset)
    const end = offset + 2 + length
    if (end > bundle.length) return undefined
    if (at === place) return bundle.subarray(offset + 2, end)
    offset = end
  }
  return undefined
}
