/**
 * The gate over HTTP: signed, durable permits per second, one request in flight on each of so many connections. A founded deployment, asked by
 * a service account: once with each request signed (RFC 9421, Ed25519, nonce remembered), once by mutual TLS. Beside them the same in a
 * rehearsal with the host's bearer token, and the same web framework that answers a constant: what HTTP alone costs here. Signatures are
 * made beforehand. Client and server share the machine.
 */
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Fastify from 'fastify'
import { sha256, toHex } from '../src/kernel/bytes.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import { startServer } from '../src/server/index.ts'
import { openDeployment } from '../src/world/deployment.ts'
import { initFolder, readEnrolToken } from '../src/world/folder.ts'
import { foundTeam } from '../test/kit/client.ts'
import { TEAM } from '../test/kit/team.ts'
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

type Credential = Load['credential']
let runs = 0

async function run(label: string, port: number, credential: Credential): Promise<void> {
  runs += 1
  const load = { port, path: '/v1/withdrawals', credential, connections: CONNECTIONS }
  await measure({ ...load, requests: WARM_UP, run: `warm${runs}` })
  const { seconds, p50, p99 } = await measure({ ...load, requests: REQUESTS, run: `run${runs}` })
  const pace = Math.round(REQUESTS / seconds)
  console.log(`  ${label.padEnd(24)} ${pace}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
}

const folder = mkdtempSync(join(tmpdir(), 'pasu-bench-'))

/** A key and a certificate that signs itself. */
function certificate(name: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...names], { stdio: 'pipe' })
  return { key, cert }
}

async function stage(name: string, tls?: { key: string; cert: string }, rehearsal = false) {
  const listen = { port: 0, ...(tls && { tls }) }
  const made = initFolder(join(folder, name), { platform: 'bench', settings: { listen } })
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
  const server = await startServer({ deployment, version: 'bench', rehearsal })
  const end = async (): Promise<void> => {
    await server.close()
    await deployment.close()
  }
  const enrolToken = readEnrolToken(made.path) ?? ''
  return { url: server.url, port: Number(new URL(server.url).port), enrolToken, made, tell, end }
}

const scopes = ['withdrawal.request']
console.log(`permits over HTTP, ${CONNECTIONS} connections`)

const rehearsed = await stage('rehearsal', undefined, true)
await run('bearer, rehearsal', rehearsed.port, { kind: 'bearer', token: rehearsed.made.hostToken })
await rehearsed.end()

const signed = await stage('signed')
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const key = String(publicKey.export({ format: 'jwk' }).x)
await signed.tell('service.register', { service: 'withdrawals', scopes, public_key: key })
await foundTeam(signed, TEAM)
const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
await run('signed, founded', signed.port, { kind: 'signature', service: 'withdrawals', pem })
await signed.end()

const [own, client] = [certificate('localhost'), certificate('withdrawals')]
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
const mutual = await stage('mutual', own)
const shown = toHex(sha256(new X509Certificate(readFileSync(client.cert)).raw))
await mutual.tell('service.register', { service: 'withdrawals', scopes, certificate_sha256: shown })
await foundTeam(mutual, TEAM)
await run('mutual TLS, founded', mutual.port, { kind: 'certificate', ...client })
await mutual.end()

const bare = Fastify()
bare.post('/v1/withdrawals', async () => ({ status: 'permitted' }))
await bare.listen({ host: '127.0.0.1', port: 0 })
const address = bare.server.address()
const port = typeof address === 'object' && address !== null ? address.port : 0
await run('fastify alone', port, { kind: 'bearer', token: 'none' })
await bare.close()
rmSync(folder, { recursive: true, force: true })
