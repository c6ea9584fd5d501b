/** A room without business: it says back what it hears. It proves that `src/machine` knows no room. */
import { z } from 'zod'
import { refuser } from '../../src/kernel/refusal.ts'
import { instantSchema } from '../../src/kernel/time.ts'
import { Machine } from '../../src/machine/index.ts'
import { none, type Playbook } from '../../src/machine/playbook.ts'
import { type OpenRoom, openRoom, type Room } from '../../src/machine/room.ts'

const commands = {
  'echo.say': z.strictObject({ word: z.string().max(70_000), times: z.number().int().min(0).max(10).default(1) }),
  'echo.answer': z.strictObject({ word: z.string() }),
  'echo.remind': z.strictObject({ word: z.string(), at: instantSchema }),
  'echo.shout': z.strictObject({ word: z.string() }),
} as const

const events = {
  'echo.said': z.strictObject({ word: z.string(), id: z.string() }),
  'echo.answered': z.strictObject({ word: z.string() }),
  'echo.planned': z.strictObject({ word: z.string(), at: instantSchema }),
  'echo.reminded': z.strictObject({ word: z.string() }),
} as const

const refusals = {
  'ECHO-001': {
    kind: 'denied',
    title: { en: 'Silence', ko: '침묵' },
    help: { en: 'Say something.', ko: '말하십시오.' },
  },
} as const
const refuse = refuser(refusals)

export interface EchoState {
  readonly said: Map<string, number>
  readonly plans: { word: string; at: number }[]
  answered: number
}

export const echoRoom: Room<EchoState, typeof commands, typeof events, { deaf: () => boolean }> = {
  name: 'echo',
  stateVersion: 1,
  commands,
  events,
  refusals,
  urgent: ['echo.shout'],
  initial: () => ({ said: new Map(), plans: [], answered: 0 }),
  decide: {
    'echo.say': (_state, { word, times }, turn) => {
      if (word === '') return refuse('ECHO-001', 'nothing was said', { field: 'word' })
      if (word === 'crash') throw new Error('the echo fell over')
      return Array.from({ length: times }, () => ({
        type: 'echo.said' as const,
        data: { word, id: turn.newId('echo') },
      }))
    },
    'echo.answer': (_state, { word }, turn) =>
      turn.needs.deaf() ? refuse('ECHO-001', 'nobody hears it') : [{ type: 'echo.answered', data: { word } }],
    'echo.remind': (_state, { word, at }) => [{ type: 'echo.planned', data: { word, at } }],
    'echo.shout': (_state, { word }) => [{ type: 'echo.answered', data: { word } }],
  },
  evolve: {
    'echo.said': (state, { word }) => {
      if (word === 'poison') throw new Error('the fold choked')
      state.said.set(word, (state.said.get(word) ?? 0) + 1)
    },
    'echo.answered': (state) => {
      state.answered += 1
    },
    'echo.planned': (state, plan) => {
      state.plans.push(plan)
      state.plans.sort((a, b) => a.at - b.at)
    },
    'echo.reminded': (state) => void state.plans.shift(),
  },
  due: (state) => state.plans[0]?.at,
  tick: (state, turn) =>
    state.plans
      .filter((plan) => plan.at <= turn.at)
      .map(({ word }) => ({ type: 'echo.reminded' as const, data: { word } })),
}

/** `echo.said` is answered; the word `loop` is answered for ever; `mail` leaves through the outbox. */
export const echoPlaybook: Playbook = {
  'echo.said': {
    commands: ({ word }) => (word === 'quiet' ? [] : [{ type: 'echo.answer', data: { word } }]),
    effects: ({ word }) => (word === 'mail' ? [{ kind: 'echo.mail', data: { word } }] : []),
  },
  'echo.answered': {
    commands: ({ word }) => (word === 'loop' ? [{ type: 'echo.answer', data: { word } }] : []),
  },
  'echo.planned': none,
  'echo.reminded': none,
  'outbox.delivered': none,
  'outbox.failed': none,
  'outbox.abandoned': none,
  'consequence.refused': none,
}

export interface Echo {
  readonly machine: Machine
  readonly echo: OpenRoom<EchoState>
}

export function openEcho(deaf = (): boolean => false, room = echoRoom): Echo {
  const echo = openRoom(room, () => ({ deaf }))
  return { machine: new Machine([echo], echoPlaybook), echo }
}
