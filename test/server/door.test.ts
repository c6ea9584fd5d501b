/** What somebody gets who has a cookie, a key or a link of somebody else: nothing, and an alarm in the journal. */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../src/kernel/time.ts'
import { newDevice } from '../../src/server/door/index.ts'
import {
  answered,
  type FoundedTeam,
  foundTeam,
  Machine,
  nobodysToken,
  Person,
  plain,
  UNVERIFIED,
} from '../kit/client.ts'
import { passkey } from '../kit/passkey.ts'
import { type BareServer, startBare } from '../kit/real.ts'
import { TEAM } from '../kit/team.ts'

const HALT = { scope: 'all', reason: 'a drill' }

let server: BareServer
let team: FoundedTeam
let signer: Machine
let consoleFolder: string
beforeAll(async () => {
  consoleFolder = mkdtempSync(join(tmpdir(), 'pasu-test-'))
  mkdirSync(join(consoleFolder, 'assets'))
  writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>Pasu</title>')
  writeFileSync(join(consoleFolder, 'assets/main.js'), 'void 0')
  server = await startBare({}, { consoleFolder })
  signer = new Machine(server, 'signer')
  team = await foundTeam(server, TEAM, (founder) =>
    founder.did('POST', '/v1/services', {
      ...{ service: 'signer', scopes: ['gate.read'], public_key: signer.publicKey, reason: 'founding' },
    }),
  )
})
// What was tried in one test slows nobody in the next.
beforeEach(() => server.pass(MINUTE_MS))
afterAll(() => server.close())

const events = (type: string) =>
  server.deployment.entries(0, 5_000).filter((entry) => entry.kind === 'event' && entry.type === type)
