/** `pasu journal`: the log for strangers. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { exportLog, logPaths, openJournal } from '../../journal/index.ts'
import { fromUtf8 } from '../../kernel/bytes.ts'
import { readFolder } from '../../world/folder.ts'
import type { Context } from '../context.ts'
import { type Door, openDoor, runningServer } from '../door.ts'
import type { ExitCode } from '../exit.ts'
import { why, writeNew } from '../files.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'
import { progressBar } from '../terminal.ts'

interface Exported {
  readonly size: number
  readonly vkey: string
}

function exportHere(context: Context, target: string): Exported {
  const { paths, journalSigner } = readFolder(context.folder)
  const opened = openJournal({ folder: paths.journal, signer: journalSigner })
  const bar = progressBar(context.terminal, 'writing')
  try {
    exportLog(opened, target, bar)
    return { size: opened.size, vkey: opened.vkey }
  } finally {
    bar.end()
    opened.close()
  }
}

async function fileOf(door: Door, path: string): Promise<Uint8Array> {
  const bytes = await door.file(`/journal/${path}`)
  if (bytes === undefined) throw refused('CLI-003', `the server has no /journal/${path}`)
  return bytes
}

/** A running server holds the journal; it serves the same files. The checkpoint is taken first, and what it covers is fetched. */
async function exportFrom(context: Context, door: Door, target: string): Promise<Exported> {
  const checkpoint = await fileOf(door, 'checkpoint')
  const size = Number(fromUtf8(checkpoint).split('\n', 2)[1])
  const paths = [...logPaths({ size })]
  const bar = progressBar(context.terminal, 'fetching')
  for (const [done, path] of paths.entries()) {
    mkdirSync(dirname(join(target, path)), { recursive: true })
    writeNew(join(target, path), path === 'checkpoint' ? checkpoint : await fileOf(door, path))
    bar(done + 1, paths.length)
  }
  bar.end()
  return { size, vkey: fromUtf8(await fileOf(door, 'vkey')).trim() }
}

function makeTarget(folder: string): string {
  const target = resolve(folder)
  try {
    if (existsSync(target) && readdirSync(target).length > 0) {
      throw refused('CLI-001', `${target} holds something already`, { field: 'dir', expected: 'a new or empty folder' })
    }
    mkdirSync(target, { recursive: true })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) throw refused('CLI-007', `${target}: ${why(cause)}`, { cause })
    throw cause
  }
  return target
}

export const journal: Spec = {
  usage: 'journal',
  summary: 'Export the journal as static files',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'export <dir>',
      summary: 'Write checkpoint, tiles, entries and the verifier key (C2SP tlog-tiles) to a new folder',
      more: 'Writes the log as static files: checkpoint, tile/…, tile/entries/… and vkey. Anyone can check them with the key alone, for example with Go’s golang.org/x/mod. Beside a running server it fetches the same files from there.',
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu journal export ./log'],
      async run(context, [folder = '']): Promise<ExitCode> {
        readFolder(context.folder)
        const target = makeTarget(folder)
        const running = runningServer(context.folder) !== undefined
        const { size, vkey } = running
          ? await exportFrom(context, await openDoor(context), target)
          : exportHere(context, target)
        context.print({ folder: target, size, vkey }, `${size} entries are written to ${target}.\nKey: ${vkey}`)
        return 0
      },
    },
  ],
}
