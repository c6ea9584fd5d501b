import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { readPackFile } from '../../src/world/packs/read.ts'
import { type RealServer, startReal } from './real-server.ts'

const CHAIN = 'eip155:1'
const ETH = `${CHAIN}/slip44:60`
const HOT = `${CHAIN}:0x5e032243d507c743b061ef021e2ec7fcc6d3ab89`
const THIEF = `${CHAIN}:0xa09871aeadf4994ca12f5c0b6056bbd1d343c029`
const CUSTOMER = `${CHAIN}:0x3333333333333333333333333333333333333333`
const PACK = fileURLToPath(new URL('../../packs/kr.yaml', import.meta.url))

let real: RealServer
/** Routes that gave a good answer. */
const called = new Set<string>()

beforeAll(async () => {
  real = await startReal()
})
afterAll(() => real.close())

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replace(/\./g, '\\.')
      .replace(/:[A-Za-z_]+/g, '[^/]+')
      .replace('*', '.*')}$`,
  )

function note(method: string, path: string): void {
  const bare = path.split('?', 1)[0] ?? path
  // The most literal pattern is the route: `/v1/halts/lift` is no `/v1/halts/:x`.
  const [route] = real.server.listed
    .filter((one) => one.method === method && patternOf(one.path).test(bare))
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length)
  if (route !== undefined) called.add(`${method} ${route.path}`)
}

type Body = { readonly [key: string]: unknown }

async function good(method: string, path: string, body?: unknown, token?: string): Promise<Body> {
  const response = await real.call(method, path, body, token)
  const text = await response.text()
  expect([method, path, response.status, text]).toEqual([method, path, 200, text])
  note(method, path)
  return /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : { text }
}

const get = (path: string) => good('GET', path)
const post = (path: string, body: unknown) => good('POST', path, body)
const service = (path: string, body: unknown) => good('POST', path, body, real.token)

/** The answer as soon as it is so: what a timer or a worker does comes a moment later. */
async function once(path: string, isSo: (answer: Body) => boolean): Promise<Body> {
  for (let tries = 0; tries < 500; tries++) {
    const answer = await get(path)
    if (isSo(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${path} did not become so`)
}

/** A block behind the last one that the feeder told of; -1 where nothing was read before. */
const block = (after: number, height: number, movements: readonly object[]) =>
  service(`/v1/chains/${CHAIN}/blocks`, {
    after,
    height,
    hash: `0x${height}`,
    block_at: Date.now(),
    movements,
  })

