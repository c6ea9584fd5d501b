/** `pasu halt`: no permits for a scope, until it is lifted. Works with and without a running server. */
import type { Json } from '../../kernel/canonical.ts'
import { type Context, neededText } from '../context.ts'
import { noteWaiting, throughDoor } from '../door.ts'
import { refused } from '../refusals.ts'
import { rowOf, rowsOf, say, when } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

const reason = { flags: '--reason <text>', summary: 'why, in one line; it stands in the journal', needed: true }

function show(context: Context, answer: Json): void {
  const { halts, halt_epoch } = rowOf(answer)
  const rows = rowsOf(halts).map((halt) => [
    say(halt, 'scope'),
    when(halt, 'since'),
    say(halt, 'by'),
    say(halt, 'reason'),
  ])
  const head = `Halt epoch ${String(halt_epoch ?? '-')}`
  context.print(answer, `${head}\n${table(['scope', 'since', 'by', 'reason'], rows, 'Nothing is halted.')}`)
}

const act =
  (path: string): NonNullable<Spec['run']> =>
  (context, [scope]) => {
    if (scope === undefined) {
      throw refused('CLI-001', 'a scope is missing', {
        expected: 'all, chain:<CAIP-2>, wallet:<name> or asset:<CAIP-19>',
      })
    }
    return throughDoor(context, async (door) => {
      show(context, await door.ask('POST', path, { scope, reason: neededText(context, 'reason') }))
      noteWaiting(context, door)
      return 0
    })
  }

export const halt: Spec = {
  usage: 'halt',
  summary: 'Stop permits for everything, a chain, a wallet or an asset; lift and list halts',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'raise <scope>',
      usual: true,
      summary: 'Stop permits for a scope; evacuations go on. "pasu halt <scope>" is the same',
      options: [reason],
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu halt all --reason "key suspected"', 'pasu halt chain:eip155:1 --reason "unpermitted transfer"'],
      run: act('/v1/halts'),
    },
    {
      usage: 'lift <scope>',
      summary: 'Let permits be given again',
      options: [reason],
      exits: [0, 2, 3, 4, 70],
      run: act('/v1/halts/lift'),
    },
    {
      usage: 'list',
      summary: 'Halts in force',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          show(context, await door.ask('GET', '/v1/halts'))
          return 0
        }),
    },
  ],
}
