/**
 * How fast the trace engine follows stolen coins, and how its cost grows, beside two peers in the same run.
 * Run: `npx node bench/trace.ts [transfers …]`; without numbers: 10 thousand, 100 thousand and a million.
 *
 * - engine: exact FIFO of `src/rooms/trace/engine`, on the flow graph and on a hostile one (below).
 * - unit queue: FIFO as an array of single units for each address, amounts scaled down to at most 100 units so that it ends at all.
 * - SQL: FIFO with an in-memory SQLite table as the queues, one prepared statement for each look, cut and addition. It takes the order
 *   of the rows as given, so it answers less: nothing within a block is ordered.
 */
import { DatabaseSync } from 'node:sqlite'
import { type Service, type Transfer, trace } from '../src/rooms/trace/engine/index.ts'
import { naiveTrace } from '../src/rooms/trace/engine/testing/naive.ts'
import { random } from './random.ts'

const SEED = 20251127
const SIZES = [10_000, 100_000, 1_000_000]
/** Above these the peers take minutes or more memory than there is. */
const UNIT_QUEUE_MAX = 10_000
const SQL_MAX = 100_000
/** On the hostile graph the work of the table grows with the square. */
const SQL_HOSTILE = 2_000
const UNIT = 1_000_003n
const BLOCK_MS = 12_000
const TRANSFERS_A_BLOCK = 20
/** Each size is run so often, and the best is shown: the first run also pays for compilation. */
const RUNS = 3

interface Graph {
  /** What the SQL peer divides amounts by: an INTEGER of SQLite has 64 bits. */
  readonly unit: bigint
  readonly transfers: Transfer[]
  readonly sources: string[]
  readonly services: Service[]
}

const hex = (value: number, digits: number): string => `0x${Math.floor(value).toString(16).padStart(digits, '0')}`

/**
 * Laundering and ordinary traffic: three in a hundred transfers leave a source, most others an address that lately received, so stolen
 * coins spread and mix with clean ones; one in twenty goes to a service.
 */
function flowGraph(size: number): Graph {
  const next = random(SEED)
  const pick = (all: readonly string[], recent: number): string =>
    all[Math.floor(all.length - 1 - next() * Math.min(recent, all.length - 1))] ?? 'nobody'
  const services = Array.from({ length: 50 }, (_, place) => hex(0xe000 + place, 40))
  const sources = Array.from({ length: 5 }, (_, place) => hex(0xa000 + place, 40))
  const receivers = [...sources]
  const transfers: Transfer[] = []
  for (let place = 0; place < size; place += 1) {
    const block = Math.floor(place / TRANSFERS_A_BLOCK)
    const fresh = hex(0x100000 + place, 40)
    const from = next() < 0.03 ? pick(sources, 5) : next() < 0.8 ? pick(receivers, 2_000) : fresh
    const to = next() < 0.05 ? pick(services, 50) : next() < 0.5 ? pick(receivers, 5_000) : hex(0x9000000 + place, 40)
    receivers.push(to)
    const amount = BigInt(Math.floor(next() * 2 ** 50)) * UNIT + UNIT
    transfers.push({ at: block * BLOCK_MS, block, tx: hex(next() * 2 ** 48, 64), from, to, amount })
  }
  const service = (address: string): Service => ({ address, name: address, kind: 'exchange', entity: address })
  return { unit: UNIT, transfers, sources, services: services.map(service) }
}

/** Half of the transfers pile up runs of clean and stolen coins at one address, the other half hands the pile on, whole but for a unit. */
function hostileGraph(size: number): Graph {
  const transfers: Transfer[] = []
  const half = Math.floor(size / 2)
  for (let place = 0; place < size; place += 1) {
    const piling = place < half
    const hop = place - half
    const from = piling ? (place % 2 === 0 ? 'clean' : 'vault') : hex(hop, 40)
    const amount = piling ? 10n : BigInt(half * 10 - hop - 1)
    transfers.push({ at: place, tx: hex(place, 64), from, to: hex(piling ? 0 : hop + 1, 40), amount })
  }
  return { unit: 1n, transfers, sources: ['vault'], services: [] }
}

function best(work: () => void, runs = RUNS): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

