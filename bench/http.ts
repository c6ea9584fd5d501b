/**
 * The gate over HTTP: signed, durable permits per second, one request in flight on each of so many connections. The peer is the same web
 * framework answering the same request with a constant: what HTTP alone costs here. Client and server share the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Fastify from 'fastify'
import { isRefusal } from '../src/kernel/refusal.ts'
import { startServer } from '../src/server/index.ts'
import { openDeployment } from '../src/world/deployment.ts'
import { initFolder } from '../src/world/folder.ts'
import type { Load, Measured } from './http-load.ts'

const REQUESTS = 30_000
const CONNECTIONS = 64
const WARM_UP = 3_000
const WALLETS = 100
const CHAIN = 'eip155:1'
const ETHER = `${CHAIN}/slip44:60`

const measure = (load: Load): Promise<Measured> =>
  new Promise((done, failed) => {
    const worker = new Worker(new URL('./http-load.ts', import.meta.url), { workerData: load })
    worker.once('message', done)
    worker.once('error', failed)
  })

async function run(label: string, port: number, token: string): Promise<void> {
  const load = { port, path: '/v1/withdrawals', token, connections: CONNECTIONS }
  await measure({ ...load, requests: WARM_UP, run: 'warm' })
  const { seconds, p50, p99 } = await measure({ ...load, requests: REQUESTS, run: 'run' })
  console.log(
    `  ${label.padEnd(14)} ${Math.round(REQUESTS / seconds)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'pasu-bench-'))
const made = initFolder(join(folder, 'data'), { platform: 'bench', settings: { listen: { port: 0 } } })
const deployment = openDeployment({ folder: made, now: Date.now, deliver: false })
const tell = async (type: string, data: object): Promise<void> => {
  const answer = await deployment.submit({ type, data: { ...data }, by: 'bench' })
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`)
}
const names = Array.from({ length: WALLETS }, (_, n) => `hot-${n}`)
for (const [n, wallet] of names.entries()) {
  const account = `${CHAIN}:0x${(n + 1).toString(16).padStart(40, '0')}`
  const assets = [{ asset: ETHER, symbol: 'ETH', decimals: 18 }]
  await tell('wallet.register', { wallet, kind: 'hot', chain: CHAIN, account, assets })
}
const limit = { asset: ETHER, withdrawal_max: '1000000', window_max: '1000000000000', window_seconds: 3600 }
const limits = names.map((wallet) => ({ wallet, ...limit }))
await tell('policy.set', { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: 600, limits })
const server = await startServer({ deployment, version: 'bench', rehearsal: true })

console.log(`permits over HTTP, ${CONNECTIONS} connections`)
await run('pasu', Number(new URL(server.url).port), made.hostToken)
await server.close()
await deployment.close()

const bare = Fastify()
bare.post('/v1/withdrawals', async () => ({ status: 'permitted' }))
await bare.listen({ host: '127.0.0.1', port: 0 })
const address = bare.server.address()
await run('fastify alone', typeof address === 'object' && address !== null ? address.port : 0, 'none')
await bare.close()
rmSync(folder, { recursive: true, force: true })
