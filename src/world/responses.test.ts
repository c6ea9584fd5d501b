/** Where the settings say that accounts are suspended, read from a real data folder. */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { carriersOf } from './carriers.ts'
import { NOBODY_TO_ASK } from './channels/suspend.ts'
import { configSchema } from './config.ts'
import { openDeployment } from './deployment.ts'
import { initFolder } from './folder.ts'

const settings = (responses: unknown, more: object = {}) => ({ platform: 'demo', responses, ...more })
const scim = { kind: 'scim', url: 'https://id.example/scim/v2', token_file: 'scim.token' }

/** The carriers of a folder with these settings; `token` stands in `scim.token`. */
function carriers(responses: unknown, token = 'abc.DEF~1') {
  const path = join(mkdtempSync(join(tmpdir(), 'pasu-test-')), 'data')
  const folder = initFolder(path, { platform: 'demo', settings: { responses } })
  writeFileSync(join(path, 'scim.token'), `${token}\n`, { mode: 0o600 })
  const feed = { transfers: async () => [], services: async () => [] }
  const open = (): void => {
    const deployment = openDeployment({
      folder,
      now: Date.now,
      deliver: false,
      wake: false,
      carriers: (opened) => carriersOf(folder.config, opened, feed),
    })
    void deployment.close()
  }
  return { path, open }
}

describe('responses in the settings', () => {
  it.each([
    [{ okta: scim, github: { kind: 'webhook', url: 'http://127.0.0.1:9/x' } }, true],
    [undefined, true],
    [{}, true],
    [{ windows: scim }, false],
    [{ okta: { ...scim, url: 'http://id.example/scim' } }, false],
    [{ okta: { ...scim, url: 'https://user:pass@id.example' } }, false],
    [{ okta: { ...scim, token: 'x' } }, false],
    [{ okta: { kind: 'ldap', url: 'https://id.example' } }, false],
  ])('%j: %s', (responses, isTaken) => {
    expect(configSchema.safeParse(settings(responses)).success).toBe(isTaken)
  })

  it('begins with a token that nobody else can read and that fits a header', () => {
    expect(carriers({ okta: scim }).open).not.toThrow()
    expect(carriers({ okta: scim }, 'two words').open).toThrow(/FOLDER-006/)
    expect(carriers({ okta: scim }, '').open).toThrow(/FOLDER-006/)
    const loose = carriers({ okta: scim })
    chmodSync(join(loose.path, 'scim.token'), 0o644)
    expect(loose.open).toThrow(/FOLDER-004/)
    const wrong = carriers({ okta: scim }, 'bad\u0000token-value')
    expect(wrong.open).toThrow(expect.objectContaining({ message: expect.not.stringContaining('token-value') }))
  })

  it('needs the secret of the webhook where it goes by webhook', () => {
    expect(carriers({ okta: { kind: 'webhook', url: 'https://hooks.example/x' } }).open).toThrow(/FOLDER-005.*webhook/)
  })

  it('always has a carrier: a log without a response is told as such', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'pasu-test-')), 'data')
    const folder = initFolder(path, { platform: 'demo' })
    const deployment = openDeployment({ folder, now: Date.now, deliver: false, wake: false })
    const carrier = carriersOf(folder.config, deployment, {
      transfers: async () => [],
      services: async () => [],
    }).get('account.suspend')
    const effect = { key: '1.0', kind: 'account.suspend', since: 0, attempts: 0, retryAt: 0 }
    const data = { source: 'okta', account: 'kim', why: 'x' }
    expect(await carrier?.deliver({ ...effect, data })).toBe(`${NOBODY_TO_ASK} okta`)
    await deployment.close()
  })
})
