/** Thieves among the ordinary days: what each attack does, and which detectors ought to speak on its lines. */

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/kernel/time.ts'
import type { Detector } from '../src/rooms/access/engine/index.ts'
import { ABROAD, DAYS, type Log, type Made, put, type Role, type Someone, START, whole } from './admin-people.ts'

export interface Attack {
  readonly id: number
  readonly kind: string
  readonly aims: readonly Detector[]
}

/** A month to learn, then attacks. */
const FROM_DAY = 30

interface Kind {
  readonly kind: string
  readonly role: Role
  readonly aims: readonly Detector[]
  readonly run: (log: Log, who: Someone, at: number, attack: number, others: readonly Someone[]) => void
}

const elsewhere = (log: Log): Made['src_endpoint'] => ABROAD[whole(log, 3)] ?? {}

const KINDS: readonly Kind[] = [
  {
    kind: 'stolen password, from abroad',
    role: 'staff',
    aims: ['new_device', 'new_network', 'new_country'],
    run: (log, who, at, attack) =>
      put(log, who, at, ['sign_in'], 'sign_in', { attack, device: `thief ${attack}`, src_endpoint: elsewhere(log) }),
  },
  {
    kind: 'stolen password, imitated client, minutes after the owner',
    role: 'staff',
    aims: ['impossible_travel'],
    run(log, who, at, attack) {
      put(log, who, at, ['sign_in'], 'sign_in')
      put(log, who, at + 30 * MINUTE_MS, ['sign_in'], 'sign_in', { attack, src_endpoint: elsewhere(log) })
    },
  },
  {
    kind: 'power at night from the owner’s machine',
    role: 'admin',
    aims: ['off_hours_privilege'],
    run: (log, who, at, attack) =>
      put(log, who, at + 15 * HOUR_MS, ['privileged'], who.operations[0] ?? 'UpdateUser', {
        attack,
        src_endpoint: who.home,
      }),
  },
  {
    kind: 'an ordinary account uses power',
    role: 'staff',
    aims: ['first_privileged_act'],
    run: (log, who, at, attack) => put(log, who, at + HOUR_MS, ['privileged'], 'CreateUser', { attack }),
  },
  {
    kind: 'all secrets at once',
    role: 'admin',
    aims: ['secret_burst'],
    run(log, who, at, attack) {
      for (let read = 0; read < 60; read += 1) {
        put(log, who, at + 2 * HOUR_MS + read * 10_000, ['secret_read'], 'GetSecretValue', { attack })
      }
    },
  },
  {
    kind: 'help desk deceived',
    role: 'admin',
    aims: ['mfa_reset_then_privilege'],
    run(log, who, at, attack, others) {
      const desk = others.find(({ role }) => role === 'admin') ?? who
      const thief = { attack, device: `thief ${attack}`, src_endpoint: { ...who.home, network: 'AS17554' } }
      put(log, desk, at, ['mfa_reset', 'privileged'], 'reset_all', { user: who.user, attack })
      put(log, who, at + HOUR_MS, ['sign_in'], 'sign_in', thief)
      put(log, who, at + 2 * HOUR_MS, ['privileged'], 'AddToGroup', thief)
    },
  },
  {
    kind: 'stolen session',
    role: 'staff',
    aims: ['session_two_networks'],
    run(log, who, at, attack) {
      const session = `stolen ${attack}`
      put(log, who, at, ['sign_in'], 'sign_in', { session })
      put(log, who, at + HOUR_MS, [], 'read', {
        session,
        attack,
        device: 'curl',
        src_endpoint: { ...who.home, network: 'AS14061' },
      })
    },
  },
  {
    kind: 'an identity provider of the thief',
    role: 'admin',
    aims: ['new_identity_provider'],
    run: (log, who, at, attack) =>
      put(log, who, at + HOUR_MS, ['trust_changed', 'privileged'], 'CreateIdp', { attack }),
  },
  {
    kind: 'an administrator of the thief',
    role: 'admin',
    aims: ['new_admin'],
    run: (log, who, at, attack) =>
      put(log, who, at + HOUR_MS, ['admin_granted', 'privileged'], 'GrantAdmin', { attack, user: `helper${attack}` }),
  },
  {
    kind: 'the log goes dark',
    role: 'admin',
    aims: ['logging_off'],
    run: (log, who, at, attack) =>
      put(log, who, at + HOUR_MS, ['logging_off', 'privileged'], 'StopLogging', { attack }),
  },
  {
    kind: 'guessed password',
    role: 'staff',
    aims: ['sign_in_failures'],
    run(log, who, at, attack) {
      const thief = { attack, device: `thief ${attack}`, src_endpoint: { ...who.home, network: 'AS60781' } }
      for (let miss = 0; miss < 12; miss += 1) {
        put(log, who, at + miss * 30_000, ['sign_in'], 'sign_in', { ...thief, status_id: 2 })
      }
      put(log, who, at + 10 * MINUTE_MS, ['sign_in'], 'sign_in', thief)
    },
  },
]

/** Each kind so often. */
const EACH = 25

export function attacks(log: Log, staff: readonly Someone[]): Attack[] {
  const done: Attack[] = []
  const active = staff.filter(({ until }) => until === DAYS)
  for (const { kind, role, aims, run } of KINDS) {
    const victims = active.filter((who) => who.role === role).slice(role === 'admin' ? 5 : 0)
    for (let count = 0; count < EACH; count += 1) {
      const who = victims[whole(log, victims.length)]
      const day = FROM_DAY + whole(log, DAYS - FROM_DAY)
      if (who === undefined) continue
      const weekday = day % 7 > 4 ? day - 2 : day
      run(log, who, START + weekday * DAY_MS + (who.from + 2) * HOUR_MS, done.length, staff)
      done.push({ id: done.length, kind, aims })
    }
  }
  for (const who of staff.filter(({ until }) => until < DAYS)) {
    const at = START + (who.until + 35 + whole(log, DAYS - who.until - 36)) * DAY_MS + 11 * HOUR_MS
    put(log, who, at, ['sign_in'], 'sign_in', { attack: done.length, src_endpoint: who.home })
    done.push({ id: done.length, kind: 'an account of somebody who left', aims: ['dormant_account'] })
  }
  return done
}