function show(what: string, size: number, ms: number, note: string): void {
  const rate = Math.round((size / ms) * 1_000)
  const cells = [what.padEnd(22), size.toLocaleString('en').padStart(10), `${ms.toFixed(0)} ms`.padStart(10)]
  console.log(`${cells.join(' ')} ${rate.toLocaleString('en').padStart(11)} transfers/s  ${note}`)
}

function engine(what: string, graph: Graph): void {
  let note = ''
  const ms = best(() => {
    const result = trace({ method: 'fifo', ...graph })
    const unaccounted = result.assets.reduce((sum, totals) => sum + totals.unaccounted, 0n)
    note = `${result.edges.length} tainted, ${result.addresses.length} addresses, unaccounted ${unaccounted}`
  })
  show(what, graph.transfers.length, ms, note)
}

function unitQueue(graph: Graph): void {
  const transfers = graph.transfers.map((row) => ({ ...row, amount: (row.amount % 100n) + 1n }))
  const services = graph.services.map((service) => service.address)
  let note = ''
  const ms = best(() => {
    note = `${naiveTrace({ transfers, sources: graph.sources, services }).steps.length} tainted, at most 100 units each`
  }, 1)
  show('unit queue', transfers.length, ms, note)
}

/** Tables as queues: the first run of the sender is read, cut or deleted, and put behind the receiver's, until the amount is paid. */
function sqlQueue(what: string, graph: Graph): void {
  const db = new DatabaseSync(':memory:')
  db.exec(
    'CREATE TABLE run (address TEXT, place INTEGER, amount INTEGER, stolen INTEGER, PRIMARY KEY (address, place)) WITHOUT ROWID',
  )
  const first = db.prepare('SELECT place, amount, stolen FROM run WHERE address = ? ORDER BY place LIMIT 1')
  const cut = db.prepare('UPDATE run SET amount = amount - ? WHERE address = ? AND place = ?')
  const remove = db.prepare('DELETE FROM run WHERE address = ? AND place = ?')
  const add = db.prepare('INSERT INTO run VALUES (?, ?, ?, ?)')
  const unlimited = new Map([
    ...graph.services.map(({ address }) => [address, 0] as const),
    ...graph.sources.map((address) => [address, 1] as const),
  ])
  let place = 0
  const spend = (address: string, amount: number): { amount: number; stolen: number } => {
    const run = unlimited.has(address) ? undefined : first.get(address)
    if (run === undefined) return { amount, stolen: unlimited.get(address) ?? 0 }
    const has = Number(run.amount)
    if (has > amount) cut.run(amount, address, Number(run.place))
    else remove.run(address, Number(run.place))
    return { amount: Math.min(has, amount), stolen: Number(run.stolen) }
  }
  let tainted = 0
  const ms = best(() => {
    db.exec('BEGIN')
    for (const { from, to, amount } of graph.transfers) {
      let stolen = 0
      for (let left = Number(amount / graph.unit); left > 0; ) {
        const part = spend(from, left)
        left -= part.amount
        stolen |= part.stolen
        place += 1
        if (!unlimited.has(to)) add.run(to, place, part.amount, part.stolen)
      }
      tainted += stolen
    }
    db.exec('COMMIT')
  }, 1)
  show(what, graph.transfers.length, ms, `${tainted} tainted, in memory, amounts of 50 bits`)
  db.close()
}

const asked = process.argv.slice(2).map(Number)
if (asked.some((size) => !Number.isSafeInteger(size) || size < 10)) {
  console.error('expected numbers of transfers, 10 or more, such as: npx node bench/trace.ts 10000 100000')
  process.exit(2)
}
console.log(`seed ${SEED}, Node ${process.version}, best of ${RUNS}`)
for (const size of asked.length > 0 ? asked : SIZES) {
  const graph = flowGraph(size)
  engine('engine', graph)
  engine('engine, hostile graph', hostileGraph(size))
  if (size <= UNIT_QUEUE_MAX) unitQueue(graph)
  if (size <= SQL_MAX) sqlQueue('SQL tables as queues', graph)
}
for (const size of [SQL_HOSTILE / 2, SQL_HOSTILE]) {
  const graph = hostileGraph(size)
  engine('engine, hostile graph', graph)
  sqlQueue('SQL, hostile graph', graph)
}
