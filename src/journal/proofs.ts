/** Verifying proofs, as RFC 9162 sections 2.1.3.2 and 2.1.4.2 write it down. Pure; a page or an auditor's script can import it alone. */
import type { Bytes } from '../kernel/bytes.ts'
import { HASH_BYTES, type Hash, hashOf, leafHash, nodeHash, type Root } from './hash.ts'

export interface InclusionClaim {
  /** Place of the entry, from 0, and number of entries of the tree. */
  readonly index: number
  readonly size: number
  /** The entry's bytes, or its leaf hash where only that is known. */
  readonly entry?: Bytes
  readonly leafHash?: Root
  /** From the leaf's sibling up, 32 bytes each. */
  readonly proof: readonly Root[]
  readonly root: Root
}

export interface ConsistencyClaim {
  readonly from: number
  readonly fromRoot: Root
  readonly to: number
  readonly toRoot: Root
  readonly proof: readonly Root[]
}

const wellFormed = (hashes: readonly Root[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES)
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const odd = (value: number): boolean => value % 2 === 1
const halved = (value: number): number => Math.floor(value / 2)

/** Where a proof stands on its way up: the place of the node and of the last node of its level. */
class Climb {
  place: number
  last: number
  constructor(index: number, size: number) {
    this.place = index
    this.last = size - 1
  }
  up(): void {
    this.place = halved(this.place)
    this.last = halved(this.last)
  }
  /** Whether the sibling stands on the left; levels where the right edge has no sibling are skipped. */
  siblingIsLeft(): boolean {
    if (!odd(this.place) && this.place !== this.last) return false
    while (!odd(this.place) && this.place !== 0) this.up()
    return true
  }
}

/** True only if the entry stands at that index of the tree with that root. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, proof, root } = claim
  const leaf = claim.entry !== undefined ? leafHash(claim.entry) : hashOf(claim.leafHash ?? new Uint8Array())
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (leaf.length !== HASH_BYTES || !wellFormed([root, ...proof])) return false
  const climb = new Climb(index, size)
  let hash: Hash = leaf
  for (const sibling of proof) {
    if (climb.last === 0) return false
    hash = climb.siblingIsLeft() ? nodeHash(hashOf(sibling), hash) : nodeHash(hash, hashOf(sibling))
    climb.up()
  }
  return climb.last === 0 && hash === hashOf(root)
}

/**
 * True only if the first `from` entries of the second tree are the first tree. Nothing can be said about an empty tree, so sizes
 * of 0 are not accepted: whoever starts from nothing has nothing to compare.
 */
export function verifyConsistency({ from, fromRoot, to, toRoot, proof }: ConsistencyClaim): boolean {
  if (!isCount(from) || !isCount(to) || from === 0 || from > to) return false
  if (from === to) return proof.length === 0 && hashOf(fromRoot) === hashOf(toRoot)
  if (!wellFormed([fromRoot, toRoot, ...proof])) return false
  if (proof.length === 0) return false
  const climb = new Climb(from - 1, to)
  while (odd(climb.place)) climb.up()
  // A first tree that is one full subtree is its own first node, so its proof leaves that node out.
  const nodes = climb.place === 0 ? [fromRoot, ...proof] : proof
  let [first, second] = [hashOf(nodes[0] ?? fromRoot), hashOf(nodes[0] ?? fromRoot)]
  for (const node of nodes.slice(1)) {
    if (climb.last === 0) return false
    if (climb.siblingIsLeft()) {
      first = nodeHash(hashOf(node), first)
      second = nodeHash(hashOf(node), second)
    } else {
      second = nodeHash(second, hashOf(node))
    }
    climb.up()
  }
  return climb.last === 0 && first === hashOf(fromRoot) && second === hashOf(toRoot)
}
