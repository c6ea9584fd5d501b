/** `pasu notice`: what is drafted for authorities and customers, and its approval. */
import { neededText, textOf } from '../context.ts'
import { type Door, noteWaiting, throughDoor } from '../door.ts'
import { refused } from '../refusals.ts'
import { part, type Row, rowOf, rowsOf, say, when } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { facts, table } from '../table.ts'

/** Notices of all cases, or of one. */
async function noticesOf(door: Door, incident: string | undefined): Promise<Row[]> {
  const ids =
    incident === undefined
      ? rowsOf(await door.ask('GET', '/v1/incidents')).map((row) => say(row, 'incident'))
      : [incident]
  const found: Row[] = []
  for (const id of ids) {
    const { notices } = rowOf(await door.ask('GET', `/v1/incidents/${part(id)}`))
    found.push(...rowsOf(notices).map((row) => ({ incident: id, ...row })))
  }
  return found
}

const columns = ['notice', 'incident', 'obligation', 'authority', 'language', 'channel', 'status']

function letter(row: Row): string {
  const head = facts([
    ['notice', `${say(row, 'notice')} (${say(row, 'status')})`],
    ['to', `${say(row, 'authority')} by ${say(row, 'channel')}: ${say(row, 'to')}`],
    ['drafted', when(row, 'drafted_at')],
    ['sent', when(row, 'sent_at')],
    ['subject', say(row, 'subject')],
  ])
  return `${head}\n\n${say(row, 'body')}`
}

const act =
  (
    path: string,
    body: (context: Parameters<NonNullable<Spec['run']>>[0]) => Record<string, string>,
  ): NonNullable<Spec['run']> =>
  (context, [id = '']) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('POST', `/v1/notices/${part(id)}/${path}`, body(context))
      context.print(answer, `${id}: ${say(rowOf(answer), 'status')}`)
      noteWaiting(context, door)
      return 0
    })

export const notice: Spec = {
  usage: 'notice',
  summary: 'List, read, approve and acknowledge notices',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'list',
      summary: 'Notices of all incidents, or of one',
      options: [{ flags: '--incident <id>', summary: 'only of this incident' }],
      exits: [0, 2, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const found = await noticesOf(door, textOf(context, 'incident'))
          const rows = found.map((row) => columns.map((name) => say(row, name)))
          context.print(found, table(columns, rows, 'There are no notices.'))
          return 0
        }),
    },
    {
      usage: 'show <notice>',
      summary: 'The text of a notice',
      exits: [0, 2, 3, 4, 70],
      run: (context, [id = '']) =>
        throughDoor(context, async (door) => {
          const row = (await noticesOf(door, undefined)).find((one) => one.notice === id)
          if (row === undefined) throw refused('CLI-006', `there is no notice ${id}`)
          context.print(row as { [key: string]: never }, letter(row))
          return 0
        }),
    },
    {
      usage: 'approve <notice>',
      summary: 'Approve a draft: it is sent',
      exits: [0, 2, 3, 4, 70],
      run: act('approve', () => ({})),
    },
    {
      usage: 'redraft <notice>',
      summary: 'Draw the text again from the case as it is now',
      exits: [0, 2, 3, 4, 70],
      run: act('redraft', () => ({})),
    },
    {
      usage: 'acknowledge <notice>',
      summary: 'Note that the receiver confirmed it',
      options: [{ flags: '--reference <text>', summary: 'the receiver’s reference', needed: true }],
      exits: [0, 2, 3, 4, 70],
      run: act('acknowledge', (context) => ({ reference: neededText(context, 'reference') })),
    },
  ],
}
