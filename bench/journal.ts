/**
 * The journal's speed: durable entries a second, how long a commit takes, where the time goes, and peers in the same run.
 * Run: `npx node bench/journal.ts [entries]` (default 1,000,000; needs about 1 GB of disk in the temporary folder).
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { arch, cpus, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MerkleTree } from 'merkletreejs'
import { FileAnchor } from '../src/journal/anchor.ts'
import { type Edge, edgeRoot, emptyEdge, extend, type TileWrite } from '../src/journal/edge.ts'
import { leafHash } from '../src/journal/hash.ts'
import { generateNoteKey, type NoteSigner, openJournal, parseSigningKey, verifyJournal } from '../src/journal/index.ts'
import { signCheckpoint } from '../src/journal/note.ts'
import { openDatabase, Store } from '../src/journal/store.ts'
import { isRefusal } from '../src/kernel/refusal.ts'

const ENTRY_BYTES = 300
const BATCH = 1_000
const TOTAL = Number(process.argv[2] ?? 1_000_000)
const PART_BATCHES = 300
const MERKLETREE_LEAVES = 100_000
const SINGLES_A_ROUND = 10

const signer = benchSigner()
const work = mkdtempSync(join(tmpdir(), 'pasu-bench-'))

function benchSigner(): NoteSigner {
  const key = parseSigningKey(generateNoteKey('bench.example/journal', Buffer.alloc(32, 1)).skey)
  if (isRefusal(key)) throw new Error(key.detail)
  return key
}

/** Entries as the machine would make them: JSON of 300 bytes, each different. */
const entryAt = (index: number): Buffer => {
  const head = `{"at":1764205260000,"event":"transfer.seen","index":${index},"pad":"`
  return Buffer.from(`${head}${'x'.repeat(ENTRY_BYTES - head.length - 2)}"}`)
}
const batchFrom = (first: number): Buffer[] => Array.from({ length: BATCH }, (_, place) => entryAt(first + place))

const show = (value: number): string => Math.round(value).toLocaleString('en-GB')
const milliseconds = (value: number): string => `${value.toFixed(2)} ms`
const line = (name: string, ...cells: string[]): void =>
  console.log(`${name.padEnd(46)}${cells.map((cell) => cell.padStart(16)).join('')}`)

/** Runs `act` once for each batch and returns the milliseconds of each. */
function timed(count: number, act: (batch: number) => void): number[] {
  const times: number[] = []
  for (let batch = 0; batch < count; batch++) {
    const start = performance.now()
    act(batch)
    times.push(performance.now() - start)
  }
  return times
}

const sum = (times: readonly number[]): number => times.reduce((a, b) => a + b, 0)
const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0

function report(name: string, times: readonly number[], perBatch: number): void {
  const rate = (times.length * perBatch) / (sum(times) / 1_000)
  const cells = [0.5, 0.99, 1].map((q) => milliseconds(quantile(times, q)))
  line(name, `${show(rate)}/s`, ...cells)
}

function benchJournal(): void {
  const folder = join(work, 'journal')
  let journal = openJournal({ folder, signer })
  let from = 0
  for (const to of [100_000, 300_000, 1_000_000, TOTAL]) {
    if (to <= from || to > TOTAL) continue
    const times: number[] = []
    while (journal.size < to) {
      // Made outside the clock: what an entry says is the machine's work.
      const batch = batchFrom(journal.size)
      times.push(...timed(1, () => journal.append(batch)))
    }
    report(`journal, entries ${show(from)} to ${show(to)}`, times, BATCH)
    from = to
  }
  journal.close()
  const opening = timed(5, () => {
    journal = openJournal({ folder, signer })
    journal.close()
  })
  line(
    `opening it at ${show(from)} entries`,
    '',
    milliseconds(quantile(opening, 0.5)),
    '',
    milliseconds(Math.max(...opening)),
  )
  const [verifying = 0] = timed(1, () => {
    if (!verifyJournal(folder, [signer.verifier]).ok) throw new Error('the journal does not verify')
  })
  line('verifying it whole', `${show(from / (verifying / 1_000))}/s`, milliseconds(verifying))
  line('its file', `${show(statSync(join(folder, 'journal.db')).size / from)} bytes/entry`)
}

function benchSmallBatches(): void {
  for (const size of [1, 10, 100]) {
    const journal = openJournal({ folder: join(work, `batches-of-${size}`), signer })
    const batch = batchFrom(0).slice(0, size)
    report(
      `journal, batches of ${size}`,
      timed(1_000, () => journal.append(batch)),
      size,
    )
    journal.close()
  }
}

