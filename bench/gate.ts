/**
 * The gate: signed, durable permits per second in process, and the time from a block's arrival to the durable halt. The peer is the
 * least that any design must do for one permit: sign it and commit a row.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isRefusal } from '../src/kernel/refusal.ts'
import { PERMIT_TYPE, permitClaims, signedClaims } from '../src/rooms/gate/index.ts'
import { openDeployment } from '../src/world/deployment.ts'
import { initFolder } from '../src/world/folder.ts'

const PERMITS = 60_000
const AT_ONCE = 2_000
const CHAIN = 'eip155:1'
const ETHER = `${CHAIN}/slip44:60`
const account = (n: number): string => `${CHAIN}:0x${n.toString(16).padStart(40, '0')}`

const folder = mkdtempSync(join(tmpdir(), 'pasu-bench-'))
const deployment = openDeployment({
  folder: initFolder(join(folder, 'data'), { platform: 'bench' }),
  now: Date.now,
  deliver: false,
  wake: false,
})
const tell = async (type: string, data: object): Promise<void> => {
  const answer = await deployment.submit({ type, data: { ...data }, by: 'bench' })
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`)
}
const quantile = (sorted: readonly number[], part: number): string =>
  (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(2)

const WALLETS = 1_000
const assets = [{ asset: ETHER, symbol: 'ETH', decimals: 18 }]
const limits = Array.from({ length: WALLETS }, (_, n) => ({
  ...{ wallet: `hot-${n}`, asset: ETHER, withdrawal_max: '1000000', window_max: '1000000000000', window_seconds: 3600 },
})).slice(0, 500)
for (let n = 0; n < WALLETS; n++) {
  await tell('wallet.register', {
    wallet: `hot-${n}`,
    kind: 'hot',
    chain: CHAIN,
    account: account(n + 1),
    refuge: account(900_000 + n),
    assets,
  })
}
await tell('policy.set', { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: 600, limits })

console.log('permits, signed and durable, in process')
const began = performance.now()
const times: number[] = []
for (let from = 0; from < PERMITS; from += AT_ONCE) {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const start = performance.now()
      const data = {
        withdrawal: `w-${from + n}`,
        wallet: `hot-${n % 500}`,
        asset: ETHER,
        amount: '10',
        to: account(500_000 + n),
        purpose: 'customer',
      }
      const answer = await deployment.submit({ type: 'withdrawal.request', data, by: 'bench' })
      if (isRefusal(answer)) throw new Error(answer.detail)
      const issued = answer.recorded.find(({ type }) => type === 'permit.issued')
      const claims = permitClaims(deployment.app.rooms.gate.state, String(issued?.data.permit))
      if (claims === undefined) throw new Error('no permit')
      await deployment.attest(PERMIT_TYPE, signedClaims(claims))
      times.push(performance.now() - start)
    }),
  )
}
const seconds = (performance.now() - began) / 1000
times.sort((a, b) => a - b)
console.log(
  `  pasu             ${Math.round(PERMITS / seconds)}/s, ${AT_ONCE} waiting at once: p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`,
)

const db = new DatabaseSync(join(folder, 'peer.db'))
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE permit (id INTEGER PRIMARY KEY, jws TEXT)')
const insert = db.prepare('INSERT INTO permit (jws) VALUES (?)')
const { privateKey } = generateKeyPairSync('ed25519')
const PEER = 5_000
const peerBegan = performance.now()
for (let n = 0; n < PEER; n++)
  insert.run(sign(null, Buffer.from(`permit ${n} of the peer`), privateKey).toString('base64url'))
console.log(
  `  sign and commit  ${Math.round(PEER / ((performance.now() - peerBegan) / 1000))}/s, one row a commit, no decision (peer)`,
)

console.log(`halt: from a block's arrival to the durable halt, ${WALLETS} wallets`)
await tell('source.report', { chain: CHAIN, source: 'a', status: 'reading', detail: 'bench' })
await tell('source.report', { chain: CHAIN, source: 'b', status: 'erring', detail: 'a failing node beside it' })
const halts: number[] = []
for (let n = 0; n < 200; n++) {
  const movement = { tx: `theft-${n}`, place: 0, from: account(n + 1), to: account(800_000), asset: ETHER, amount: '1' }
  const data = {
    chain: CHAIN,
    after: n - 1,
    height: n,
    hash: `h${n}`,
    block_at: Date.now(),
    part: 0,
    last: true,
    movements: [movement],
    delegations: [],
  }
  const start = performance.now()
  await tell('block.observe', data)
  halts.push(performance.now() - start)
  await tell('halt.lift', { scope: `chain:${CHAIN}`, reason: 'next round' })
}
halts.sort((a, b) => a - b)
console.log(`  pasu             p50 ${quantile(halts, 0.5)} ms, p99 ${quantile(halts, 0.99)} ms`)
db.close()
await deployment.close()
rmSync(folder, { recursive: true, force: true })
