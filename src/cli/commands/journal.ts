/** `pasu journal`: the log for strangers. */
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { exportLog, openJournal } from '../../journal/index.ts'
import { readFolder } from '../../world/folder.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'

export const journal: Spec = {
  usage: 'journal',
  summary: 'Export the journal as static files',
  exits: [0, 2, 3, 70],
  inner: [
    {
      usage: 'export <dir>',
      summary: 'Write checkpoint, tiles, entries and the verifier key (C2SP tlog-tiles) to a new folder',
      more: 'Writes the log as static files: checkpoint, tile/…, tile/entries/… and vkey. Anyone can check them with the key alone, for example with Go’s golang.org/x/mod. A running server holds the journal: read its /journal/ instead, or stop it first.',
      exits: [0, 2, 3, 70],
      examples: ['pasu journal export ./log'],
      run(context, [folder = '']) {
        const target = resolve(folder)
        if (existsSync(target) && readdirSync(target).length > 0) {
          throw refused('CLI-001', `${target} holds something already`, {
            field: 'dir',
            expected: 'a new or empty folder',
          })
        }
        const { paths, journalSigner } = readFolder(context.folder)
        const opened = openJournal({ folder: paths.journal, signer: journalSigner })
        try {
          exportLog(opened, target)
          const told = { folder: target, size: opened.size, vkey: opened.vkey }
          context.print(told, `${opened.size} entries are written to ${target}.\nKey: ${opened.vkey}`)
          return 0
        } finally {
          opened.close()
        }
      },
    },
  ],
}