describe('a deployment over HTTP', () => {
  it('is set up', async () => {
    await post('/v1/wallets', {
      ...{ wallet: 'hot-1', kind: 'hot', chain: CHAIN, account: HOT, refuge: `${CHAIN}:0x${'1'.repeat(40)}` },
      assets: [{ asset: ETH, symbol: 'ETH', decimals: 18 }],
    })
    const limits = [{ wallet: 'hot-1', asset: ETH, withdrawal_max: '1000', window_max: '5000', window_seconds: 3_600 }]
    await good('PUT', '/v1/policy', { permit_seconds: 60, landing_seconds: 900, hold_seconds_max: 3_600, limits })
    await get('/v1/policy')
    const digest = `sha256:${'0'.repeat(64)}`
    await post('/v1/denylist', { list: 'TEST', source: 'a test', digest, addresses: [`*:0x${'2'.repeat(40)}`] })
    expect(await get(`/v1/denylist?address=0x${'2'.repeat(40)}`)).toMatchObject({ denied: true, lists: ['TEST'] })
    expect(await get(`/v1/denylist?address=0x${'4'.repeat(40)}`)).toMatchObject({ denied: false })
    const pack = readPackFile(PACK)
    if (isRefusal(pack)) throw new Error(pack.detail)
    await post('/v1/packs', pack)
    await get('/v1/packs')
    await good('PUT', '/v1/recipients', { authority: 'KISA', language: 'ko', channel: 'mail', to: 'a@example.org' })
    await get('/v1/recipients')
    await post('/v1/prices', {
      ...{ source: 'a test', digest, valid_from: 0 },
      prices: [{ asset: ETH, symbol: 'ETH', decimals: 18, krw_micro: '4200000000000' }],
    })
    await good('PUT', '/v1/funds', { fund: 'reserve', krw: '1000000', evidence: 'statement' })
    await get('/v1/funds')
  })

  it('permits, holds, denies and tells the same again', async () => {
    const asking = { withdrawal: 'w-1', wallet: 'hot-1', asset: ETH, amount: '900', to: CUSTOMER }
    const first = await service('/v1/withdrawals', asking)
    expect(first).toMatchObject({
      status: 'permitted',
      permit: { jws: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
    })
    expect(await service('/v1/withdrawals', asking)).toEqual(first)
    const changed = await real.call('POST', '/v1/withdrawals', { ...asking, amount: '901' }, real.token)
    expect(changed.status).toBe(409)
    expect(await service('/v1/withdrawals', { ...asking, withdrawal: 'w-2', amount: '1001' })).toMatchObject({
      status: 'held',
    })
    await post('/v1/withdrawals/w-2/release', { reason: 'customer called' })
    await service('/v1/withdrawals', { ...asking, withdrawal: 'w-3', amount: '1002' })
    await post('/v1/withdrawals/w-3/reject', { reason: 'nobody answered' })
    const denied = { ...asking, withdrawal: 'w-4', to: `${CHAIN}:0x${'2'.repeat(40)}` }
    expect(await service('/v1/withdrawals', denied)).toMatchObject({ status: 'denied', permit: null })
    await get('/v1/withdrawals/w-1')
    expect(await get('/v1/withdrawals?limit=2')).toMatchObject({ items: [{}, {}] })
    const { permit } = first.permit as { permit: string }
    await good('GET', `/v1/permits/${permit}`, undefined, real.token)
  })

  it('sees a theft, halts, opens a case and traces it', async () => {
    const stolen = { tx: '0xdead', place: 0, from: HOT, to: THIEF, asset: ETH, amount: '7000' }
    await block(-1, 9, [])
    await block(9, 10, [stolen])
    const [incident] = (await get('/v1/incidents')) as unknown as readonly { incident: string }[]
    const id = incident?.incident ?? ''
    expect(await get('/v1/halts')).toMatchObject({ halt_epoch: 1, halts: [{ scope: `chain:${CHAIN}` }] })
    expect(await get('/v1/state')).toMatchObject({ status: 'halted', incidents_open: 1 })
    expect(await get('/v1/transfers')).toMatchObject({ items: [{ kind: 'unpermitted', amount: '7000' }] })
    await get('/v1/wallets')
    const detail = await once(`/v1/incidents/${id}`, ({ notices }) => Array.isArray(notices) && notices.length > 0)
    expect(detail).toMatchObject({ kind: 'theft', thefts: [{ amount: '7000' }], loss: [{ amount: '7000' }] })
    for (const view of ['clocks', 'record', 'timeline.csv']) await get(`/v1/incidents/${id}/${view}`)
    await post(`/v1/incidents/${id}/notes`, { text: 'the custodian was called' })
    const [notice] = detail.notices as readonly { notice: string }[]
    await post(`/v1/notices/${notice?.notice}/redraft`, {})
    const sendable = (detail.notices as readonly Body[]).find(({ channel }) => channel === 'mail')
    await post(`/v1/notices/${String(sendable?.notice)}/approve`, {})
    // No mail server is set up here: the notice waits in the outbox, and the first page says so.
    const told = (await get('/v1/state')) as { waiting: Body }
    expect(told).toMatchObject({ platform: 'demo', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
    expect(told.waiting.outbox).toBe(real.deployment.app.machine.outbox.state.waiting.size)
    expect(told.waiting.outbox).toBeGreaterThan(0)
    const [clock] = detail.clocks as readonly { obligation: string }[]
    await post(`/v1/incidents/${id}/clocks/${clock?.obligation}/meet`, { evidence: 'by telephone' })
    await traced(detail)
    await repaid(id)
    await good('PUT', '/v1/reporter', {
      platform: { en: 'Demo', ko: '데모' },
      unit: { en: 'Security', ko: '보안팀' },
      contact: 'security@example.org',
    })
    await get('/v1/reporter')
    await post(`/v1/incidents/${id}/statements`, {
      about: 'cause',
      en: 'A key was copied.',
      ko: '키가 복사되었습니다.',
    })
    await post(`/v1/incidents/${id}/facts`, { fact: 'note', text: 'the police came' })
    await post('/v1/traces', { incident: id, chain: CHAIN, sources: [HOT] })
  })

  /** The trace runs in a worker and comes back as a command. */
  async function traced({ trace }: Body): Promise<void> {
    const { trace: id } = trace as { trace: string }
    await once(`/v1/traces/${id}`, ({ status }) => status === 'recorded')
    expect(await get(`/v1/traces/${id}/result`)).toMatchObject({ method: 'fifo', assets: [{ stolen: '7000' }] })
    const response = await real.call('GET', `/v1/traces/${id}/picture.svg?lang=ko`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*style-src 'unsafe-inline'/)
    expect(await response.text()).toMatch(/^<svg /)
    note('GET', `/v1/traces/${id}/picture.svg`)
    expect((await real.call('GET', `/v1/traces/${id}/picture.svg?lang=fr`)).status).toBe(400)
  }

  async function repaid(incident: string): Promise<void> {
    const claim = { claim: 'c-1', customer: 'k-1', asset: ETH, amount: '5000', pay_to: CUSTOMER }
    await post('/v1/claims', { incident, claims: [claim, { ...claim, claim: 'c-2', amount: '10' }] })
    await post('/v1/repayments/plan', { incident })
    expect(await get(`/v1/repayments?incident=${incident}`)).toMatchObject({ items: expect.any(Array) })
    const paying = { incident, wallets: [{ asset: ETH, wallet: 'hot-1' }] }
    expect((await real.call('POST', '/v1/repayments/pay', paying)).status).toBe(403)
    await post('/v1/halts/lift', { scope: `chain:${CHAIN}`, reason: 'new keys' })
    await post('/v1/repayments/pay', paying)
    await get('/v1/ledger')
    expect((await get('/v1/ledger.journal')).text).toMatch(/assets:|equity:/)
  }

  it('halts by hand, evacuates and goes back in the chain', async () => {
    await post('/v1/halts', { scope: 'all', reason: 'to be sure' })
    await post('/v1/wallets/hot-1/evacuate', { reason: 'to be sure' })
    await service(`/v1/chains/${CHAIN}/rewind`, { height: 10, reason: 'another branch' })
    await service(`/v1/chains/${CHAIN}/sources`, { source: 'feeder', status: 'reading', detail: '' })
  })

  it('proves its record', async () => {
    const { items } = (await get('/v1/events?after=0&limit=3')) as { items: readonly { index: number }[] }
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2])
    const verified = await post('/v1/journal/verify', undefined)
    expect(verified).toMatchObject({ ok: true, faults: [], root: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(await get('/v1/state')).toMatchObject({ journal: { verified_size: verified.size } })
    // It reads the whole journal, so one runs at a time; who asks meanwhile is told to come back.
    const both = await Promise.all([1, 2].map(() => real.call('POST', '/v1/journal/verify')))
    const told = await Promise.all(both.map((response) => response.json() as Promise<Body>))
    expect(told.map(({ code, ok }) => code ?? ok).sort()).toEqual(['HTTP-021', true])
    for (const path of [
      '/journal/checkpoint',
      '/.well-known/jwks.json',
      '/healthz',
      '/openapi.json',
      '/v1/explain/GATE-001',
    ]) {
      await good('GET', path, undefined, '')
    }
  })

  it('leaves these routes without a good answer in any test here: the gap, in the open', async () => {
    const gap = real.server.listed.map(({ method, path }) => `${method} ${path}`).filter((route) => !called.has(route))
    await expect(`${gap.sort().join('\n')}\n`).toMatchFileSnapshot('../golden/routes-uncalled.txt')
  })
})
