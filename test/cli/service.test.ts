import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { pasu } from './kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'pasu-service-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('pasu service key: a private file of mode 0600, its public part printed, and never a file overwritten', async () => {
  const file = join(folder, 'signer.key')
  const made = await pasu(['service', 'key', 'signer', '--out', file, '--json'])
  const told = JSON.parse(made.out) as { readonly public_key: string }
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const jwk = createPublicKey(createPrivateKey(readFileSync(file, 'utf8'))).export({ format: 'jwk' })
  expect(told).toEqual({ service: 'signer', file, public_key: jwk.x })
  expect(made.out + made.err).not.toContain('PRIVATE')
  const again = await pasu(['service', 'key', 'signer', '--out', file])
  expect([again.code, again.err]).toEqual([3, expect.stringContaining('FOLDER-001')])
  expect((await pasu(['service', 'key', 'a name', '--out', join(folder, 'x.key')])).code).toBe(2)
})
