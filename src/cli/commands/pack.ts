/** `pasu pack`: rule packs, the law as data. */
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { throughDoor } from '../door.ts'
import { rowsOf, say } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

export const pack: Spec = {
  usage: 'pack',
  summary: 'Load and list rule packs',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'list',
      summary: 'The packs that are loaded',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', '/v1/packs')
          const rows = rowsOf(answer).map((row) => [
            ...['pack', 'jurisdiction', 'as_of'].map((name) => say(row, name)),
            String(rowsOf(row.obligations).length),
            say(row, 'digest'),
          ])
          context.print(
            answer,
            table(['pack', 'jurisdiction', 'as of', 'obligations', 'digest'], rows, 'No pack is loaded.', [3]),
          )
          return 0
        }),
    },
    {
      usage: 'load <file>',
      summary: 'Load a rule pack from a YAML file; its hash is journaled',
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu pack load packs/kr.yaml'],
      async run(context, [file = '']) {
        const { readPackFile } = await import('../../world/packs/read.ts')
        const data = readPackFile(file)
        if (isRefusal(data)) throw new Refused(data)
        return throughDoor(context, async (door) => {
          const answer = await door.ask('POST', '/v1/packs', data)
          context.print(
            answer,
            `${data.pack} of ${data.as_of} is loaded: ${data.obligations.length} obligations, ${data.digest}`,
          )
          return 0
        })
      },
    },
  ],
}
