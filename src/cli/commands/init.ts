/** `pasu init`: a new data folder. */
import { initFolder } from '../../world/folder.ts'
import { textOf } from '../context.ts'
import type { Spec } from '../spec.ts'
import { facts } from '../table.ts'

export const init: Spec = {
  usage: 'init',
  summary: 'Make a data folder: settings, signing keys, tokens, an empty journal',
  more: 'Makes the data folder: config.json, keys/journal.key, keys/permit.key, operator.token and service.token (files of mode 0600) and an empty journal. Refuses a folder that holds anything.',
  options: [{ flags: '--platform <name>', summary: 'the platform that this deployment guards (default: pasu)' }],
  exits: [0, 2, 3, 70],
  examples: ['pasu init --data /var/lib/pasu --platform example-exchange'],
  run(context) {
    const made = initFolder(context.folder, {
      platform: textOf(context, 'platform') ?? 'pasu',
      language: context.language,
    })
    const { path, paths, journalSigner, config } = made
    const told = {
      folder: path,
      platform: config.platform,
      config: paths.config,
      operator_token: paths.operatorToken,
      service_token: paths.serviceToken,
      vkey: journalSigner.vkey,
    }
    const lines = facts([
      ['data folder', path],
      ['settings', paths.config],
      ['operator token', paths.operatorToken],
      ['service token', paths.serviceToken],
      ['journal key', journalSigner.vkey],
    ])
    context.print(told, `${lines}\n\nGive the journal key to whoever shall check your journal. Next: pasu serve`)
    return 0
  },
}
