/**
 * The watch: transfers per second that are filtered and, where they touch a wallet, matched to a permit and settled, by the real
 * rooms and playbook in memory. The peer asks a SQLite table about each transfer, as a watcher on a database would.
 */
import { DatabaseSync } from 'node:sqlite'
import { type App, openApp } from '../src/app.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import { AccountSet, concerning } from '../src/rooms/watch/index.ts'
import { BLOCK_MOVEMENTS_MAX } from '../src/rooms/watch/messages.ts'

const BLOCKS = 500
const BLOCK_TRANSFERS = 1_000
/** One transfer in so many leaves a wallet of ours, under a permit. A large exchange has a few in a block of Ethereum. */
const OURS_EVERY = 200
const PEER_TRANSFERS = 50_000
const CHAIN = 'eip155:1'
const ETHER = `${CHAIN}/slip44:60`
const START = Date.UTC(2026, 0, 5)

const account = (n: number): string => `${CHAIN}:0x${n.toString(16).padStart(40, '0')}`
const stranger = (n: number): string => account(1_000_000_000 + n)

type Transfer = {
  readonly tx: string
  readonly place: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
}

function run(app: App, type: string, data: object, at: number): void {
  const done = app.machine.run({ type, data: { ...data }, by: 'bench' }, at)
  if (isRefusal(done)) throw new Error(`${type}: ${done.code} ${done.detail}`)
}

function prepare(wallets: number): App {
  const app = openApp()
  const assets = [{ asset: ETHER, symbol: 'ETH', decimals: 18 }]
  for (let n = 0; n < wallets; n++) {
    run(app, 'wallet.register', { wallet: `hot-${n}`, kind: 'hot', chain: CHAIN, account: account(n), assets }, START)
  }
  const limit = { asset: ETHER, withdrawal_max: '1000000', window_max: '1000000000000', window_seconds: 3_600 }
  const limits = Array.from({ length: Math.min(wallets, 500) }, (_, n) => ({ wallet: `hot-${n}`, ...limit }))
  run(app, 'policy.set', { permit_seconds: 600, landing_seconds: 3_600, hold_seconds_max: 600, limits }, START)
  const permits = (BLOCKS * BLOCK_TRANSFERS) / OURS_EVERY
  for (let n = 0; n < permits; n++) {
    const data = {
      wallet: `hot-${n % limits.length}`,
      asset: ETHER,
      amount: '10',
      to: stranger(n),
      purpose: 'customer',
    }
    run(app, 'withdrawal.request', { withdrawal: `w-${n}`, ...data }, START)
  }
  run(app, 'block.observe', { chain: CHAIN, after: -1, height: 0, hash: 'h0', block_at: START }, START)
  return app
}

/** Through JSON, as a source gets them: a string that was looked up before, or was never whole, would be looked up at another pace. */
function transfersOf(block: number, senders: number): Transfer[] {
  const transfers = Array.from({ length: BLOCK_TRANSFERS }, (_, n) => {
    const number = block * BLOCK_TRANSFERS + n
    const ours = n % OURS_EVERY === 0
    const permit = number / OURS_EVERY
    return {
      tx: `0x${number.toString(16).padStart(64, '0')}`,
      place: 0,
      from: ours ? account(permit % senders) : stranger(7_000_000 + number),
      to: ours ? stranger(permit) : stranger(9_000_000 + number),
      asset: ETHER,
      amount: '10',
    }
  })
  return JSON.parse(JSON.stringify(transfers)) as Transfer[]
}

function measure(wallets: number): { filtering: number; deciding: number; matching: number; matched: number } {
  const app = prepare(wallets)
  const ours = new AccountSet(Array.from({ length: wallets }, (_, n) => account(n)))
  let [filtering, deciding, matching, matched] = [0, 0, 0, 0]
  for (let block = 0; block < BLOCKS; block++) {
    const transfers = transfersOf(block, Math.min(wallets, 500))
    const at = START + (block + 1) * 1_000
    const began = performance.now()
    const movements = concerning(transfers, ours)
    const filtered = performance.now()
    filtering += filtered - began
    for (let from = 0, part = 0; from < movements.length; from += BLOCK_MOVEMENTS_MAX, part++) {
      const some = movements.slice(from, from + BLOCK_MOVEMENTS_MAX)
      const last = from + BLOCK_MOVEMENTS_MAX >= movements.length
      const head = { chain: CHAIN, after: block, height: block + 1, hash: `h${block + 1}`, block_at: at, part, last }
      const data = { ...head, movements: some, delegations: [] }
      const before = performance.now()
      // Decided once without being taken, to see what finding the permits costs beside the whole turn.
      app.rooms.watch.decide({ type: 'block.observe', data }, { at, by: 'bench', newId: (prefix) => prefix })
      const between = performance.now()
      deciding += between - before
      run(app, 'block.observe', data, at)
      matching += performance.now() - between
    }
  }
  for (const { kind } of app.rooms.watch.state.transfers) if (kind === 'matched') matched += 1
  return { filtering, deciding, matching, matched }
}

function peer(wallets: number): number {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE wallet (account TEXT PRIMARY KEY) WITHOUT ROWID')
  const insert = db.prepare('INSERT INTO wallet VALUES (?)')
  db.exec('BEGIN')
  for (let n = 0; n < wallets; n++) insert.run(account(n))
  db.exec('COMMIT')
  const look = db.prepare('SELECT account FROM wallet WHERE account IN (?, ?)')
  let spent = 0
  for (let block = 0; block * BLOCK_TRANSFERS < PEER_TRANSFERS; block++) {
    const transfers = transfersOf(block, Math.min(wallets, 500))
    const began = performance.now()
    for (const { from, to } of transfers) look.get(from, to)
    spent += performance.now() - began
  }
  db.close()
  return (PEER_TRANSFERS * 1_000) / spent
}

console.log(`watch: ${BLOCKS} blocks of ${BLOCK_TRANSFERS} transfers, one in ${OURS_EVERY} ours and permitted`)
const round = (value: number): string => Math.round(value).toLocaleString('en')
const perSecond = (count: number, milliseconds: number): string => round((count * 1_000) / milliseconds)
for (const wallets of [10, 1_000, 100_000]) {
  const { filtering, deciding, matching, matched } = measure(wallets)
  const all = BLOCKS * BLOCK_TRANSFERS
  console.log(`  ${round(wallets)} wallets`)
  console.log(`    pasu, all together   ${perSecond(all, filtering + matching)} transfers/s`)
  console.log(`      filtered           ${perSecond(all, filtering)}/s`)
  console.log(`      matched            ${perSecond(matched, deciding)}/s, the decision alone`)
  console.log(
    `      matched, settled   ${perSecond(matched, matching)}/s, each with its turn of the machine (${matched} in all)`,
  )
  console.log(`    SQLite in memory     ${round(peer(wallets))} transfers/s looked up, nothing matched`)
}
