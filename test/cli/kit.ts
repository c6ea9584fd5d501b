/** The command line in this process, with its output caught. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../src/cli/run.ts'
import { VERSION } from '../../src/world/version.ts'

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'pasu-cli-'))

export async function pasu(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  let out = ''
  let err = ''
  const code = await run(argv, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isWatched: false,
    columns: 80,
    env,
    rehearsal: true,
  })
  return { code, out, err }
}

/** What differs from run to run, replaced by a word: so that a session can be compared as text. */
export const masked = (text: string, folder: string): string =>
  text
    .replaceAll(folder, 'DATA')
    .replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC · (\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}:\d{2} KST/g, 'TIME')
    // A time is longer where it is another day in Korea, and columns grow with it.
    .replace(/ {2,}/g, '  ')
    .replace(/\b17\d{11}\b/g, 'MS')
    .replaceAll(`Pasu ${VERSION}`, 'Pasu VERSION')
    .replace(/[+][0-9a-f]{8}[+][A-Za-z0-9+/]{44}/g, '+HASH+KEY')
    .replace(/enrol#[A-Za-z0-9_-]{43}/g, 'enrol#TOKEN')
    .replace(/\b[0-9a-f]{64}\b/g, 'DIGEST')
