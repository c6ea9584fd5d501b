/** `pasu fund`: the money that liability is met with. */
import { neededText } from '../context.ts'
import { throughDoor } from '../door.ts'
import { rowsOf, say, won } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

export const fund: Spec = {
  usage: 'fund',
  summary: 'Set and list reserve, insurance and own funds',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'list',
      summary: 'The funds in the order in which they are drawn on',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', '/v1/funds')
          const rows = rowsOf(answer).map((row) => [say(row, 'fund'), won(row.krw), won(row.drawn), won(row.left)])
          context.print(answer, table(['fund', 'budget', 'drawn', 'left'], rows, 'No fund is set.', [1, 2, 3]))
          return 0
        }),
    },
    {
      usage: 'set <fund> <krw>',
      summary: 'Set the budget of a fund (reserve, insurance or own) in whole won',
      options: [{ flags: '--evidence <text>', summary: 'what shows that the money is there', needed: true }],
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu fund set reserve 67000000000 --evidence "bank statement of 30 September"'],
      run: (context, [name = '', krw = '']) =>
        throughDoor(context, async (door) => {
          const body = { fund: name, krw, evidence: neededText(context, 'evidence') }
          context.print(await door.ask('PUT', '/v1/funds', body), `${name}: ${won(krw)}`)
          return 0
        }),
    },
  ],
}
