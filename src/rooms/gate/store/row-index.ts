/**
 * Finds rows of a table by the hash of a key. It holds whole numbers only, in one typed array, so that a snapshot of a million rows is
 * read in no time where a `Map` of as many keys takes seconds. Rows with one key come out in the order in which they went in.
 * It grows by linear hashing (Litwin 1980), one bucket with each row, so that no single row pays for all the others.
 */
import { grown } from './columns.ts'

const BUCKETS_FIRST = 64
export const NONE = -1

export interface RowIndex {
  /** The last row of each bucket's ring, or `NONE`; the row after the last is the first. */
  tails: Int32Array
  buckets: number
  size: number
}

/** A column of the table: each row's successor in its ring, or `NONE`. */
export type Links = { [row: number]: number }

export const emptyIndex = (): RowIndex => ({
  tails: new Int32Array(BUCKETS_FIRST).fill(NONE),
  buckets: BUCKETS_FIRST,
  size: 0,
})

/** The largest power of two that is not above `count`. */
const powerOf = (count: number): number => 2 ** (31 - Math.clz32(count))

/** Buckets up to the next power of two are being split off one by one; those not yet there share the bucket below. */
function bucketOf({ buckets }: RowIndex, hash: number): number {
  const power = powerOf(buckets)
  const wide = hash & (2 * power - 1)
  return wide < buckets ? wide : hash & (power - 1)
}

function append(index: RowIndex, next: Links, row: number, bucket: number): void {
  const tail = index.tails[bucket] ?? NONE
  if (tail === NONE) next[row] = row
  else {
    next[row] = next[tail] ?? NONE
    next[tail] = row
  }
  index.tails[bucket] = row
}

/** The next bucket takes its rows out of the one that stood for it so far. */
function split(index: RowIndex, next: Links, hashOf: (row: number) => number): void {
  const made = index.buckets
  const from = made - powerOf(made)
  const tail = index.tails[from] ?? NONE
  index.tails = grown(index.tails, made + 1)
  index.tails[from] = NONE
  index.tails[made] = NONE
  index.buckets = made + 1
  if (tail === NONE) return
  let row = next[tail] ?? NONE
  for (;;) {
    const after = next[row] ?? NONE
    append(index, next, row, bucketOf(index, hashOf(row)))
    if (row === tail) return
    row = after
  }
}

/**
 * `next` is a column of the table and holds each row's successor in its ring, or `NONE` where the row stands in no index; indexes
 * whose rows never overlap can share it. `hashOf` gives the hash of any row of the index, the new one's included.
 */
export function add(index: RowIndex, next: Links, row: number, hashOf: (row: number) => number): void {
  append(index, next, row, bucketOf(index, hashOf(row)))
  index.size += 1
  if (index.size > index.buckets) split(index, next, hashOf)
}

/** The first row, oldest first, that `fits`; `NONE` where there is none. */
export function find(index: RowIndex, next: Readonly<Links>, hash: number, fits: (row: number) => boolean): number {
  const tail = index.tails[bucketOf(index, hash)] ?? NONE
  if (tail === NONE) return NONE
  let row = next[tail] ?? NONE
  for (;;) {
    if (fits(row)) return row
    if (row === tail) return NONE
    row = next[row] ?? NONE
  }
}

/** Takes a row out. False where it was not in. */
export function remove(index: RowIndex, next: Links, row: number, hash: number): boolean {
  const bucket = bucketOf(index, hash)
  const tail = index.tails[bucket] ?? NONE
  if (tail === NONE) return false
  let before = tail
  while (next[before] !== row) {
    before = next[before] ?? NONE
    if (before === tail || before === NONE) return false
  }
  next[before] = next[row] ?? NONE
  if (row === tail) index.tails[bucket] = before === row ? NONE : before
  next[row] = NONE
  index.size -= 1
  return true
}
