/** `pasu claim`: what customers held of what was stolen. */
import { CLAIMS_MAX } from '../../rooms/liability/messages.ts'
import { neededText } from '../context.ts'
import { throughDoor } from '../door.ts'
import { readObjects } from '../files.ts'
import type { Spec } from '../spec.ts'
import { progressBar } from '../terminal.ts'

export const claim: Spec = {
  usage: 'claim',
  summary: 'File customers’ claims',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'file <file>',
      summary: 'File claims of an incident from a JSON file',
      more: 'The file holds a list of {"claim", "customer", "asset", "amount", "pay_to"}; amounts are strings of base units.',
      options: [{ flags: '--incident <id>', summary: 'the incident', needed: true }],
      exits: [0, 2, 3, 4, 70],
      run(context, [file = '']) {
        const claims = readObjects(file)
        return throughDoor(context, async (door) => {
          const incident = neededText(context, 'incident')
          const bar = progressBar(context.terminal, 'filing')
          const answers = []
          for (let at = 0; at < claims.length; at += CLAIMS_MAX) {
            answers.push(await door.ask('POST', '/v1/claims', { incident, claims: claims.slice(at, at + CLAIMS_MAX) }))
            bar(Math.min(at + CLAIMS_MAX, claims.length), claims.length)
          }
          bar.end()
          context.print(answers.at(-1) ?? null, `${claims.length} claims are filed for ${incident}.`)
          return 0
        })
      },
    },
  ],
}
