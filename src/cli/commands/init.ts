/** `pasu init`: a new data folder. */

import { initFolder } from '../../world/folder.ts'
import { textOf } from '../context.ts'
import { firstLink } from '../first-link.ts'
import type { Spec } from '../spec.ts'
import { facts } from '../table.ts'

export const init: Spec = {
  usage: 'init',
  summary: 'Make a data folder: settings, signing keys, tokens, an empty journal',
  more: 'Makes the data folder: config.json, keys/journal.key, keys/permit.key, host.token and enrol.token (files of mode 0600) and an empty journal, and says by which link the first person enrols. Refuses a folder that holds anything.',
  options: [{ flags: '--platform <name>', summary: 'the platform that this deployment guards (default: pasu)' }],
  exits: [0, 2, 3, 70],
  examples: ['pasu init --data /var/lib/pasu --platform example-exchange'],
  run(context) {
    const made = initFolder(context.folder, {
      platform: textOf(context, 'platform') ?? 'pasu',
      language: context.language,
    })
    const { path, paths, journalSigner, config } = made
    const link = firstLink(made)
    const told = {
      folder: path,
      platform: config.platform,
      config: paths.config,
      host_token: paths.hostToken,
      enrol_token: paths.enrolToken,
      link,
      vkey: journalSigner.vkey,
    }
    const lines = facts([
      ['data folder', path],
      ['settings', paths.config],
      ['host token', paths.hostToken],
      ['journal key', journalSigner.vkey],
    ])
    context.print(
      told,
      `${lines}\n\nGive the journal key to whoever shall check your journal. Next: pasu serve, then open this link once, to\nenrol the first person; whoever has it can:\n\n  ${link}`,
    )
    return 0
  },
}