const alarmsOf = (what: string) => events('attempt.seen').filter(({ data }) => data.what === what)
/** The last alarm of a kind; the door journals it a moment after it answered. */
async function alarm(what: string) {
  for (let tries = 0; tries < 100 && alarmsOf(what).length === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  return alarmsOf(what).at(-1)?.data
}

describe('a session', () => {
  it('H22 opens nothing by its cookie alone, from our own page or from another origin’s tab', async () => {
    const kim = team.as('kim')
    const { cookie, origin } = kim
    for (const headers of [
      { cookie, origin },
      { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' },
      { cookie },
    ]) {
      const answer = await plain(server, 'POST', '/v1/halts', HALT, headers)
      expect([answer.status, answer.body.code]).toEqual([403, expect.stringMatching(/^DOOR-0(02|14)$/)])
    }
    const foreign = { ...kim.headers('POST', '/v1/halts'), origin: 'https://evil.example' }
    expect((await plain(server, 'POST', '/v1/halts', HALT, foreign)).body.code).toBe('DOOR-014')
    expect(events('halt.raised')).toEqual([])
    expect(await alarm('DOOR-014')).toMatchObject({ person: 'kim', stolen: false })
  })

  it('H24 is nothing on another device, and that is an alarm about its person', async () => {
    const park = team.as('park')
    const headers = { ...park.headers('GET', '/v1/me', { device: newDevice() }) }
    const answer = await plain(server, 'GET', '/v1/me', undefined, headers)
    expect([answer.status, answer.body.code]).toEqual([401, 'DOOR-003'])
    expect(await alarm('DOOR-003')).toMatchObject({ person: 'park', session: park.session, stolen: true })
    // What is in foreign hands is taken away: the person signs in anew, and counts as at risk.
    expect((await park.call('GET', '/v1/me')).body.code).toBe('DOOR-001')
    await park.signIn()
  })

  it('H25 takes each proof once', async () => {
    const lee = team.as('lee')
    const headers = lee.headers('GET', '/v1/me')
    expect((await plain(server, 'GET', '/v1/me', undefined, headers)).status).toBe(200)
    const again = await plain(server, 'GET', '/v1/me', undefined, headers)
    expect([again.status, again.body.code]).toEqual([403, 'DOOR-006'])
    expect(await alarm('DOOR-006')).toMatchObject({ person: 'lee' })
  })

  it('H11 takes no proof for another path, method or session', async () => {
    const choi = team.as('choi')
    const other = await plain(server, 'GET', '/v1/people', undefined, choi.headers('GET', '/v1/me'))
    expect(other.body.code).toBe('DOOR-004')
    const mixed = { ...choi.headers('GET', '/v1/me', { session: team.as('kim').session }) }
    expect((await plain(server, 'GET', '/v1/me', undefined, mixed)).body.code).toBe('DOOR-004')
  })

  it('H23 is another at each sign-in, whatever cookie came along; the console gets it HttpOnly and SameSite', async () => {
    const jung = new Person(server, team.site, 'jung', team.as('jung').key)
    const planted = `pasu=${nobodysToken()}`
    const begun = await jung.post('/v1/sign-in/options', {}, { cookie: planted })
    expect(begun.headers.get('set-cookie')).toBeNull()
    const answer = await jung.trySignIn()
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^pasu=[A-Za-z0-9_-]{43}; Max-Age=14400; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(cookie).not.toContain(planted)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const dead = { cookie: planted, dpop: jung.proof('GET', '/v1/me') }
    expect((await plain(server, 'GET', '/v1/me', undefined, dead)).body.code).toBe('DOOR-001')
  })

  it('H23 is opened for a device that proves its key in that very request', async () => {
    const jung = new Person(server, team.site, 'jung', team.as('jung').key)
    const codes = [
      await jung.trySignIn({}, { device: newDevice() }),
      await jung.trySignIn({}, { session: 'another' }),
      await jung.trySignIn({}, { method: 'GET' }),
    ].map(({ body }) => body.code)
    expect(codes).toEqual(['DOOR-003', 'DOOR-004', 'DOOR-004'])
  })
})

describe('signing in', () => {
  it('H26 an unknown key, another’s name, a wrong site and a user who was not verified are answered alike', async () => {
    const stranger = new Person(server, team.site, 'nobody', passkey())
    const kim = new Person(server, team.site, 'kim', team.as('kim').key)
    const eve = new Person(server, team.site, 'eve', team.as('kim').key)
    const answers = [
      await stranger.trySignIn(),
      await eve.trySignIn(),
      await kim.trySignIn({ rpId: 'evil.example' }),
      await kim.trySignIn({ origin: 'https://evil.example' }),
      await kim.trySignIn(UNVERIFIED),
    ]
    const told = new Set(answers.map(({ status, body }) => JSON.stringify({ status, ...body })))
    expect([...told].map((text) => JSON.parse(text).code)).toEqual(['DOOR-016'])
    expect(await alarm('DOOR-016')).toMatchObject({ person: 'kim' })
  })

  it('H26 links are answered alike and wrong ones slowed; a right sign-in from there passes', async () => {
    const ask = (token: string) => team.as('kim').post('/v1/enrolments/options', { token })
    const codes: unknown[] = []
    for (let tries = 0; tries < 14; tries++) codes.push((await ask(nobodysToken())).body.code)
    expect(codes[0] === 'DOOR-021' || codes[0] === 'DOOR-020').toBe(true)
    const last = await ask('x')
    expect([last.status, last.body.code]).toEqual([429, 'DOOR-020'])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    await new Person(server, team.site, 'choi', team.as('choi').key).signIn()
  })

  it('H22 begins from our own page alone', async () => {
    for (const origin of [{}, { origin: 'https://evil.example' }] as Record<string, string>[]) {
      expect((await plain(server, 'POST', '/v1/sign-in/options', {}, origin)).body.code).toBe('DOOR-014')
    }
  })
})

describe('a service account', () => {
  it('H30 does what its scopes name and nothing else: its key moves no coin', async () => {
    expect((await signer.call('GET', '/v1/halts')).status).toBe(200)
    const codes = [
      await signer.call('POST', '/v1/withdrawals', { withdrawal: 'w1' }),
      await signer.call('POST', '/v1/chains/eip155:1/blocks', {}),
      await signer.call('GET', '/v1/people'),
      await signer.call('POST', '/v1/halts/lift', HALT),
      await signer.call('GET', '/v1/me'),
    ].map(({ status, body }) => `${status} ${body.code}`)
    expect(codes).toEqual(['403 AUTHORITY-001', '403 AUTHORITY-001', '403 HTTP-003', '403 HTTP-003', '403 HTTP-003'])
  })

  it('H25 a signed request that is sent again is refused, and that is an alarm', async () => {
    const { headers } = signer.signed('GET', '/v1/halts')
    const send = () => plain(server, 'GET', '/v1/halts', undefined, headers)
    expect([(await send()).status, (await send()).body.code]).toEqual([200, 'DOOR-012'])
    expect(await alarm('DOOR-012')).toMatchObject({ service: 'signer' })
  })

  it('H26 an unknown one and another’s key are answered alike; the known one is warned of', async () => {
    const ghost = new Machine(server, 'ghost')
    const forger = new Machine(server, 'signer')
    const [unknown, forged] = [await ghost.call('GET', '/v1/halts'), await forger.call('GET', '/v1/halts')]
    const codes = [unknown, forged].map(({ body }) => body.code)
    expect(codes.every((code) => code === 'DOOR-011' || code === 'DOOR-020')).toBe(true)
    expect(await alarm('DOOR-011')).toBeDefined()
    expect(alarmsOf('DOOR-011').some(({ data }) => data.service === 'signer')).toBe(true)
    expect(alarmsOf('DOOR-011').some(({ data }) => data.service === 'ghost')).toBe(false)
  })

  it('H4 the body is what was signed', async () => {
    const { headers } = signer.signed('POST', '/v1/withdrawals', { amount: '1' })
    const changed = await plain(server, 'POST', '/v1/withdrawals', { amount: '2' }, { ...headers })
    expect(changed.body.code).toMatch(/^(AUTHORITY-001|DOOR-009)$/)
  })
})

describe('approving', () => {
  it('H32 an approval by the proposer, of another proposal, without a verified user or under a moved digest is an alarm', async () => {
    const [kim, park, jung] = [team.as('kim'), team.as('park'), team.as('jung')]
    await kim.did('POST', '/v1/halts', HALT)
    const [first, second] = [await kim.propose('halt.lift', HALT), await kim.propose('halt.lift', HALT)]
    const send = (person: Person, of: string, body: unknown) => person.call('POST', `/v1/proposals/${of}/approve`, body)
    const moved = await park.approval(first)
    const own = await send(kim, first, moved)
    const elsewhere = await send(park, second, moved)
    const unverified = await send(jung, first, await jung.approval(first, UNVERIFIED))
    expect([own, elsewhere, unverified].map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '403 AUTHORITY-002',
      expect.stringMatching(/^4\d\d (APPROVAL-00[178]|PASSKEY-\d+)$/),
      expect.stringMatching(/PASSKEY-010/),
    ])
    expect(await alarm('PASSKEY-010')).toMatchObject({ person: 'jung' })
    expect(await alarm(String(elsewhere.body.code))).toMatchObject({ person: 'park' })
    expect(await alarm('AUTHORITY-002')).toMatchObject({ person: 'kim' })
    expect(events('proposal.approved')).toEqual([])
  })

  it('H32 the same attempt is told once a minute, with its count', async () => {
    const before = alarmsOf('PASSKEY-010').length
    const jung = team.as('jung')
    const [open = ''] = server.deployment.app.rooms.access.state.open
    for (let tries = 0; tries < 5; tries++)
      await jung.call('POST', `/v1/proposals/${open}/approve`, await jung.approval(open, UNVERIFIED))
    expect(alarmsOf('PASSKEY-010')).toHaveLength(before + 1)
    await server.pass(MINUTE_MS)
    await jung.call('POST', `/v1/proposals/${open}/approve`, await jung.approval(open, UNVERIFIED))
    await new Promise((resolve) => setTimeout(resolve, 20))
    const counts = alarmsOf('PASSKEY-010').map(({ data }) => data.count)
    expect(counts.slice(before)).toEqual([1, 4, 1])
  })
})

describe('the stream', () => {
  it('H24 ends with the session that opened it', async () => {
    const person = await new Person(server, team.site, 'kim', team.as('kim').key).signIn()
    const headers = person.headers('GET', '/v1/stream')
    const response = await fetch(`${server.url}/v1/stream`, { headers })
    expect(response.status).toBe(200)
    const ended = response.text()
    await team.as('kim').did('POST', `/v1/sessions/${person.session}/end`, { reason: 'a test' })
    // What is told after the session is not told to it.
    expect(await ended).not.toContain('session.ended')
  })
})

describe('the page', () => {
  it('H33 runs our files alone, and their hashes are journaled', async () => {
    const response = await answered(await fetch(`${server.url}/people`, { headers: { accept: 'text/html' } }))
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types pasu")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    const [listed] = events('console.listed')
    expect(listed?.data.files).toEqual([
      { path: '/assets/main.js', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { path: '/index.html', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
    expect(existsSync(server.folder.paths.enrolToken)).toBe(false)
  })
})
