import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundTeam, plain } from '../kit/client.ts'
import { type BareServer, startBare } from '../kit/real.ts'
import { TEAM } from '../kit/team.ts'

/** The server with policies that cannot be read, however often it tries. */
describe('a server without its policies', () => {
  let server: BareServer
  let isBroken = false
  beforeAll(async () => {
    const { authority } = await import('../../src/world/authority.ts')
    server = await startBare(
      {},
      { authority: () => (isBroken ? Promise.reject(new Error('no such file')) : authority()) },
    )
  })
  afterAll(() => server.close())

  it('H27 does nothing for anybody, says so once a request, and goes on when it can read them again', async () => {
    const team = await foundTeam(server, TEAM)
    isBroken = true
    const host = { authorization: `Bearer ${server.folder.hostToken}` }
    const answers = [
      await team.as('kim').call('POST', '/v1/halts', { scope: 'all', reason: 'x' }),
      await team.as('kim').call('GET', '/v1/people'),
      await plain(server, 'GET', '/v1/state', undefined, host),
    ]
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [500, 'HTTP-023']))
    expect(server.told.at(-1)).toMatch(/the policies could not be opened: no such file/)
    isBroken = false
    expect((await team.as('kim').call('GET', '/v1/people')).status).toBe(200)
  })
})
