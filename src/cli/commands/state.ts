/** `pasu state`: the first page of the console in a few lines. */
import { throughDoor } from '../door.ts'
import { type Row, rowOf, rowsOf, say, when } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { facts } from '../table.ts'

function lines(state: Row): [string, string][] {
  const clock = rowOf(state.nearest_clock)
  const waiting = rowOf(state.waiting)
  const journal = rowOf(state.journal)
  const halts = rowsOf(state.halts).map(
    (halt) => `${say(halt, 'scope')} since ${when(halt, 'since')}: ${say(halt, 'reason')}`,
  )
  const watchers = rowsOf(state.watchers).map(
    (one) => `${say(one, 'chain')} ${say(one, 'status')} at ${say(one, 'height')}`,
  )
  return [
    ['platform', `${say(state, 'platform')}, Pasu ${say(state, 'version')}`],
    ['status', say(state, 'status').toUpperCase()],
    ...halts.map((text): [string, string] => ['halt', text]),
    ['open incidents', say(state, 'incidents_open')],
    [
      'nearest clock',
      clock.due_at === undefined
        ? '-'
        : `${say(clock, 'obligation')} to ${say(clock, 'authority')}, due ${when(clock, 'due_at')}`,
    ],
    ['waiting for a person', `${say(waiting, 'notices')} notices, ${say(waiting, 'holds')} held withdrawals`],
    ['waiting to leave', `${say(waiting, 'outbox')} effects`],
    ...watchers.map((text): [string, string] => ['watcher', text]),
    ['journal', `${say(journal, 'size')} entries, root ${say(journal, 'root')}`],
    [
      'verified',
      journal.verified_at == null
        ? 'not since the start'
        : `${say(journal, 'verified_size')} entries, ${when(journal, 'verified_at')}`,
    ],
  ]
}

export const state: Spec = {
  usage: 'state',
  summary: 'Whether all is well: halts, incidents, clocks, watchers, journal head',
  exits: [0, 3, 4, 70],
  run: (context) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('GET', '/v1/state')
      context.print(answer, facts(lines(rowOf(answer))))
      return 0
    }),
}
