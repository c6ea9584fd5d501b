/**
 * Start to ready: `pasu serve` on a journal of a million entries, after a clean stop and after a kill, and the memory of the idle
 * server. The peer reads as many rows out of a SQLite table into a `Map`, as a server on a plain database would to know each withdrawal.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isRefusal } from '../src/kernel/refusal.ts'
import { BLOCK_MOVEMENTS_MAX } from '../src/rooms/watch/messages.ts'
import { openDeployment } from '../src/world/deployment.ts'
import { initFolder } from '../src/world/folder.ts'
import { SNAPSHOT_FILE } from '../src/world/snapshot.ts'

const CLI = fileURLToPath(new URL('../bin/pasu.js', import.meta.url))
const SIZES = [0, 100_000, 300_000, 1_000_000]
const WALLETS = 100
/** Withdrawals that are asked for, then land together in one block. */
const BLOCK = 20
/** Ethereum's pace: a million entries are some two days of a busy exchange. */
const BLOCK_MS = 12_000
/** Four a withdrawal: asked for, permitted, seen, settled. */
const ENTRIES_A_BLOCK = 4 * BLOCK
const IDLE_MS = 5_000
const CHAIN = 'eip155:1'
const ETHER = `${CHAIN}/slip44:60`
const account = (n: number): string => `${CHAIN}:0x${n.toString(16).padStart(40, '0')}`

/** A busy exchange's ordinary days: each withdrawal asked for, permitted, seen on the chain and settled. */
async function fill(path: string, size: number): Promise<number> {
  const clock = { now: Date.now() - Math.ceil((size / ENTRIES_A_BLOCK) * BLOCK_MS) }
  const deployment = openDeployment({
    folder: initFolder(path, { platform: 'bench', settings: { listen: { port: 0 } } }),
    now: () => clock.now,
    deliver: false,
    wake: false,
  })
  const tell = async (type: string, data: object): Promise<void> => {
    const answer = await deployment.submit({ type, data: { ...data }, by: 'bench' })
    if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`)
  }
  const assets = [{ asset: ETHER, symbol: 'ETH', decimals: 18 }]
  const names = Array.from({ length: WALLETS }, (_, n) => `hot-${n}`)
  for (const [n, wallet] of names.entries()) {
    await tell('wallet.register', { wallet, kind: 'hot', chain: CHAIN, account: account(n + 1), assets })
  }
  const limit = { asset: ETHER, withdrawal_max: '1000000', window_max: '1000000000000', window_seconds: 3_600 }
  const limits = names.map((wallet) => ({ wallet, ...limit }))
  await tell('policy.set', { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: 600, limits })
  for (let height = 0; deployment.journal.size < size; height++) {
    clock.now += BLOCK_MS
    await landBlock(tell, height, clock.now)
  }
  const { size: entries } = deployment.journal
  await deployment.close()
  return entries
}

async function landBlock(
  tell: (type: string, data: object) => Promise<void>,
  height: number,
  at: number,
): Promise<void> {
  const asked = Array.from({ length: BLOCK }, (_, n) => {
    const number = height * BLOCK + n
    return { number, wallet: number % WALLETS, to: account(1_000_000 + number), amount: String(10 + (number % 90_000)) }
  })
  const request = ({ number, wallet, to, amount }: (typeof asked)[number]) => ({
    ...{ withdrawal: `withdrawal-${number}`, wallet: `hot-${wallet}`, asset: ETHER, amount, to },
    ...{ purpose: 'customer', customer: `customer-${number % 50_000}` },
  })
  await Promise.all(asked.map((one) => tell('withdrawal.request', request(one))))
  const movements = asked.map(({ number, wallet, to, amount }) => ({
    ...{ tx: `0x${number.toString(16).padStart(64, '0')}`, place: 0 },
    ...{ from: account(wallet + 1), to, asset: ETHER, amount },
  }))
  const block = { chain: CHAIN, after: height - 1, height, hash: `h${height}`, block_at: at }
  const parts = Math.ceil(BLOCK / BLOCK_MOVEMENTS_MAX)
  for (let part = 0; part < parts; part++) {
    const some = movements.slice(part * BLOCK_MOVEMENTS_MAX, (part + 1) * BLOCK_MOVEMENTS_MAX)
    await tell('block.observe', { ...block, part, last: part === parts - 1, movements: some, delegations: [] })
  }
}

/** Milliseconds from the process's start until it says that it listens, and its resident memory after a while, in MB. */
async function serve(path: string): Promise<{ ready: number; idle: number; child: ChildProcess }> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    ['--min-semi-space-size=16', CLI, 'serve', '--data', path, '--port', '0', '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await new Promise<void>((listening, failed) => {
    child.stdout?.once('data', () => listening())
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)))
  })
  const ready = performance.now() - began
  await wait(IDLE_MS)
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return { ready, idle: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024, child }
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const began = performance.now()
  child.kill(signal)
  await new Promise((gone) => child.once('exit', gone))
  return performance.now() - began
}

function peer(path: string, rows: number): number {
  const db = new DatabaseSync(path)
  db.exec('CREATE TABLE withdrawal (id TEXT, wallet TEXT, amount TEXT, destination TEXT, status INTEGER, tx TEXT)')
  const insert = db.prepare('INSERT INTO withdrawal VALUES (?, ?, ?, ?, 4, ?)')
  db.exec('BEGIN')
  for (let n = 0; n < rows; n++)
    insert.run(`w-${n}`, `hot-${n % WALLETS}`, '10', account(n), n.toString(16).padStart(66, '0'))
  db.exec('COMMIT')
  const began = performance.now()
  const known = new Map<unknown, unknown>()
  for (const row of db.prepare('SELECT * FROM withdrawal').iterate()) known.set(row.id, row)
  const took = performance.now() - began
  db.close()
  return took
}

const folder = mkdtempSync(join(tmpdir(), 'pasu-bench-'))
for (const size of SIZES) {
  const path = join(folder, `data-${size}`)
  const began = performance.now()
  const entries = await fill(path, size)
  const filled = (performance.now() - began) / 1000
  const snapshot = statSync(join(path, SNAPSHOT_FILE)).size / 1e6
  const first = await serve(path)
  const stop = await ended(first.child, 'SIGTERM')
  const second = await serve(path)
  await ended(second.child, 'SIGKILL')
  const third = await serve(path)
  await ended(third.child, 'SIGKILL')
  const took = peer(join(folder, `peer-${size}.db`), Math.floor(size / 4))
  console.log(`${entries} entries (made in ${filled.toFixed(0)} s), snapshot ${snapshot.toFixed(1)} MB`)
  console.log(
    `  pasu serve     ready in ${[first, second, third].map(({ ready }) => Math.round(ready)).join(', ')} ms (the last after a kill), idle ${first.idle.toFixed(0)} MB, clean stop ${Math.round(stop)} ms`,
  )
  console.log(
    `  sqlite, a map  ${Math.round(took)} ms for ${Math.floor(size / 4)} rows, in a process that runs already (peer)`,
  )
}
rmSync(folder, { recursive: true, force: true })
