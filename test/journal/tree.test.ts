/** The tree against its definition: the second verifier computes roots and proofs by the letter of RFC 6962. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Journal, openMemoryJournal, verifyConsistency, verifyInclusion } from '../../src/journal/index.ts'
import { indexPath, parseLogPath, tilePath } from '../../src/journal/tiles.ts'
import { auditPath, consistency, hashLeaf, merkleTreeHash } from './second-verifier.ts'
import { entriesFrom, entryAt, grow, signer } from './support.ts'

/** Past two full tiles, so that level 1 takes part. */
const SIZE_MAX = 600
const leaves = entriesFrom(0, SIZE_MAX).map(hashLeaf)

const journalOf = (size: number): Journal => {
  const journal = openMemoryJournal(signer)
  grow(journal, size)
  return journal
}

test('J7 any batching gives the same root, tiles and bundles', () => {
  const batches = fc.array(fc.integer({ min: 0, max: 280 }), { maxLength: 8 })
  fc.assert(
    fc.property(batches, (sizes) => {
      const journal = openMemoryJournal(signer)
      for (const size of sizes) grow(journal, Math.min(size, SIZE_MAX - journal.size))
      const whole = journalOf(journal.size)
      expect(journal.root()).toEqual(merkleTreeHash(leaves.slice(0, journal.size)))
      for (const [level, index] of [
        [0, 0],
        [0, 1],
        [0, 2],
        [1, 0],
      ] as const) {
        expect(journal.tile(level, index)).toEqual(whole.tile(level, index))
      }
      for (const index of [0, 1, 2]) expect(journal.entryBundle(index)).toEqual(whole.entryBundle(index))
    }),
    { numRuns: 40 },
  )
})

const journal = journalOf(SIZE_MAX)
const sizeAndIndex = fc
  .integer({ min: 1, max: SIZE_MAX })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))

test('J8 every inclusion proof is the audit path of RFC 6962 and verifies', () => {
  fc.assert(
    fc.property(sizeAndIndex, ([size, index]) => {
      const proof = journal.inclusionProof(index, size)
      expect(proof).toEqual(auditPath(index, leaves.slice(0, size)))
      expect(verifyInclusion({ index, size, entry: entryAt(index), proof, root: journal.root(size) })).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('J8 every consistency proof is that of RFC 6962 and verifies', () => {
  fc.assert(
    fc.property(sizeAndIndex, ([to, index]) => {
      const from = index + 1
      const proof = journal.consistencyProof(from, to)
      expect(proof).toEqual(consistency(from, leaves.slice(0, to)))
      expect(verifyConsistency({ from, fromRoot: journal.root(from), to, toRoot: journal.root(to), proof })).toBe(true)
    }),
    { numRuns: 150 },
  )
})

/** One bit of one hash. */
const flip = (hashes: readonly Uint8Array[], at: number): Uint8Array[] =>
  hashes.map((hash, place) => {
    const copy = Buffer.from(hash)
    if (place === Math.floor(at / 256))
      copy[Math.floor(at / 8) % 32] = (copy[Math.floor(at / 8) % 32] ?? 0) ^ (1 << (at % 8))
    return copy
  })

test('J8 an inclusion proof with a flipped bit, a hash too few or too many, or another place does not verify', () => {
  fc.assert(
    fc.property(sizeAndIndex, fc.nat(), ([size, index], random) => {
      const [root, proof] = [journal.root(size), journal.inclusionProof(index, size)]
      const claim = { index, size, entry: entryAt(index), proof, root }
      const [other] = flip([root], random % 256)
      expect(verifyInclusion({ ...claim, root: other ?? root })).toBe(false)
      expect(verifyInclusion({ ...claim, proof: [...proof, root] })).toBe(false)
      expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false)
      expect(verifyInclusion({ ...claim, index: size })).toBe(false)
      expect(verifyInclusion({ ...claim, entry: entryAt(index + 1) })).toBe(false)
      if (proof.length === 0) return
      expect(verifyInclusion({ ...claim, proof: flip(proof, random % (proof.length * 256)) })).toBe(false)
      expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false)
    }),
    { numRuns: 100 },
  )
})

test('J8 a consistency proof with a flipped bit, a hash too few or too many, or other roots does not verify', () => {
  fc.assert(
    fc.property(sizeAndIndex, fc.nat(), ([to, index], random) => {
      const from = index + 1
      const proof = journal.consistencyProof(from, to)
      const claim = { from, fromRoot: journal.root(from), to, toRoot: journal.root(to), proof }
      const [fromRoot] = flip([claim.fromRoot], random % 256)
      const [toRoot] = flip([claim.toRoot], random % 256)
      expect(verifyConsistency({ ...claim, fromRoot: fromRoot ?? claim.fromRoot })).toBe(false)
      expect(verifyConsistency({ ...claim, toRoot: toRoot ?? claim.toRoot })).toBe(false)
      expect(verifyConsistency({ ...claim, proof: [...proof, claim.toRoot] })).toBe(false)
      if (proof.length === 0) return
      expect(verifyConsistency({ ...claim, proof: flip(proof, random % (proof.length * 256)) })).toBe(false)
      expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false)
      expect(verifyConsistency({ ...claim, from: to, to: from })).toBe(false)
    }),
    { numRuns: 100 },
  )
})

test('J11 every path is read back, and no other spelling of it', () => {
  expect(tilePath(0, 1_234_067, 256)).toBe('tile/0/x001/x234/067')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 63 }),
      fc.maxSafeNat(),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        const path = tilePath(level, index, width)
        expect(parseLogPath(path)).toEqual({ kind: 'tile', level, index, width })
        expect(parseLogPath(path.replace(indexPath(index), `x000/${indexPath(index)}`))).toBeUndefined()
      },
    ),
  )
  const wrong = [
    '',
    '/checkpoint',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
  ]
  wrong.push(
    'tile/0/001/002',
    'tile/-1/000',
    'tile/entries/x000/000',
    '../checkpoint',
    'tile/0/../../vkey',
    'tile/0/000\n',
  )
  expect(wrong.filter((path) => parseLogPath(path) !== undefined)).toEqual([])
})
