/** The terminal beside a founded team: it looks on and halts, and what takes a quorum it does not do. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundTeam } from '../kit/client.ts'
import { type BareServer, startBare } from '../kit/real.ts'
import { TEAM } from '../kit/team.ts'
import { pasu } from './kit.ts'

let server: BareServer
const at = (...argv: string[]) => pasu([...argv, '--data', server.folder.path])
beforeAll(async () => {
  server = await startBare()
  await foundTeam(server, TEAM)
})
afterAll(() => server.close())

describe('a terminal beside a founded team', () => {
  it('halts and looks on, through the running server', async () => {
    expect((await at('halt', 'all', '--reason', 'seen')).code).toBe(0)
    expect((await at('halt', 'list')).out).toContain('seen')
    expect((await at('incident', 'list')).code).toBe(0)
  })

  it('lifts nothing and sets nothing, for that takes people', async () => {
    const policy = join(server.folder.path, 'policy.json')
    writeFileSync(
      policy,
      JSON.stringify({ permit_seconds: 60, landing_seconds: 900, hold_seconds_max: 3_600, limits: [] }),
    )
    const pack = fileURLToPath(new URL('../../packs/kr.yaml', import.meta.url))
    for (const argv of [
      ['halt', 'lift', 'all', '--reason', 'x'],
      ['policy', 'set', policy],
      ['pack', 'load', pack],
    ]) {
      const { code, err } = await at(...argv)
      expect([argv[0], code, err]).toEqual([argv[0], 3, expect.stringMatching(/^pasu: AUTHORITY-001 /)])
    }
    expect(server.deployment.app.rooms.gate.state.halts.size).toBe(1)
  })
})
