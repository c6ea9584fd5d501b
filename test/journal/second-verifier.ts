/**
 * A second verifier, written from the texts alone (RFC 6962 section 2.1, c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint,
 * c2sp.org/signed-note). It imports nothing of ours and shares no code with the journal, so that one misreading cannot hide in both.
 * It is slow on purpose: every definition is followed to the letter.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}

/** RFC 6962 section 2.1: MTH, given the leaf hashes. */
export function merkleTreeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  const [only] = leaves
  if (leaves.length === 1 && only !== undefined) return only
  const k = splitPoint(leaves.length)
  return sha256(Buffer.of(1), merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)))
}

export const hashLeaf = (entry: Uint8Array): Buffer => sha256(Buffer.of(0), entry)

/** The largest power of two smaller than n. */
function splitPoint(n: number): number {
  let k = 1
  while (k * 2 < n) k = k * 2
  return k
}

/** RFC 6962 section 2.1.1: PATH(m, D[n]). */
export function auditPath(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return []
  const k = splitPoint(leaves.length)
  return m < k
    ? [...auditPath(m, leaves.slice(0, k)), merkleTreeHash(leaves.slice(k))]
    : [...auditPath(m - k, leaves.slice(k)), merkleTreeHash(leaves.slice(0, k))]
}

/** RFC 6962 section 2.1.2: SUBPROOF(m, D[n], b); PROOF(m, D[n]) begins with b true. */
export function consistency(m: number, leaves: readonly Buffer[], b = true): Buffer[] {
  if (m === leaves.length) return b ? [] : [merkleTreeHash(leaves)]
  const k = splitPoint(leaves.length)
  return m <= k
    ? [...consistency(m, leaves.slice(0, k), b), merkleTreeHash(leaves.slice(k))]
    : [...consistency(m - k, leaves.slice(k), false), merkleTreeHash(leaves.slice(0, k))]
}

interface Head {
  size: number
  root: Buffer
}

/** A checkpoint that this key signed; throws a sentence otherwise. */
function openCheckpoint(note: string, vkey: string): Head {
  const plus = vkey.indexOf('+')
  const name = vkey.slice(0, plus)
  const material = Buffer.from(vkey.slice(vkey.indexOf('+', plus + 1) + 1), 'base64')
  if (material[0] !== 1 || material.length !== 33) throw new Error('vkey: not an Ed25519 log key')
  const id = sha256(Buffer.from(`${name}\n`), material).subarray(0, 4)
  if (id.toString('hex') !== vkey.slice(plus + 1, plus + 9)) throw new Error('vkey: wrong key hash')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: material.subarray(1).toString('base64url') }
  const key = createPublicKey({ key: jwk, format: 'jwk' })

  const blank = note.lastIndexOf('\n\n')
  const text = note.slice(0, blank + 1)
  const lines = note.slice(blank + 2).split('\n')
  if (blank < 0 || lines.pop() !== '') throw new Error('checkpoint: not a signed note')
  const signed = lines.some((line) => {
    if (!line.startsWith(`— ${name} `)) return false
    const bytes = Buffer.from(line.slice(`— ${name} `.length), 'base64')
    if (line !== `— ${name} ${bytes.toString('base64')}`) return false
    return bytes.subarray(0, 4).equals(id) && verify(null, Buffer.from(text), key, bytes.subarray(4))
  })
  if (!signed) throw new Error('checkpoint: not signed by the key')
  const [origin, size, root, end, ...rest] = text.split('\n')
  if (origin !== name || end !== '' || rest.length > 0) throw new Error('checkpoint: not three lines of this origin')
  if (size === undefined || String(Number(size)) !== size) throw new Error('checkpoint: bad size')
  const rootBytes = Buffer.from(root ?? '', 'base64')
  if (rootBytes.length !== 32 || rootBytes.toString('base64') !== root) throw new Error('checkpoint: bad root')
  return { size: Number(size), root: rootBytes }
}

/** tlog-tiles: zero-padded groups of three digits, all but the last with an x before them. */
function encodeIndex(n: number): string {
  const last = String(n % 1000).padStart(3, '0')
  let path = last
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  }
  return path
}

/** The leaf hashes of all entry bundles. */
function readLeaves(dir: string, size: number): Buffer[] {
  const leaves: Buffer[] = []
  for (let n = 0; n * 256 < size; n++) {
    const width = Math.min(256, size - n * 256)
    const path = `tile/entries/${encodeIndex(n)}${width < 256 ? `.p/${width}` : ''}`
    const bundle = readFileSync(join(dir, path))
    let at = 0
    for (let i = 0; i < width; i++) {
      if (at + 2 > bundle.length) throw new Error(`${path}: cut short`)
      const end = at + 2 + ((bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0))
      if (end > bundle.length) throw new Error(`${path}: cut short`)
      leaves.push(hashLeaf(bundle.subarray(at + 2, end)))
      at = end
    }
    if (at !== bundle.length) throw new Error(`${path}: too long`)
  }
  return leaves
}

/** tlog-tiles: the n-th tile at level l is MTH(D[(n*256+i) * 256**l : (n*256+i+1) * 256**l]) for i from 0 to 255. Returns how many. */
function checkTiles(dir: string, leaves: readonly Buffer[]): number {
  let count = 0
  // The hashes of a level are the roots of 256 hashes of the level below; only full ones go up.
  let hashes = [...leaves]
  for (let level = 0; hashes.length > 0; level++) {
    const above: Buffer[] = []
    for (let n = 0; n * 256 < hashes.length; n++) {
      const tile = hashes.slice(n * 256, (n + 1) * 256)
      const path = `tile/${level}/${encodeIndex(n)}${tile.length < 256 ? `.p/${tile.length}` : ''}`
      if (!existsSync(join(dir, path))) throw new Error(`${path}: missing`)
      if (!readFileSync(join(dir, path)).equals(Buffer.concat(tile))) throw new Error(`${path}: wrong hashes`)
      if (tile.length === 256) above.push(merkleTreeHash(tile))
      count += 1
    }
    hashes = above
  }
  return count
}

/** Judges an exported log by its own vkey file or a given key: size, root and tiles seen, or an error that says what is wrong. */
export function judgeExport(
  dir: string,
  vkey = readFileSync(join(dir, 'vkey'), 'utf8').trimEnd(),
): Head & { tiles: number } {
  const head = openCheckpoint(readFileSync(join(dir, 'checkpoint'), 'utf8'), vkey)
  const leaves = readLeaves(dir, head.size)
  if (!merkleTreeHash(leaves).equals(head.root)) throw new Error('checkpoint: the entries have another root')
  return { ...head, tiles: checkTiles(dir, leaves) }
}
