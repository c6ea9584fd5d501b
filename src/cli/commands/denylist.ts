/** `pasu denylist`: addresses to which nothing may go. */
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { parseDenyList } from '../../world/files/index.ts'
import { neededText, textOf } from '../context.ts'
import { throughDoor } from '../door.ts'
import { readBytes } from '../files.ts'
import { part, rowOf, say } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { progressBar } from '../terminal.ts'

const importList: Spec = {
  usage: 'import <file>',
  summary: 'Import a list of addresses, one a line, such as a sanctions list',
  options: [
    { flags: '--list <name>', summary: 'the list’s name, such as OFAC-SDN', needed: true },
    { flags: '--source <text>', summary: 'where it comes from, with its date', needed: true },
    { flags: '--chain <caip2>', summary: 'the chain of the addresses; without it they are denied on any chain' },
  ],
  exits: [0, 2, 3, 4, 70],
  examples: ['pasu denylist import eth.txt --list OFAC-SDN --source "OFAC SDN list, 27 Sep 2024"'],
  run(context, [file = '']) {
    const options = {
      list: neededText(context, 'list'),
      source: neededText(context, 'source'),
      chain: textOf(context, 'chain'),
    }
    const read = parseDenyList(readBytes(file), file, options)
    if (isRefusal(read)) throw new Refused(read)
    const { addresses, parts } = read
    return throughDoor(context, async (door) => {
      const bar = progressBar(context.terminal, 'importing')
      let answer = await door.ask('GET', '/v1/denylist')
      let done = 0
      for (const data of parts) {
        answer = await door.ask('POST', '/v1/denylist', data)
        done += data.addresses.length
        bar(done, addresses.length)
      }
      bar.end()
      context.print(
        answer,
        `${addresses.length} addresses of ${options.list} imported; ${say(rowOf(answer), 'entries')} are denied in all.`,
      )
      return 0
    })
  },
}

const check: Spec = {
  usage: 'check <address>',
  summary: 'Whether an address is denied, and by which list',
  exits: [0, 2, 3, 4, 70],
  run: (context, [address = '']) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('GET', `/v1/denylist?address=${part(address)}`)
      const row = rowOf(answer)
      context.print(
        answer,
        row.denied === true ? `${address} is denied by ${say(row, 'lists')}.` : `${address} is on no list.`,
      )
      return 0
    }),
}

export const denylist: Spec = {
  usage: 'denylist',
  summary: 'Import and ask the lists of denied addresses',
  exits: [0, 2, 3, 4, 70],
  inner: [importList, check],
}
