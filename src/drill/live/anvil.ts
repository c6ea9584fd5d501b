/** A real EVM node for one drill: anvil on a free port of the loopback, ended with the drill however that ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { Refused } from '../../kernel/refusal.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import { whenLeaving } from '../leaving.ts'
import { refuse } from '../refusals.ts'

/** It is up in well under a second; slower, and the drill's own pace would mean nothing. */
const START_MS_MAX = 15 * SECOND_MS
/** It ends at once when asked; one that does not is killed. */
const STOP_MS_MAX = 3 * SECOND_MS
const OUTPUT_CHARS_MAX = 2_000
const LISTENING = /Listening on (127\.0\.0\.1:[0-9]{1,5})/
const CPUS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

export interface Anvil {
  readonly url: string
  stop(): Promise<void>
}

const cannot = (why: string, cause?: unknown): Refused =>
  new Refused(refuse('DRILL-005', `anvil: ${why}`.slice(0, 500)), { cause })

/**
 * The program itself, not the script that starts it: a killed script would leave the program running. Its package is an optional
 * dependency of anvil's, so it is looked for from there.
 */
function binary(): string {
  const { platform, arch } = process
  const name = `@foundry-rs/anvil-${platform}-${CPUS[arch] ?? arch}/bin/anvil${platform === 'win32' ? '.exe' : ''}`
  try {
    const require = createRequire(import.meta.url)
    return createRequire(require.resolve('@foundry-rs/anvil/bin.mjs')).resolve(name)
  } catch (cause) {
    throw cannot(`no program for ${platform} on ${arch} is installed`, cause)
  }
}

/** Resolves with the address it listens on, or rejects with `DRILL-005`. */
async function listening(child: ChildProcess): Promise<string> {
  let said = ''
  let timer: NodeJS.Timeout | undefined
  const heard = new Promise<string>((done, failed) => {
    const late = `did not start within ${START_MS_MAX / SECOND_MS} s`
    timer = setTimeout(() => failed(cannot(late)), START_MS_MAX)
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-OUTPUT_CHARS_MAX)
      const found = LISTENING.exec(said)?.[1]
      if (found !== undefined) done(found)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', (cause) => failed(cannot(cause.message, cause)))
    child.once('exit', (code, signal) => failed(cannot(`ended with ${signal ?? code}: ${said.trim().slice(-200)}`)))
  })
  return heard.finally(() => clearTimeout(timer))
}

/** A block each `blockSeconds`, as a real chain has it. Port 0: the system gives a free one. */
export async function startAnvil(blockSeconds: number): Promise<Anvil> {
  const args = ['--host', '127.0.0.1', '--port', '0', '--accounts', '1', '--block-time', String(blockSeconds)]
  const child = spawn(binary(), args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  const kill = (): void => void child.kill('SIGKILL')
  const forget = whenLeaving(kill)
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const timer = setTimeout(kill, STOP_MS_MAX)
    await ended
    clearTimeout(timer)
    forget()
  }
  try {
    return { url: `http://${await listening(child)}`, stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}
