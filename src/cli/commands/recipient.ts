/** `pasu recipient`: where notices go. */
import { neededText } from '../context.ts'
import { throughDoor } from '../door.ts'
import { rowsOf, say } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

const columns = ['authority', 'language', 'channel', 'to']

export const recipient: Spec = {
  usage: 'recipient',
  summary: 'Set and list where notices go',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'list',
      summary: 'Where notices go now',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', '/v1/recipients')
          const rows = rowsOf(answer).map((row) => columns.map((name) => say(row, name)))
          context.print(answer, table(columns, rows, 'No recipient is set: notices are drafted and cannot be sent.'))
          return 0
        }),
    },
    {
      usage: 'set <authority>',
      summary: 'Set where notices to an authority go',
      options: [
        { flags: '--language <language>', summary: 'of the notice', choices: ['ko', 'en'], needed: true },
        { flags: '--channel <channel>', summary: 'how it goes', choices: ['mail', 'webhook'], needed: true },
        { flags: '--to <address>', summary: 'a mail address, or an https URL', needed: true },
      ],
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu recipient set KISA --language ko --channel mail --to report@example.org'],
      run: (context, [authority = '']) =>
        throughDoor(context, async (door) => {
          const [language, channel, to] = ['language', 'channel', 'to'].map((name) => neededText(context, name))
          const body = { authority, language: String(language), channel: String(channel), to: String(to) }
          context.print(
            await door.ask('PUT', '/v1/recipients', body),
            `Notices to ${authority} go by ${channel} to ${to}.`,
          )
          return 0
        }),
    },
  ],
}
