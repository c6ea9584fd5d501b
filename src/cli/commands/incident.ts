/** `pasu incident`: cases, their clocks and notices. */
import type { Json } from '../../kernel/canonical.ts'
import { neededText } from '../context.ts'
import { noteWaiting, throughDoor } from '../door.ts'
import { money, part, type Row, rowOf, rowsOf, say, when, won } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { facts, table } from '../table.ts'

const listed = (answer: Json): string =>
  table(
    ['incident', 'kind', 'severity', 'status', 'chain', 'wallet', 'aware at', 'thefts', 'clocks'],
    rowsOf(answer).map((row) => [
      ...['incident', 'kind', 'severity', 'status', 'chain', 'wallet'].map((name) => say(row, name)),
      ...[when(row, 'aware_at'), say(row, 'thefts'), say(row, 'clocks_running')],
    ]),
    'There are no incidents.',
    [7, 8],
  )

function told(row: Row): string {
  const clocks = rowsOf(row.clocks).map((clock) => [
    say(clock, 'obligation'),
    say(clock, 'authority'),
    when(clock, 'due_at'),
    say(clock, 'status'),
  ])
  const notices = rowsOf(row.notices).map((one) =>
    ['notice', 'authority', 'language', 'channel', 'status'].map((name) => say(one, name)),
  )
  const losses = rowsOf(row.loss).map((loss) => [money(loss), won(loss.krw)])
  const times = rowsOf(row.timeline).map((item) => [
    when(item, 'at'),
    say(item, 'index'),
    say(item, 'kind'),
    say(item, 'text'),
  ])
  return [
    facts([
      ['incident', `${say(row, 'incident')} (${say(row, 'kind')}, ${say(row, 'severity')}, ${say(row, 'status')})`],
      ['summary', say(row, 'summary')],
      ['happened', when(row, 'happened_at')],
      ['aware', when(row, 'aware_at')],
      ['closed', when(row, 'closed_at')],
    ]),
    table(['obligation', 'to', 'due', 'status'], clocks, 'No clocks run.'),
    table(['notice', 'to', 'language', 'channel', 'status'], notices, 'No notices are drafted.'),
    table(['loss', 'value'], losses, 'No loss is recorded.', [0, 1]),
    table(['at', 'index', 'kind', 'fact'], times, 'The time line is empty.', [1]),
  ].join('\n\n')
}

const act =
  (path: string, member: string): NonNullable<Spec['run']> =>
  (context, [id = '']) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('POST', `/v1/incidents/${part(id)}/${path}`, {
        [member]: neededText(context, member),
      })
      context.print(answer, `${id}: done.`)
      noteWaiting(context, door)
      return 0
    })

export const incident: Spec = {
  usage: 'incident',
  summary: 'List, show, annotate and close incidents',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'list',
      summary: 'All incidents',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', '/v1/incidents')
          context.print(answer, listed(answer))
          return 0
        }),
    },
    {
      usage: 'show <incident>',
      summary: 'One incident: clocks, notices, loss, time line',
      exits: [0, 2, 3, 4, 70],
      run: (context, [id = '']) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', `/v1/incidents/${part(id)}`)
          context.print(answer, told(rowOf(answer)))
          return 0
        }),
    },
    {
      usage: 'note <incident>',
      summary: 'Add a remark to the time line',
      options: [{ flags: '--text <text>', summary: 'the remark, in one line', needed: true }],
      exits: [0, 2, 3, 4, 70],
      run: act('notes', 'text'),
    },
    {
      usage: 'close <incident>',
      summary: 'Close an incident',
      options: [{ flags: '--summary <text>', summary: 'how it ended, in one line', needed: true }],
      exits: [0, 2, 3, 4, 70],
      run: act('close', 'summary'),
    },
  ],
}
