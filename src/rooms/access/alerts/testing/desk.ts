/** Alerts alone, as a room of their own on the real machine's parts: a command is checked, decided and folded. */
import type { z } from 'zod'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { type Message, openRoom, type Room } from '../../../../machine/room.ts'
import { decideAlerts } from '../decide.ts'
import { evolveAlerts } from '../fold.ts'
import { commands, events } from '../messages.ts'
import type { AlertsNeeds } from '../needs.ts'
import { alertRefusals } from '../refusals.ts'
import { type AlertsState, initialAlerts } from '../state.ts'
import { alertsPage, PAGE_MAX } from '../views.ts'

type Commands = typeof commands
type Command = keyof Commands
type Report = z.input<Commands['admin.report']>
export type Detected = Report['detections'][number]

export const BYTES = `sha256:${'b'.repeat(64)}`
const READ = `sha256:${'c'.repeat(64)}`
const BEFORE = `sha256:${'0'.repeat(64)}`

export const detection = (change: Partial<Detected> = {}): Detected => ({
  at: Date.UTC(2026, 1, 6, 3),
  detector: 'new_device',
  severity: 'medium',
  account: 'kim@exchange.example',
  why: { en: 'a device that the account never used', ko: '처음 보는 기기' },
  line: 7,
  lines: [7],
  ...change,
})

export const report = (change: Partial<Report> = {}): Report => ({
  ...{ source: 'okta', digest: BYTES, part: 0, parts: 1, events: 100, rejected: 2, late: 0, untold: 0 },
  ...{ first_line: 1, lines: 102, read_before: BEFORE, read: READ, state: READ, memory: 'first', detections: [] },
  ...change,
})

export const needs: AlertsNeeds = {
  personOfAccount: (account) => (account === 'kim@exchange.example' ? 'kim.minji' : undefined),
  personKnown: (person) => person === 'kim.minji',
}

export const alertsRoom: Room<AlertsState, Commands, typeof events, AlertsNeeds> = {
  name: 'alerts',
  stateVersion: 1,
  commands,
  events,
  refusals: alertRefusals,
  initial: initialAlerts,
  decide: decideAlerts,
  evolve: evolveAlerts,
}

export class Desk {
  readonly #room = openRoom(alertsRoom, () => needs)
  at = Date.UTC(2026, 1, 6, 3)
  #index = 0
  #turn = 0

  get state(): AlertsState {
    return this.#room.state
  }

  pass(ms: number): void {
    this.at += ms
  }

  /** What the command makes, folded. Throws where it is refused. */
  tell<K extends Command>(type: K, data: z.input<Commands[K]>): readonly Message[] {
    const made = this.#decide({ type, data })
    if (isRefusal(made)) throw new Error(`${made.code} ${made.detail}`)
    for (const event of made) {
      this.#index += 1
      this.#room.evolve(event, { at: this.at, by: 'service:feed', index: this.#index })
    }
    return made
  }

  /** The number of the refusal, or nothing. */
  refused<K extends Command>(type: K, data: z.input<Commands[K]>): string | undefined {
    const made = this.#decide({ type, data })
    return isRefusal(made) ? made.code : undefined
  }

  #decide(command: Message): readonly Message[] | Refusal {
    const data = this.#room.check(command)
    if (isRefusal(data)) return data
    this.#turn += 1
    let made = 0
    const newId = (prefix: string): string => `${prefix}-${this.#turn}-${++made}`
    return this.#room.decide({ type: command.type, data }, { at: this.at, by: 'service:feed', newId })
  }
}

/** The newest page as the endpoint gives it. */
export function alertsOf(state: AlertsState): { readonly [key: string]: unknown }[] {
  const page = alertsPage(state, { limit: PAGE_MAX, before: undefined })
  return (page as { items: { [key: string]: unknown }[] }).items
}
