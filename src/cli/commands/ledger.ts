/** `pasu ledger`: the books. */
import { throughDoor } from '../door.ts'
import { writeNew } from '../files.ts'
import { rowOf, rowsOf, say } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

export const ledger: Spec = {
  usage: 'ledger',
  summary: 'Show balances and export the ledger',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'show',
      summary: 'The balance of every account in every asset, in base units',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', '/v1/ledger')
          const rows = rowsOf(rowOf(answer).accounts).map((row) =>
            ['account', 'asset', 'balance'].map((name) => say(row, name)),
          )
          context.print(answer, table(['account', 'asset', 'balance'], rows, 'The ledger is empty.', [2]))
          return 0
        }),
    },
    {
      usage: 'export [file]',
      summary: 'Write the ledger as a journal that hledger reads, to a new file or standard output',
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu ledger export books.journal && hledger -f books.journal check'],
      run: (context, [file]) =>
        throughDoor(context, async (door) => {
          const text = String(await door.ask('GET', '/v1/ledger.journal'))
          if (file === undefined) {
            context.print({ journal: text }, text)
            return 0
          }
          writeNew(file, text)
          context.print({ file, bytes: Buffer.byteLength(text) }, `The ledger is written to ${file}.`)
          return 0
        }),
    },
  ],
}
