/** `pasu repayment`: planning and paying what customers are owed. */
import type { Json } from '../../kernel/canonical.ts'
import { neededText, numberOf } from '../context.ts'
import { noteWaiting, throughDoor } from '../door.ts'
import { refused } from '../refusals.ts'
import { money, part, rowOf, rowsOf, say, won } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { facts, table } from '../table.ts'

const incidentOption = { flags: '--incident <id>', summary: 'the incident', needed: true }
/** As many as one command takes. */
const PAY_MAX = 50

function standing(answer: Json): string {
  const row = rowOf(answer)
  return facts([
    ['planned', `${say(row, 'planned')} repayments, ${won(row.planned_krw)} in all`],
    ['repaid', `${say(row, 'settled')} repayments, ${won(row.repaid_krw)}`],
    ['refused', say(row, 'refused')],
  ])
}

/** `eip155:1/slip44:60=hot-1` */
function walletsOf(words: readonly string[]): { asset: string; wallet: string }[] {
  return words.map((word) => {
    const at = word.lastIndexOf('=')
    if (at <= 0) throw refused('CLI-001', `"${word.slice(0, 60)}" names no wallet`, { expected: '<asset>=<wallet>' })
    return { asset: word.slice(0, at), wallet: word.slice(at + 1) }
  })
}

const list: Spec = {
  usage: 'list',
  summary: 'The repayments of an incident',
  options: [incidentOption],
  exits: [0, 2, 3, 4, 70],
  run: (context) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('GET', `/v1/repayments?incident=${part(neededText(context, 'incident'))}`)
      const { items, summary } = rowOf(answer)
      const rows = rowsOf(items).map((row) => [
        say(row, 'repayment'),
        say(row, 'customer'),
        money(row),
        won(row.krw),
        say(row, 'status'),
        say(row, 'tx'),
      ])
      const told = table(
        ['repayment', 'customer', 'amount', 'value', 'status', 'transaction'],
        rows,
        'Nothing is planned.',
        [2, 3],
      )
      context.print(answer, `${standing(summary ?? null)}\n\n${told}`)
      return 0
    }),
}

const plan: Spec = {
  usage: 'plan',
  summary: 'Plan every claim that has no plan yet, and reserve the money',
  options: [incidentOption],
  exits: [0, 2, 3, 4, 70],
  run: (context) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('POST', '/v1/repayments/plan', { incident: neededText(context, 'incident') })
      context.print(answer, standing(answer))
      return 0
    }),
}

const pay: Spec = {
  usage: 'pay <asset=wallet...>',
  summary: 'Ask the gate for the next planned repayments, out of these wallets',
  options: [
    incidentOption,
    { flags: '--count <n>', summary: `how many at most, up to ${PAY_MAX} (default: ${PAY_MAX})` },
  ],
  exits: [0, 2, 3, 4, 70],
  examples: ['pasu repayment pay eip155:1/slip44:60=hot-1 --incident incident-41-1'],
  run: (context, words) =>
    throughDoor(context, async (door) => {
      const incident = neededText(context, 'incident')
      const body = { incident, wallets: walletsOf(words), count_max: numberOf(context, 'count', 1, PAY_MAX) ?? PAY_MAX }
      const answer = await door.ask('POST', '/v1/repayments/pay', body)
      context.print(answer, standing(answer))
      noteWaiting(context, door)
      return 0
    }),
}

export const repayment: Spec = {
  usage: 'repayment',
  summary: 'Plan, pay and list repayments',
  exits: [0, 2, 3, 4, 70],
  inner: [list, plan, pay],
}
