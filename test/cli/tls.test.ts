import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startServer } from '../../src/server/index.ts'
import { openDeployment } from '../../src/world/deployment.ts'
import { readFolder } from '../../src/world/folder.ts'
import { pasu, temporaryFolder } from './kit.ts'

const hasOpenssl = ['/usr/bin/openssl', '/usr/local/bin/openssl', '/opt/homebrew/bin/openssl'].some((path) =>
  existsSync(path),
)
if (!hasOpenssl) console.log('TLS: openssl is not here to make a certificate, skipped')

function certify(folder: string): void {
  const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, ...files, '-subj', '/CN=pasu.example'], { stdio: 'ignore' })
  chmodSync(join(folder, 'tls.key'), 0o600)
}

describe.skipIf(!hasOpenssl)('a server with TLS', () => {
  it('may listen anywhere, asks browsers to stay with TLS, and is trusted by the terminal by its very certificate', async () => {
    const data = join(temporaryFolder(), 'data')
    await pasu(['init', '--data', data])
    certify(data)
    const config = JSON.parse(readFileSync(join(data, 'config.json'), 'utf8'))
    const listen = { host: '0.0.0.0', port: 0, names: ['pasu.example'], tls: { key: 'tls.key', cert: 'tls.crt' } }
    writeFileSync(join(data, 'config.json'), JSON.stringify({ ...config, listen }))
    const deployment = openDeployment({ folder: readFolder(data), now: Date.now, wake: false, deliver: false })
    const server = await startServer({ deployment, version: '0.0.0-test', rehearsal: true })
    try {
      expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        const ca = readFileSync(join(data, 'tls.crt'))
        const options = { ca, servername: 'pasu.example', checkServerIdentity: () => undefined }
        get(`${server.url}/healthz`, options, (response) => resolve(response.headers)).on('error', reject)
      })
      expect(headers['strict-transport-security']).toBe('max-age=63072000')
      // In this very process, so that the lock is seen as held and the request goes over the wire.
      const said = await pasu(['halt', 'list', '--data', data])
      expect([said.code, said.err, said.out]).toEqual([0, '', 'Halt epoch 0\nNothing is halted.\n'])
      certify(data)
      const replaced = await pasu(['halt', 'list', '--data', data])
      expect([replaced.code, replaced.err]).toEqual([4, expect.stringMatching(/^pasu: CLI-002 https:/)])
    } finally {
      await server.close()
      await deployment.close()
    }
  })
})
