/** `pasu policy`: limits and times of the gate. */
import { throughDoor } from '../door.ts'
import { readJson } from '../files.ts'
import type { Spec } from '../spec.ts'

export const policy: Spec = {
  usage: 'policy',
  summary: 'Show and replace the policy of the gate',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'show',
      summary: 'The policy in force',
      exits: [0, 3, 4, 70],
      run: (context) =>
        throughDoor(context, async (door) => {
          const answer = await door.ask('GET', '/v1/policy')
          context.print(answer, JSON.stringify(answer, null, 2))
          return 0
        }),
    },
    {
      usage: 'set <file>',
      summary: 'Replace the policy by that of a JSON file',
      more: 'The file: {"permit_seconds", "landing_seconds", "hold_seconds_max", "limits": [{"wallet", "asset", "withdrawal_max", "window_max", "window_seconds"}]}; amounts are strings of base units.',
      exits: [0, 2, 3, 4, 70],
      run(context, [file = '']) {
        const body = readJson(file)
        return throughDoor(context, async (door) => {
          context.print(await door.ask('PUT', '/v1/policy', body), 'The policy is in force.')
          return 0
        })
      },
    },
  ],
}
