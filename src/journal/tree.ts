/**
 * Roots and proofs of RFC 6962 sections 2.1 to 2.1.2 over any source of full subtrees. Sizes and indexes are whole numbers up to
 * 2^53, so they are halved and never shifted (JavaScript shifts 32 bits).
 */
import { EMPTY_ROOT, type Hash, nodeHash } from './hash.ts'

/** The root of the 2^height entries that begin at `index * 2^height`. */
export type SubtreeReader = (height: number, index: number) => Hash

/** The largest power of two smaller than `size` (at least 2), and its exponent. */
function split(size: number): { readonly half: number; readonly height: number } {
  let half = 1
  let height = 0
  while (half * 2 < size) {
    half *= 2
    height += 1
  }
  return { half, height }
}

/** MTH(D[start:end]); the start must be a multiple of the largest power of two that fits, as in every range RFC 6962 makes. */
function rangeRoot(read: SubtreeReader, start: number, end: number): Hash {
  const size = end - start
  if (size === 1) return read(0, start)
  const { half, height } = split(size)
  if (half * 2 === size) return read(height + 1, start / size)
  return nodeHash(rangeRoot(read, start, start + half), rangeRoot(read, start + half, end))
}

export const rootOf = (read: SubtreeReader, size: number): Hash => (size === 0 ? EMPTY_ROOT : rangeRoot(read, 0, size))

/** PATH(index, D[0:size]), from the leaf's sibling up. */
export function inclusionPath(read: SubtreeReader, index: number, size: number): Hash[] {
  const path: Hash[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + split(end - start).half
    if (index < middle) {
      path.push(rangeRoot(read, middle, end))
      end = middle
    } else {
      path.push(rangeRoot(read, start, middle))
      start = middle
    }
  }
  return path.reverse()
}

/** PROOF(from, D[0:to]): empty where `from` is 0 or equals `to`, for then there is nothing to show. */
export function consistencyPath(read: SubtreeReader, from: number, to: number): Hash[] {
  if (from === 0) return []
  const path: Hash[] = []
  let [start, end, whole] = [0, to, true]
  while (from !== end) {
    const middle = start + split(end - start).half
    if (from <= middle) {
      path.push(rangeRoot(read, middle, end))
      end = middle
    } else {
      path.push(rangeRoot(read, start, middle))
      start = middle
      whole = false
    }
  }
  if (!whole) path.push(rangeRoot(read, start, end))
  return path.reverse()
}
