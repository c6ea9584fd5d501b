/**
 * The comparison behind `verify.ts`: a tree made anew against the stored one. A difference is laid at one door: the entry or the tile
 * that is alone against the rest.
 */
import { type Edge, edgeRoot, readEdge } from './edge.ts'
import { HASH_BYTES, type Hash, hashAt, leafHash, subtreeRoot } from './hash.ts'
import type { LogSource, StoredBundle } from './sources.ts'
import { entriesPath, TILE_WIDTH, tilePath, tileWidth } from './tiles.ts'

/** More than a person reads; the rest is counted. */
export const FAULTS_MAX = 1_000

export interface LogFault {
  /** `entry`, `checkpoint`, `anchor`, `vkey`, `database`, or the path of a tile or bundle. */
  readonly where: string
  /** Index of the entry in the log, place of the hash in the tile, line of the checkpoint, slot of the anchor. */
  readonly index?: number
  readonly what: string
}

/** What the checkpoint says, where its signature holds. */
export interface Signed {
  readonly size: number
  readonly root: Hash
}

/** Stands for a hash that nobody has. */
const NOT_THERE: Hash = '\0'.repeat(HASH_BYTES)

export const isFullTile = (hashes: Buffer): boolean => hashes.length === TILE_WIDTH * HASH_BYTES

export class Check {
  readonly faults: LogFault[] = []
  more = 0
  readonly #source: LogSource
  readonly #size: number
  /** Differences in the last, unfinished bundle: only the root can say who is right. */
  readonly #undecided: { readonly entry: number; readonly tile: string; readonly position: number }[] = []

  constructor(source: LogSource, size: number) {
    this.#source = source
    this.#size = size
  }

  report(where: string, what: string, index?: number): void {
    if (this.faults.length >= FAULTS_MAX) this.more += 1
    else this.faults.push({ where, what, ...(index === undefined ? {} : { index }) })
  }

  #width(level: number, index: number): number {
    return tileWidth(level, index, this.#size)
  }

  /** A stored tile of the right length. */
  #tile(level: number, index: number): Buffer | undefined {
    const width = this.#width(level, index)
    const hashes = this.#source.tile(level, index, width)
    return hashes?.length === width * HASH_BYTES ? hashes : undefined
  }

  /** The leaf hashes of one bundle. An entry that is not there takes the hash that the tile has for it, so that it is one fault. */
  leaves(index: number): Hash[] {
    const width = this.#width(0, index)
    const bundle = this.#source.bundle(index, width)
    const tile = this.#tile(0, index)
    const stored = (place: number): Hash => (tile === undefined ? NOT_THERE : hashAt(tile, place))
    if (!bundle.whole) return this.#leavesOfBroken(bundle, index, width, stored)
    return Array.from({ length: width }, (_, place) => {
      const entry = bundle.entries[place]
      if (entry !== undefined) return leafHash(entry)
      this.report('entry', `entry ${index * TILE_WIDTH + place} is missing`, index * TILE_WIDTH + place)
      return stored(place)
    })
  }

  /** Up to the first entry that is not what the tile says; behind it the lengths mean nothing. */
  #leavesOfBroken(bundle: StoredBundle, index: number, width: number, stored: (place: number) => Hash): Hash[] {
    const path = entriesPath(index, width)
    if (bundle.entries.length === 0 && this.#source.tile(0, index, width) === undefined) {
      this.report(path, 'the bundle is missing or unreadable, and so is its tile')
    }
    const wrong = bundle.entries.findIndex((entry, place) => entry !== undefined && leafHash(entry) !== stored(place))
    const first = wrong >= 0 ? wrong : Math.min(bundle.entries.length, width - 1)
    this.report(
      path,
      `the bundle is missing, cut or damaged from entry ${index * TILE_WIDTH + first} on`,
      index * TILE_WIDTH + first,
    )
    return Array.from({ length: width }, (_, place) => stored(place))
  }

  /** Compares a tile made anew with the stored one. */
  compare(level: number, index: number, made: Buffer): void {
    const path = tilePath(level, index, made.length / HASH_BYTES)
    const stored = this.#tile(level, index)
    if (stored === undefined) this.report(path, `the tile is missing or not ${made.length} bytes long`)
    if (stored === undefined || stored.equals(made)) return
    for (let place = 0; place < made.length / HASH_BYTES; place++) {
      if (hashAt(stored, place) === hashAt(made, place)) continue
      if (level === 0) this.#blameLeaf(index, place, made, stored)
      else this.#blameNode(level, index, place, stored)
    }
  }

  /** The hash over this tile, in the level above, says whether the entries or the tile are as they were. */
  #blameLeaf(index: number, place: number, made: Buffer, stored: Buffer): void {
    const entry = index * TILE_WIDTH + place
    const tile = tilePath(0, index, made.length / HASH_BYTES)
    if (!isFullTile(made)) {
      this.#undecided.push({ entry, tile, position: place })
      return
    }
    const above = this.#tile(1, Math.floor(index / TILE_WIDTH))
    const judge = above === undefined ? undefined : hashAt(above, index % TILE_WIDTH)
    this.#blame(entry, tile, place, subtreeRoot(made) === judge, subtreeRoot(stored) === judge)
  }

  #blame(entry: number, tile: string, place: number, entriesFit: boolean, tileFits: boolean): void {
    if (entriesFit) this.report(tile, `hash ${place} is not that of entry ${entry}, which is sound`, place)
    else if (tileFits) this.report('entry', `entry ${entry} does not have the hash that the tree has for it`, entry)
    else
      this.report('entry', `entry ${entry} and its hash in ${tile} differ, and neither fits what stands above`, entry)
  }

  /** A node that follows from the tile below is right to differ: the fault is below, and reported there. */
  #blameNode(level: number, index: number, place: number, stored: Buffer): void {
    const below = this.#tile(level - 1, index * TILE_WIDTH + place)
    if (below !== undefined && subtreeRoot(below) === hashAt(stored, place)) return
    const path = tilePath(level, index, stored.length / HASH_BYTES)
    this.report(path, `hash ${place} is not the root of the tile below it`, place)
  }

  /** The root that the stored tiles have by themselves. */
  #storedRoot(): Hash | undefined {
    try {
      return edgeRoot(readEdge(this.#size, (level, index) => this.#tile(level, index) ?? Buffer.alloc(0)))
    } catch {
      return undefined
    }
  }

  /** Settles the last bundle and holds the tree against the signed root. */
  finish(made: Edge, signed: Signed | undefined): void {
    const [madeRoot, storedRoot] = [edgeRoot(made), this.#storedRoot()]
    for (const { entry, tile, position } of this.#undecided) {
      this.#blame(entry, tile, position, madeRoot === signed?.root, storedRoot === signed?.root)
    }
    if (signed !== undefined && madeRoot !== signed.root && storedRoot !== signed.root) {
      this.report('checkpoint', 'neither the entries nor the tiles have the root that the checkpoint signs', 3)
    }
  }
}