/** The parts of an append, each alone on the same batches. */
function benchParts(): void {
  const batches = Array.from({ length: PART_BATCHES }, (_, batch) => batchFrom(batch * BATCH))
  const batchAt = (batch: number): Buffer[] => batches[batch] ?? []
  const leaves = batches.map((batch) => batch.map(leafHash))
  report(
    'part: leaf hashes',
    timed(PART_BATCHES, (batch) => batchAt(batch).map(leafHash)),
    BATCH,
  )

  let edge: Edge = emptyEdge
  const writes: TileWrite[][] = []
  const tree = timed(PART_BATCHES, (batch) => {
    const grown = extend(edge, leaves[batch] ?? [])
    edge = grown.edge
    writes.push(grown.writes)
    edgeRoot(edge)
  })
  report('part: node hashes, tiles and root', tree, BATCH)

  const { db } = openDatabase(join(work, 'parts.db'))
  const store = new Store(db)
  const transaction = (act: () => void): void => {
    store.begin()
    act()
    store.commit()
  }
  const rows = timed(PART_BATCHES, (batch) => transaction(() => store.insertEntries(batch * BATCH, batchAt(batch))))
  report('part: rows, durable', rows, BATCH)
  const tiles = timed(PART_BATCHES, (batch) => transaction(() => store.putTiles(writes[batch] ?? [])))
  report('part: tiles, durable (a commit of their own)', tiles, BATCH)
  db.close()

  const root = edgeRoot(edge)
  report(
    'part: signature',
    timed(PART_BATCHES, (batch) => void signCheckpoint(signer, batch, root)),
    BATCH,
  )
  const anchor = new FileAnchor(join(work, 'anchor'))
  anchor.create({ size: 0, root })
  report(
    'part: anchor, durable',
    timed(PART_BATCHES, (batch) => anchor.write({ size: batch + 1, root })),
    BATCH,
  )
  anchor.close()
}

/** SQLite as one would use it first: no tree, no signature, one commit for `perCommit` entries. */
function plainSqlite(perCommit: number): (batch: readonly Buffer[]) => void {
  const db = new DatabaseSync(join(work, `plain-${perCommit}.db`))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec('CREATE TABLE entry (position INTEGER PRIMARY KEY, body BLOB NOT NULL)')
  const insert = db.prepare('INSERT INTO entry VALUES (?, ?)')
  let position = 0
  return (batch) => {
    db.exec('BEGIN IMMEDIATE')
    for (const entry of batch.slice(0, perCommit)) insert.run(position++, entry)
    db.exec('COMMIT')
  }
}

/** The disk is whatever it is at the moment, so the journal and its peers take turns at it. */
function benchSideBySide(): void {
  const journal = openJournal({ folder: join(work, 'beside'), signer })
  const [batched, single] = [plainSqlite(BATCH), plainSqlite(1)]
  const times = { journal: [] as number[], batched: [] as number[], single: [] as number[] }
  for (let round = 0; round < PART_BATCHES; round++) {
    const batch = batchFrom(round * BATCH)
    times.journal.push(...timed(1, () => journal.append(batch)))
    times.batched.push(...timed(1, () => batched(batch)))
    times.single.push(...timed(SINGLES_A_ROUND, () => single(batch)))
  }
  journal.close()
  report('in turns: the journal', times.journal, BATCH)
  report('in turns: plain SQLite, no tree, same batches', times.batched, BATCH)
  report('in turns: plain SQLite, no tree, commit each', times.single, 1)
}

function benchTree(): void {
  const entries = Array.from({ length: MERKLETREE_LEAVES }, (_, index) => entryAt(index))
  const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()
  const peer = timed(1, () => void new MerkleTree(entries, sha256, { hashLeaves: true }).getRoot())
  const ours = timed(1, () => {
    let edge: Edge = emptyEdge
    for (let at = 0; at < entries.length; at += BATCH) {
      edge = extend(edge, entries.slice(at, at + BATCH).map(leafHash)).edge
      edgeRoot(edge)
    }
  })
  line('tree alone: ours, a root every 1,000', `${show(MERKLETREE_LEAVES / (sum(ours) / 1_000))}/s`)
  line('tree alone: merkletreejs, one root at the end', `${show(MERKLETREE_LEAVES / (sum(peer) / 1_000))}/s`)
}

try {
  console.log(`Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model.trim()}`)
  console.log(
    `Entries of ${ENTRY_BYTES} bytes, batches of ${show(BATCH)} where nothing else is said; every commit is synced to the disk.\n`,
  )
  line('', 'entries', 'p50', 'p99', 'slowest')
  benchJournal()
  benchSmallBatches()
  benchParts()
  benchSideBySide()
  benchTree()
} finally {
  rmSync(work, { recursive: true, force: true })
}
