/** From the bytes of a log to the provider that suspends the account: a real data folder, its journal, machine, outbox and carrier. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { toldOf } from '../../rooms/access/index.ts'
import { carriersOf } from '../carriers.ts'
import { openDeployment } from '../deployment.ts'
import { initFolder } from '../folder.ts'
import { FeedDoor } from './take.ts'

const THIEF = 'mallory@exchange.example'
const NOW = Date.UTC(2026, 1, 6, 3)

/** A provider that knows one user, whoever is asked for. */
async function provider() {
  let active = true
  const web = createServer((request, response) => {
    text(request).then(
      () => {
        if (request.method === 'PATCH') {
          active = false
          return response.writeHead(204).end()
        }
        const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
        const Resources = [{ id: '7', userName: THIEF, active }]
        return response.end(JSON.stringify({ schemas, totalResults: 1, Resources }))
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((done) => void web.listen(0, '127.0.0.1', () => done()))
  return {
    url: `http://127.0.0.1:${(web.address() as AddressInfo).port}/scim`,
    isActive: () => active,
    close: () => web.close(),
  }
}

describe('a log of a theft under way', () => {
  it('M6 ends in a suspended account, once, with the receipt in the journal', async () => {
    const scim = await provider()
    const path = join(mkdtempSync(join(tmpdir(), 'pasu-test-')), 'data')
    const okta = { kind: 'scim', url: scim.url, token_file: 'scim.token' }
    const folder = initFolder(path, { platform: 'demo', settings: { responses: { github: okta } } })
    writeFileSync(join(path, 'scim.token'), 'secret-of-ours\n', { mode: 0o600 })
    const feed = { transfers: async () => [], services: async () => [] }
    const deployment = openDeployment({
      folder,
      now: () => NOW,
      carriers: (opened) => carriersOf(folder.config, opened, feed),
    })
    const told: string[] = []
    deployment.subscribe((recorded) => {
      told.push(...recorded.map((one) => JSON.stringify(one)))
    })
    const { app, submit } = deployment
    const toldAbout = (source: string) => toldOf(app.rooms.access.state.alerts, source)
    const door = new FeedDoor({ folder: folder.paths.behaviour, now: () => NOW, toldOf: toldAbout, submit })
    const line = {
      '@timestamp': NOW - 1_000,
      action: 'hook.destroy',
      actor: THIEF,
      actor_ip: '198.51.100.9',
    }
    expect(await door.take('github', Buffer.from(JSON.stringify(line)), 'feed')).toMatchObject({
      events: 1,
      detections: 1,
    })
    await deployment.outbox.idle()
    expect(scim.isActive()).toBe(false)
    expect(told.some((entry) => entry.includes('outbox.delivered') && entry.includes('suspended it'))).toBe(true)
    expect(told.join()).not.toContain('secret-of-ours')
    expect(app.machine.outbox.state.waiting.size).toBe(0)
    await door.close()
    await deployment.close()
    scim.close()
  })
})
