/** People over HTTP, with software passkeys: from the one-time link to a quorum. */
import { existsSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../src/kernel/time.ts'
import { startServer } from '../../src/server/index.ts'
import { type FoundedTeam, foundTeam, nobodysToken, Person, plain, registrationJson, siteOf } from '../kit/client.ts'
import { passkey } from '../kit/passkey.ts'
import { type BareServer, startBare } from '../kit/real.ts'
import { TEAM } from '../kit/team.ts'

const HALT = { scope: 'all', reason: 'a drill' }

describe('before anybody is registered', () => {
  let server: BareServer
  beforeAll(async () => {
    server = await startBare()
  })
  afterAll(() => server.close())
  const asHost = (method: string, path: string, body?: unknown) =>
    plain(server, method, path, body, { authorization: `Bearer ${server.folder.hostToken}` })

  it('H28 the host reads and halts, and does nothing else', async () => {
    expect((await asHost('GET', '/v1/state')).status).toBe(200)
    expect((await asHost('POST', '/v1/halts', HALT)).status).toBe(200)
    for (const [path, body] of [
      ['/v1/halts/lift', HALT],
      ['/v1/withdrawals', {}],
      ['/v1/traces', {}],
      ['/v1/people', { person: 'eve', roles: ['operator'] }],
    ] as const) {
      const { status, body: problem } = await asHost('POST', path, body)
      expect([path, status, problem.code]).toEqual([path, 403, 'HTTP-022'])
    }
    expect(server.deployment.app.rooms.gate.state.halts.size).toBe(1)
  })

  it('H28 a wrong link enrols nobody, and the right one enrols once', async () => {
    const site = await siteOf(server)
    expect(site).toMatchObject({ deployment: 'exchange', phase: 'bare', rp_id: 'localhost' })
    const eve = new Person(server, site, 'eve')
    await expect(eve.enrol(nobodysToken(), { roles: ['operator'] })).rejects.toThrow('DOOR-021')
    const kim = new Person(server, site, 'kim')
    const asked = await kim.post('/v1/enrolments/options', { token: server.enrolToken })
    expect(asked.body).toEqual({ ceremony: '', person: null, roles: [], options: null })
    await kim.enrol(server.enrolToken, { roles: ['operator'] })
    expect(existsSync(server.folder.paths.enrolToken)).toBe(false)
    await expect(eve.enrol(server.enrolToken, { roles: ['operator'] })).rejects.toThrow('DOOR-021')
    expect(await siteOf(server)).toMatchObject({ phase: 'founding' })
  })
})

describe('a founded team', () => {
  let server: BareServer
  let team: FoundedTeam
  beforeAll(async () => {
    server = await startBare()
    team = await foundTeam(server, TEAM)
  })
  afterAll(() => server.close())

  it('H23 each is told who they are and what they may', async () => {
    const me = await team.as('jung').did('GET', '/v1/me')
    expect(me).toMatchObject({ person: 'jung', roles: ['guardian'], phase: 'founded', founder: false, waiting: 0 })
    expect(me.may).toEqual(expect.arrayContaining(['veto.halt.lift', 'halt.raise', 'gate.read']))
    expect(me.may).not.toContain('propose.policy.set')
    expect(Number(me.expires_at)).toBeGreaterThan(server.now())
  })

  it('H31 a guarded act becomes a proposal, and is done once two others have signed and the lock is over', async () => {
    const kim = team.as('kim')
    await kim.did('POST', '/v1/halts', HALT)
    const answer = await kim.call('POST', '/v1/halts/lift', HALT)
    expect([answer.status, answer.body]).toEqual([202, expect.objectContaining({ executed: false, act: 'halt.lift' })])
    const proposal = String(answer.body.proposal)
    expect(await team.as('park').did('GET', '/v1/me')).toMatchObject({ waiting: 1 })
    for (const name of ['park', 'jung']) expect((await team.as(name).approve(proposal)).status).toBe(200)
    expect(server.deployment.app.rooms.gate.state.halts.size).toBe(1)
    await server.pass(HOUR_MS)
    expect(server.deployment.app.rooms.gate.state.halts.size).toBe(0)
    expect(await kim.did('GET', `/v1/proposals/${proposal}`)).toMatchObject({ outcome: { state: 'executed' } })
  })

  it('H27 a role that may not is refused by the policy that says so', async () => {
    const denied = await team.as('park').call('PUT', '/v1/policy', {})
    expect([denied.status, denied.body.code]).toEqual([403, 'AUTHORITY-001'])
    const proposed = await team
      .as('park')
      .call('POST', '/v1/proposals', { act: 'policy.set', parameters: {}, reason: 'x' })
    expect([proposed.status, proposed.body.code]).toEqual([403, 'AUTHORITY-001'])
    const host = { authorization: `Bearer ${server.folder.hostToken}` }
    const lifted = await plain(server, 'POST', '/v1/halts/lift', HALT, host)
    expect([lifted.status, lifted.body.code]).toEqual([403, 'AUTHORITY-001'])
    expect((await plain(server, 'POST', '/v1/halts', HALT, host)).status).toBe(200)
  })

  it('H29 a further key is proposed after it has signed, and opens a session once others agreed', async () => {
    const lee = team.as('lee')
    const second = passkey('EdDSA')
    const begun = await lee.did('POST', '/v1/keys/options', {})
    const challenge = String((begun.options as { challenge: unknown }).challenge)
    const registration = registrationJson(second, lee.said(challenge))
    await lee.did('POST', '/v1/keys', { ceremony: begun.ceremony, registration, label: 'unused' })
    expect(server.deployment.app.rooms.access.state.open.size).toBe(0)
    const { status, body } = await lee.addKey(second)
    expect(status).toBe(202)
    const proposal = String(body.proposal)
    const { code } = await lee.did('POST', `/v1/proposals/${proposal}/call-back`, {})
    const journal = (): string => JSON.stringify(server.deployment.entries(0, 2_000))
    expect(journal().includes(String(code))).toBe(false)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    const own = await lee.call('POST', `/v1/proposals/${proposal}/call-back/answer`, { code })
    expect([own.status, own.body.code]).toEqual([403, 'AUTHORITY-002'])
    await team.as('park').did('POST', `/v1/proposals/${proposal}/call-back/answer`, { code })
    for (const name of ['park', 'jung']) await team.as(name).approve(proposal)
    await server.pass(HOUR_MS)
    const again = new Person(server, team.site, 'lee', second)
    await again.signIn()
    expect(await again.did('GET', '/v1/me')).toMatchObject({ person: 'lee' })
    expect(journal().includes(again.cookie.split('=')[1] ?? '')).toBe(false)
  })

  it('A14 H24 a session that was ended, a suspended person’s and an old one’s open nothing', async () => {
    const [choi, other] = [team.as('choi'), new Person(server, team.site, 'choi', team.as('choi').key)]
    await other.signIn()
    await choi.did('POST', `/v1/sessions/${other.session}/end`, { reason: 'not mine' })
    expect((await other.call('GET', '/v1/me')).body.code).toBe('DOOR-001')
    await choi.did('POST', '/v1/sign-out', {})
    expect((await choi.call('GET', '/v1/me')).status).toBe(401)
    await server.pass(4 * HOUR_MS)
    expect((await team.as('kim').call('GET', '/v1/me')).body.code).toBe('DOOR-001')
    for (const name of ['kim', 'jung']) await team.as(name).signIn()
    await team.as('jung').did('POST', '/v1/people/kim/suspend', { reason: 'a stolen laptop' })
    expect((await team.as('kim').call('GET', '/v1/me')).status).toBe(401)
    expect((await team.as('kim').trySignIn()).body.code).toBe('DOOR-016')
  })
})

describe('a server that starts again', () => {
  it('H28 keeps to the site that was journaled, says so where the settings differ, and has no link any more', async () => {
    const first = await startBare()
    const team = await foundTeam(first, TEAM)
    await first.server.close()
    writeFileSync(first.folder.paths.enrolToken, `${first.enrolToken}\n`, { mode: 0o600 })
    const told: string[] = []
    const site = { rp_id: 'evil.example', origins: ['https://evil.example'] }
    const again = await startServer({
      ...{ deployment: first.deployment, version: '0.0.0-test', log: (line: string) => told.push(line) },
      config: { ...first.folder.config, site },
    })
    expect(again.firstLink).toBeUndefined()
    expect(existsSync(first.folder.paths.enrolToken)).toBe(false)
    expect(told).toEqual([
      expect.stringMatching(/^config\.json names the site evil\.example; the journal says localhost/),
    ])
    expect(await siteOf({ url: again.url })).toMatchObject({ rp_id: 'localhost', origins: team.site.origins })
    const kim = new Person({ url: again.url }, team.site, 'kim', team.as('kim').key)
    // A proof of before the start may have been used; what is made now is taken, and the session of before goes on.
    Object.assign(kim, {
      device: team.as('kim').device,
      session: team.as('kim').session,
      cookie: team.as('kim').cookie,
    })
    expect((await kim.call('GET', '/v1/me')).status).toBe(200)
    await again.close()
    await first.deployment.close()
  })
})
