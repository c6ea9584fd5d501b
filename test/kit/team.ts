/** A platform's people with software passkeys, before a whole machine in memory: what they do is what any person could do. */
import { type App, openApp } from '../../src/app.ts'
import { type Bytes, sha256, toHex, utf8 } from '../../src/kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { HOUR_MS } from '../../src/kernel/time.ts'
import type { Recorded, TurnDone } from '../../src/machine/index.ts'
import { TICK } from '../../src/machine/index.ts'
import type { Data } from '../../src/machine/room.ts'
import {
  approvalChallenge,
  type Proposal,
  proposalDigest,
  proposalSchema,
} from '../../src/rooms/access/engine/approval/index.ts'
import type { Role } from '../../src/rooms/access/index.ts'
import { T0 } from './given.ts'
import { ORIGIN, type Passkey, passkey, RP_ID, type Said } from './passkey.ts'

export const SITE = { deployment: 'exchange', rp_id: RP_ID, origins: [ORIGIN] }
export const CODE = '7K2Q-M9XA-R4TD'
export const hashOf = (text: string): string => `sha256:${toHex(sha256(utf8(text)))}`

/** Two who run it, three who approve: the smallest team that can lose any one person. */
export const TEAM: Readonly<Record<string, readonly Role[]>> = {
  kim: ['operator'],
  lee: ['operator', 'finance'],
  park: ['approver'],
  choi: ['approver', 'compliance'],
  jung: ['guardian'],
}

export interface Team {
  readonly app: App
  readonly keys: ReadonlyMap<string, Passkey>
  /** Every entry so far. */
  readonly recorded: readonly Recorded[]
  readonly entries: readonly Bytes[]
  now(): number
  pass(ms: number): void
  /** As `person:<name>`; throws on a refusal, so that a story can't go on past one by accident. */
  as(name: string, type: string, data: Data): readonly Recorded[]
  /** The refusal's code, or `done`. */
  asked(name: string, type: string, data: Data): string
  /** Any actor at all. */
  run(by: string, type: string, data: Data): TurnDone | Refusal
  /** Proposes as a person. */
  propose(name: string, act: string, parameters: Data, reason?: string): Proposal
  /** What `proposal.approve` takes of somebody who was shown `proposal`. */
  signed(name: string, proposal: Proposal, change?: Partial<Said>): Data
  /** Approved by all of these, called back where asked for, and the lock waited for. */
  carry(proposal: Proposal, approvers: readonly string[]): readonly Recorded[]
  outcome(proposal: Proposal): string
}

const newKey = ({ credential: { sign_count, ...rest } }: Passkey) => ({
  ...{ ...rest, algorithm: 'ES256', aaguid: '00000000-0000-0000-0000-000000000000' },
  ...{ format: 'none', label: 'test key', sign_count },
})

export function openTeam(members: Readonly<Record<string, readonly Role[]>> = TEAM): Team {
  const app = openApp({ platform: 'exchange', version: '' })
  const keys = new Map(Object.keys(members).map((name) => [name, passkey()] as const))
  const recorded: Recorded[] = []
  const entries: Bytes[] = []
  let now = T0
  const run: Team['run'] = (by, type, data) => {
    const done = app.machine.run({ type, data, by }, now)
    if (isRefusal(done)) return done
    recorded.push(...done.recorded)
    entries.push(...done.entries)
    return done
  }
  const told = (by: string, type: string, data: Data): readonly Recorded[] => {
    const done = run(by, type, data)
    if (isRefusal(done)) throw new Error(`${by} ${type}: ${done.code} ${done.detail}`)
    return done.recorded
  }
  const pass = (ms: number): void => {
    now += ms
    for (let due = app.machine.due(); due !== undefined && due <= now; due = app.machine.due()) run('clock', TICK, {})
  }
  const keyOf = (name: string): Passkey => {
    const key = keys.get(name)
    if (key === undefined) throw new Error(`${name} has no key`)
    return key
  }
  const team: Team = {
    ...{ app, keys, recorded, entries, run, pass },
    now: () => now,
    as: (name, type, data) => told(`person:${name}`, type, data),
    asked: (name, type, data) => {
      const done = run(`person:${name}`, type, data)
      return isRefusal(done) ? done.code : 'done'
    },
    propose(name, act, parameters, reason = 'a test') {
      const made = team.as(name, 'proposal.make', { act, parameters: parameters as never, reason, origin: {} })
      return proposalSchema.parse(made.find(({ type }) => type === 'proposal.made')?.data.proposal)
    },
    signed: (name, proposal, change = {}) => ({
      ...{ proposal: proposal.proposal, digest: proposalDigest(proposal) },
      assertion: { ...keyOf(name).sign({ challenge: approvalChallenge(proposal), ...change }) },
    }),
    carry(proposal, approvers) {
      const before = recorded.length
      const id = proposal.proposal
      if (proposal.terms.call_back === true) {
        team.as(proposal.proposed_by, 'call.open', { proposal: id, code_hash: hashOf(CODE), expires_at: now + 600_000 })
        team.as(approvers[0] ?? '', 'call.answer', { proposal: id, code: CODE })
      }
      for (const name of approvers) team.as(name, 'proposal.approve', team.signed(name, proposal))
      pass(proposal.terms.time_lock_ms)
      return recorded.slice(before)
    },
    outcome: ({ proposal }) => {
      const found = app.rooms.access.state.proposals.get(proposal)
      return found?.ended?.state ?? 'open'
    },
  }
  found(team, members, newKey, keyOf)
  return team
}

/** The first enrols, lets the others in, and closes founding. */
function found(
  team: Team,
  members: Readonly<Record<string, readonly Role[]>>,
  described: (key: Passkey) => ReturnType<typeof newKey>,
  keyOf: (name: string) => Passkey,
): void {
  const [[founder, roles] = ['', []], ...others] = Object.entries(members)
  team.run('enrolment', 'founder.enrol', {
    person: founder,
    roles: [...roles],
    site: SITE,
    key: described(keyOf(founder)),
  })
  for (const [person, theirs] of others) {
    const token_hash = hashOf(`link of ${person}`)
    const parameters = {
      person,
      roles: [...theirs],
      contact: 'staff directory',
      accounts: [`${person}@exchange.example`],
    }
    team.as(founder, 'proposal.make', { act: 'person.invite', parameters, reason: 'founding', origin: {} })
    team.as(founder, 'enrolment.issue', { person, token_hash, expires_at: team.now() + HOUR_MS })
    team.run('enrolment', 'key.enrol', { person, token_hash, key: described(keyOf(person)) })
  }
  team.as(founder, 'founding.close', {})
}
