/** `pasu wallet`: the wallets that the deployment guards. */
import { neededText } from '../context.ts'
import { noteWaiting, throughDoor } from '../door.ts'
import { readObjects } from '../files.ts'
import { money, part, rowsOf, say } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

const list: Spec = {
  usage: 'list',
  summary: 'Wallets with what they hold',
  exits: [0, 3, 4, 70],
  run: (context) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('GET', '/v1/wallets')
      const rows = rowsOf(answer).flatMap((wallet) =>
        rowsOf(wallet.assets).map((asset) => [
          ...['wallet', 'kind', 'chain'].map((name) => say(wallet, name)),
          money({ ...asset, amount: asset.holding }),
          say(wallet, 'halted'),
          say(wallet, 'refuge'),
        ]),
      )
      context.print(
        answer,
        table(['wallet', 'kind', 'chain', 'holding', 'halted', 'refuge'], rows, 'There are no wallets.', [3]),
      )
      return 0
    }),
}

const register: Spec = {
  usage: 'register <file>',
  summary: 'Register wallets from a JSON file',
  more: 'The file holds one wallet or a list of them: {"wallet", "kind": "hot"|"warm"|"cold", "chain", "account", "refuge"?, "assets": [{"asset", "symbol", "decimals"}]}, with CAIP ids. Registering a refuge is the standing approval of an evacuation to it.',
  exits: [0, 2, 3, 4, 70],
  examples: ['pasu wallet register wallets.json'],
  run(context, [file = '']) {
    const wallets = readObjects(file)
    return throughDoor(context, async (door) => {
      const answers = []
      for (const wallet of wallets) answers.push(await door.ask('POST', '/v1/wallets', wallet))
      context.print(answers, `${wallets.length} ${wallets.length === 1 ? 'wallet' : 'wallets'} registered.`)
      return 0
    })
  },
}

const evacuate: Spec = {
  usage: 'evacuate <wallet>',
  summary: 'Move what is left of a wallet to its refuge, now',
  options: [{ flags: '--reason <text>', summary: 'why, in one line', needed: true }],
  exits: [0, 2, 3, 4, 70],
  run: (context, [wallet = '']) =>
    throughDoor(context, async (door) => {
      const body = { reason: neededText(context, 'reason') }
      context.print(
        await door.ask('POST', `/v1/wallets/${part(wallet)}/evacuate`, body),
        `The evacuation of ${wallet} is ordered.`,
      )
      noteWaiting(context, door)
      return 0
    }),
}

export const wallet: Spec = {
  usage: 'wallet',
  summary: 'Register, list and evacuate wallets',
  exits: [0, 2, 3, 4, 70],
  inner: [list, register, evacuate],
}
