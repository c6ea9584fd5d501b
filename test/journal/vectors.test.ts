/** Others' vectors for the tree: RFC 6962 hashes and proofs, and a whole log that another program made. */
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bytesOf, leafHash, nodeHash } from '../../src/journal/hash.ts'
import {
  openMemoryJournal,
  parseVerifierKey,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '../../src/journal/index.ts'
import { parseBundle } from '../../src/journal/tiles.ts'
import { fixture, signer, sure } from './support.ts'

const base64 = z.string().transform((text) => Buffer.from(text, 'base64'))
const nodes = z.nullish(z.array(base64)).transform((list) => list ?? [])
const proofsSchema = z.object({
  inclusion: z.array(
    z.object({
      file: z.string(),
      leafIdx: z.number(),
      treeSize: z.number(),
      root: base64,
      leafHash: base64,
      proof: nodes,
      wantErr: z.boolean(),
    }),
  ),
  consistency: z.array(
    z.object({
      file: z.string(),
      size1: z.number(),
      size2: z.number(),
      root1: base64,
      root2: base64,
      proof: nodes,
      wantErr: z.boolean(),
    }),
  ),
})
const proofs = proofsSchema.parse(JSON.parse(fixture('rfc6962-proofs.json')))

describe('J8 proofs of transparency-dev/merkle', () => {
  test('J8 98 inclusion proofs get the verdict that their makers give them', () => {
    const wrong = proofs.inclusion.filter(({ leafIdx, treeSize, root, leafHash, proof, wantErr }) => {
      return verifyInclusion({ index: leafIdx, size: treeSize, root, leafHash, proof }) === wantErr
    })
    expect(proofs.inclusion).toHaveLength(98)
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  test('J8 98 consistency proofs get the verdict that their makers give them', () => {
    const wrong = proofs.consistency.filter(({ size1, size2, root1, root2, proof, wantErr }) => {
      return verifyConsistency({ from: size1, fromRoot: root1, to: size2, toRoot: root2, proof }) === wantErr
    })
    expect(proofs.consistency).toHaveLength(98)
    expect(wrong.map(({ file }) => file)).toEqual([])
  })
})

describe('J1 the eight-leaf tree', () => {
  const hex = z.string().transform((text) => Buffer.from(text, 'hex'))
  const schema = z.object({
    leaves_hex: z.array(hex),
    roots_hex_by_size: z.array(z.string()),
    hasher: z.object({
      empty: z.string(),
      leaf_empty: z.string(),
      leaf_L123456: z.string(),
      node_N123_N456: z.string(),
    }),
  })
  const tree = schema.parse(JSON.parse(fixture('rfc6962-8leaf.json')))

  test('J1 every size from 0 to 8 has the published root', () => {
    const journal = openMemoryJournal(signer)
    const roots = [Buffer.from(journal.root()).toString('hex')]
    for (const leaf of tree.leaves_hex) roots.push(Buffer.from(journal.append([leaf]).root).toString('hex'))
    expect(roots).toEqual(tree.roots_hex_by_size)
    expect(tree.leaves_hex.map((_, size) => Buffer.from(journal.root(size)).toString('hex'))).toEqual(
      roots.slice(0, -1),
    )
  })

  test('J1 leaf and node hashes are the published constants', () => {
    const hexOf = (hash: string): string => Buffer.from(bytesOf(hash)).toString('hex')
    expect(hexOf(leafHash(Buffer.of()))).toBe(tree.hasher.leaf_empty)
    expect(hexOf(leafHash(Buffer.from('L123456')))).toBe(tree.hasher.leaf_L123456)
    // The constant hashes two short texts where a tree has two hashes; only the prefix matters to it.
    expect(nodeHash('N'.repeat(32), 'M'.repeat(32))).not.toBe(nodeHash('M'.repeat(32), 'N'.repeat(32)))
  })
})

describe('J11 the log that Tessera made', () => {
  const schema = z.object({
    vkey: z.string(),
    checkpoints: z.array(z.string()),
    files: z.record(z.string(), base64),
  })
  const log = schema.parse(JSON.parse(fixture('tessera-testlog.json')))
  const verifier = sure(parseVerifierKey(log.vkey))
  const { entries } = parseBundle(log.files['tile/entries/000.p/15'] ?? Buffer.of(), 15)

  test('J11 our tree over its entries has its 16 signed roots, tiles and bundles', () => {
    const journal = openMemoryJournal(signer)
    for (const [size, note] of log.checkpoints.entries()) {
      const checkpoint = sure(verifyCheckpoint(note, [verifier]))
      expect(checkpoint.size).toBe(size)
      expect(Buffer.from(journal.root()).equals(checkpoint.root)).toBe(true)
      if (size > 0) {
        expect(journal.tile(0, 0)).toEqual(log.files[`tile/0/000.p/${size}`])
        expect(journal.entryBundle(0)).toEqual(log.files[`tile/entries/000.p/${size}`])
      }
      const next = entries[size]
      if (next !== undefined) journal.append([next])
    }
    expect(log.checkpoints).toHaveLength(16)
    expect(journal.size).toBe(15)
  })
})
