/**
 * The outbox: effects that wait for the outside. It is a room like any other, so what waits is a fold of the journal: a restart
 * loses nothing, and delivers again only what nobody reported as delivered. Receivers tell repeats by the idempotency key.
 */
import { z } from 'zod'
import { refuser } from '../kernel/refusal.ts'
import { DAY_MS, HOUR_MS, type Instant, instantSchema, SECOND_MS } from '../kernel/time.ts'
import type { Effect } from './playbook.ts'
import type { Data, Message, Room } from './room.ts'

/** First wait after a failed delivery; each further wait doubles. */
export const RETRY_FIRST_MS = 2 * SECOND_MS
/** No longer wait than this: an authority's mail server that comes back is used within the quarter hour. */
export const RETRY_WAIT_MAX_MS = HOUR_MS / 4
/** Given up after about a day and a half of quarter hours; a person was told long before. */
export const ATTEMPTS_MAX = 150
/** A delivery that takes longer than a day is stuck, not slow. */
export const DELIVERY_MS_MAX = DAY_MS

const keySchema = z.string().regex(/^[0-9]{1,15}\.[0-9]{1,3}$/, 'expected a key such as "4711.0"')
const kindSchema = z.string().min(1).max(60)
const dataSchema = z.record(z.string(), z.json()) as z.ZodType<Data>

export const outboxRefusals = {
  'OUTBOX-001': {
    kind: 'missing',
    title: { en: 'No such effect is waiting', ko: '대기 중인 전송 작업이 아닙니다' },
    help: {
      en: 'It was delivered or given up before; nothing to do.',
      ko: '이미 전송되었거나 중단되었습니다. 조치할 것이 없습니다.',
    },
  },
} as const

const refuse = refuser(outboxRefusals)

const report = z.strictObject({ key: keySchema, detail: z.string().max(300) })
const waiting = report.extend({ kind: kindSchema, data: dataSchema })

const commands = {
  'outbox.confirm': report,
  'outbox.fail': report,
} as const

const events = {
  /** `data` is the effect's own, so that the playbook can say what follows; `detail` is the receipt. */
  'outbox.delivered': waiting,
  'outbox.failed': waiting.extend({ attempts: z.number().int(), retry_at: instantSchema }),
  'outbox.abandoned': waiting,
} as const

export interface Waiting extends Effect {
  readonly key: string
  readonly since: Instant
  readonly attempts: number
  readonly retryAt: Instant
}

export interface OutboxState {
  readonly waiting: Map<string, Waiting>
}

export const retryWait = (attempts: number): number =>
  Math.min(RETRY_FIRST_MS * 2 ** Math.min(attempts - 1, 30), RETRY_WAIT_MAX_MS)

export const outboxRoom: Room<OutboxState, typeof commands, typeof events, undefined> = {
  name: 'outbox',
  stateVersion: 1,
  commands,
  events,
  refusals: outboxRefusals,
  urgent: ['outbox.confirm', 'outbox.fail'],
  initial: () => ({ waiting: new Map() }),
  decide: {
    'outbox.confirm': (state, { key, detail }) => {
      const item = state.waiting.get(key)
      if (item === undefined) return refuse('OUTBOX-001', `effect ${key} is not waiting`, { field: 'key' })
      return [{ type: 'outbox.delivered', data: { key, detail, kind: item.kind, data: item.data } }]
    },
    'outbox.fail': (state, { key, detail }, turn) => {
      const item = state.waiting.get(key)
      if (item === undefined) return refuse('OUTBOX-001', `effect ${key} is not waiting`, { field: 'key' })
      const attempts = item.attempts + 1
      if (attempts >= ATTEMPTS_MAX) {
        return [{ type: 'outbox.abandoned', data: { key, detail, kind: item.kind, data: item.data } }]
      }
      const retry_at = turn.at + retryWait(attempts)
      return [{ type: 'outbox.failed', data: { key, detail, kind: item.kind, data: item.data, attempts, retry_at } }]
    },
  },
  evolve: {
    'outbox.delivered': (state, { key }) => void state.waiting.delete(key),
    'outbox.abandoned': (state, { key }) => void state.waiting.delete(key),
    'outbox.failed': (state, { key, attempts, retry_at }) => {
      const item = state.waiting.get(key)
      if (item !== undefined) state.waiting.set(key, { ...item, attempts, retryAt: retry_at })
    },
  },
}

/** Called by the machine for each effect of each event, live and on replay alike. */
export function enqueue(state: OutboxState, index: number, place: number, effect: Effect, at: Instant): void {
  const key = `${index}.${place}`
  state.waiting.set(key, { ...effect, key, since: at, attempts: 0, retryAt: at })
}

export const confirm = (key: string, detail: string): Message => ({ type: 'outbox.confirm', data: { key, detail } })
export const fail = (key: string, detail: string): Message => ({ type: 'outbox.fail', data: { key, detail } })
