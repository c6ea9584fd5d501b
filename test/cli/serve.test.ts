import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pasu, temporaryFolder } from './kit.ts'

const BIN = fileURLToPath(new URL('../../bin/pasu.js', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The Node.js that a stranger has, where it is older than ours; our own is found first on npm's path. */
function olderNode(): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const node = join(folder, 'node')
    if (folder.includes('node_modules') || !existsSync(node)) continue
    const [major] = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.').map(Number)
    if (major !== undefined && major >= 20 && major < 26) return node
  }
  return undefined
}

interface Running {
  readonly process: ChildProcess
  readonly url: string
  readonly err: () => string
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>
}

let folder: string
const started: ChildProcess[] = []
beforeEach(async () => {
  folder = join(temporaryFolder(), 'data')
  expect((await pasu(['init', '--data', folder])).code).toBe(0)
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function launch(argv: readonly string[], node = process.execPath): Omit<Running, 'url'> & { out: () => string } {
  const child = spawn(node, [BIN, ...argv], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  let [out, err] = ['', '']
  child.stdout?.on('data', (bytes) => {
    out += String(bytes)
  })
  child.stderr?.on('data', (bytes) => {
    err += String(bytes)
  })
  const ended = new Promise<number | string | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  )
  return { process: child, out: () => out, err: () => err, ended }
}

async function serve(more: readonly string[] = [], node?: string): Promise<Running> {
  const running = launch(['serve', '--data', folder, '--port', '0', ...more], node)
  let over = false
  void running.ended.then(() => {
    over = true
  })
  for (;;) {
    const url = /listens on (\S+)/.exec(running.out())?.[1]
    if (url !== undefined) return { ...running, url }
    if (over) throw new Error(`the server ended: ${running.err()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const settings = (change: (config: { listen: Record<string, unknown> }) => void): void => {
  const path = join(folder, 'config.json')
  const config = JSON.parse(readFileSync(path, 'utf8'))
  change(config)
  writeFileSync(path, JSON.stringify(config))
}

describe('pasu serve', () => {
  it('answers, says where it listens, is found by other commands, and stops cleanly on SIGTERM', async () => {
    const server = await serve()
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ ok: true, ready: true })
    const halted = await pasu(['halt', 'all', '--reason', 'seen', '--data', folder])
    expect([halted.code, halted.err]).toEqual([0, ''])
    const listed = await pasu(['halt', 'list', '--json', '--data', folder])
    expect(JSON.parse(listed.out)).toMatchObject({ halt_epoch: 1, halts: [{ scope: 'all', by: 'host' }] })
    const refused = await pasu(['incident', 'show', 'incident-9', '--data', folder])
    expect([refused.code, refused.err]).toEqual([3, expect.stringMatching(/^pasu: INCIDENT-\d{3} .*incident-9/)])
    // Looking needs no lock, and the server is not disturbed.
    for (const look of [
      ['verify', '--redecide'],
      ['inspect', 'journal'],
      ['inspect', 'integrity'],
    ]) {
      expect([look, (await pasu([...look, '--data', folder])).code]).toEqual([look, 0])
    }
    const log = join(folder, '..', 'log')
    expect((await pasu(['journal', 'export', log, '--data', folder])).code).toBe(0)
    expect((await pasu(['verify', log, '--key', join(log, 'vkey')])).code).toBe(0)
    server.process.kill('SIGTERM')
    expect([await server.ended, server.err()]).toEqual([0, ''])
    expect([existsSync(join(folder, 'serving.json')), existsSync(join(folder, 'snapshot'))]).toEqual([false, true])
    const after = await pasu(['halt', 'list', '--data', folder])
    expect(after.out).toContain('seen')
  })

  it('stops cleanly on SIGINT too, and a killed one leaves a journal that verifies', async () => {
    const first = await serve()
    first.process.kill('SIGINT')
    expect(await first.ended).toBe(0)
    const second = await serve()
    await pasu(['halt', 'all', '--reason', 'before the kill', '--data', folder])
    second.process.kill('SIGKILL')
    await second.ended
    // The note of the dead server is not believed: whoever listens there now is sent no token.
    expect(existsSync(join(folder, 'serving.json'))).toBe(true)
    const { code, out } = await pasu(['halt', 'list', '--data', folder])
    expect([code, out]).toEqual([0, expect.stringContaining('before the kill')])
    expect(existsSync(join(folder, 'serving.json'))).toBe(false)
    expect((await pasu(['verify', '--redecide', '--data', folder])).code).toBe(0)
  })

  it('refuses a second process on the folder in one line', async () => {
    await serve()
    const second = launch(['serve', '--data', folder, '--port', '0'])
    expect(await second.ended).toBe(4)
    expect(second.err()).toMatch(/^pasu: JRNL-001 .*\n {6}.*\n$/)
    expect(second.out()).toBe('')
  })

  it('refuses a port in use in one line, and leaves the folder free', async () => {
    const taken: Server = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { code, err } = await pasu(['serve', '--data', folder, '--port', String(port)])
    taken.close()
    expect([code, err]).toEqual([3, expect.stringMatching(new RegExp(`^pasu: HTTP-016 .*port ${port}`))])
    expect((await pasu(['halt', 'list', '--data', folder])).code).toBe(0)
  })

  it('refuses to be reached from elsewhere in the clear', async () => {
    const said = await pasu(['serve', '--data', folder, '--host', '0.0.0.0', '--port', '0'])
    expect([said.code, said.err]).toEqual([3, expect.stringMatching(/^pasu: HTTP-015 listen\.host is 0\.0\.0\.0/)])
    settings(({ listen }) => {
      listen.host = '::'
    })
    expect((await pasu(['serve', '--data', folder, '--port', '0'])).err).toMatch(/HTTP-015/)
  })

  it('refuses TLS keys that are missing, open to others or no keys', async () => {
    const key = join(folder, 'tls.key')
    settings(({ listen }) => {
      listen.tls = { key: 'tls.key', cert: 'tls.crt' }
    })
    const said = async () => (await pasu(['serve', '--data', folder, '--port', '0'])).err
    expect(await said()).toMatch(/^pasu: FOLDER-003 .*tls\.key/)
    writeFileSync(key, 'SECRET-KEY', { mode: 0o644 })
    chmodSync(key, 0o644)
    expect(await said()).toMatch(/^pasu: FOLDER-004 /)
    chmodSync(key, 0o600)
    writeFileSync(join(folder, 'tls.crt'), 'no certificate')
    const last = await said()
    expect(last).toMatch(/^pasu: HTTP-018 /)
    expect(last).not.toContain('SECRET-KEY')
  })

  it('wants a folder that somebody named to be there', async () => {
    const { code, err } = await pasu(['serve', '--data', join(folder, 'none')])
    expect([code, err]).toEqual([3, expect.stringMatching(/^pasu: FOLDER-002 /)])
  })
})

const older = olderNode()
if (older === undefined) console.log('bin/pasu.js under an older Node.js: none is installed, skipped')
describe.skipIf(older === undefined)('bin/pasu.js under an older Node.js', () => {
  it('runs on the pinned one, passes signals on and its exit code back', async () => {
    const server = await serve([], older)
    server.process.kill('SIGTERM')
    expect([await server.ended, server.err()]).toEqual([0, ''])
    const wrong = launch(['state', '--nonsense'], older)
    expect([await wrong.ended, wrong.err()]).toEqual([2, expect.stringMatching(/^pasu: CLI-001/)])
  })
})
