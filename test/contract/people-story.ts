/** The story's chapter of people: the founder alone, then a team that proposes, approves, vetoes, loses keys and is attacked. */
import { isRefusal } from '../../src/kernel/refusal.ts'
import {
  approvalChallenge,
  type Proposal,
  proposalDigest,
  proposalSchema,
} from '../../src/rooms/access/engine/approval/index.ts'
import { readPackFile } from '../../src/world/packs/read.ts'
import { namedPasskey, ORIGIN, RP_ID } from '../kit/passkey.ts'
import { CODE, hashOf } from '../kit/team.ts'
import { eventOf, type Teller } from './teller.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
const CHAIN = 'eip155:1'
const ETHER = `${CHAIN}/slip44:60`
const HALT = { scope: 'wallet:hot-1', reason: 'a drill' }
const SITE = { deployment: 'story', rp_id: RP_ID, origins: [ORIGIN] }

const TEAM = {
  kim: ['operator'],
  lee: ['operator', 'finance'],
  park: ['approver'],
  choi: ['approver', 'compliance'],
  jung: ['guardian'],
} as const

const newKey = (name: string) => ({
  ...{ ...namedPasskey(name).credential, algorithm: 'EdDSA', aaguid: '00000000-0000-0000-0000-000000000000' },
  ...{ format: 'none', label: `${name}’s` },
})

type Act = (act: string, parameters: object) => void

/** All acts of people, on what the chapters before have left. `pack` is the file of rules. */
export function tellPeople(teller: Teller, incident: string, pack: string): void {
  const { tell, pass } = teller
  tell('console.list', { files: [{ path: 'index.html', sha256: 'c'.repeat(64) }] }, 'host')
  hold(teller, 'w-p1', 'service')
  tell('founder.enrol', { person: 'kim', roles: [...TEAM.kim], site: SITE, key: newKey('kim') }, 'enrolment')
  const alone: Act = (act, parameters) =>
    void tell('proposal.make', { act, parameters, reason: 'founding' }, 'person:kim')
  const { kim: _, ...others } = TEAM
  for (const [person, roles] of Object.entries(others)) {
    alone('person.invite', { person, roles, contact: 'staff directory', accounts: [`${person}@story.example`] })
    enrol(teller, person, person)
  }
  everyAct(teller, alone, { incident, pack, withdrawal: 'w-p1', person: 'han', by: 'founding' })
  tell('founding.close', {}, 'person:kim')
  hold(teller, 'w-p2', 'service:founding-signer')
  everyAct(teller, together(teller), { incident, pack, withdrawal: 'w-p2', person: 'yoon', by: 'team' })
  endings(teller)
  callBack(teller)
  sessions(teller)
  attack(teller)
  pass(26 * HOUR)
}

/** Over its limit, so that somebody must let it go. */
function hold({ tell }: Teller, withdrawal: string, by: string): void {
  const to = `${CHAIN}:0x${'4'.repeat(40)}`
  tell('withdrawal.request', { withdrawal, wallet: 'hot-1', asset: ETHER, amount: '1004', to }, by)
}

/** Whoever asked for somebody to be let in hands out no link; while founding there is only one. */
function enrol({ tell, now, app }: Teller, person: string, key: string): void {
  const by = app.rooms.access.state.founded_at === undefined ? 'person:kim' : 'person:jung'
  const token_hash = hashOf(`link of ${key}`)
  tell('enrolment.issue', { person, token_hash, expires_at: now() + HOUR }, by)
  tell('key.enrol', { person, token_hash, key: newKey(key) }, 'enrolment')
}

function propose({ tell }: Teller, person: string, act: string, parameters: object): Proposal {
  const made = tell('proposal.make', { act, parameters, reason: 'a story' }, `person:${person}`)
  return proposalSchema.parse(eventOf(made, 'proposal.made').proposal)
}

function approve({ tell }: Teller, person: string, proposal: Proposal): void {
  const assertion = namedPasskey(person).sign({ challenge: approvalChallenge(proposal) })
  const data = { proposal: proposal.proposal, digest: proposalDigest(proposal), assertion }
  tell('proposal.approve', data, `person:${person}`)
}

function heard({ tell, now }: Teller, { proposal, proposed_by }: Proposal): void {
  const shown = { proposal, code_hash: hashOf(CODE), expires_at: now() + 10 * MINUTE }
  tell('call.open', shown, `person:${proposed_by}`)
  tell('call.answer', { proposal, code: CODE }, 'person:park')
}

/** Proposed by one, called back where asked for, signed by as many others as it takes now, and waited for. */
const together =
  (teller: Teller): Act =>
  (act, parameters) => {
    const proposal = propose(teller, act === 'key.add' ? 'lee' : 'kim', act, parameters)
    if (proposal.terms.call_back === true) heard(teller, proposal)
    const { approvals_min, time_lock_ms, at_risk } = proposal.terms
    const spans = [...teller.app.rooms.access.state.alerts.risks.values()].flat()
    const isRisky = spans.some(({ until }) => until === undefined)
    const [more, longer] = isRisky ? [at_risk?.approvals_added ?? 0, at_risk?.time_lock_added_ms ?? 0] : [0, 0]
    for (const person of ['park', 'choi', 'jung'].slice(0, approvals_min + more)) approve(teller, person, proposal)
    teller.pass(time_lock_ms + longer)
  }

interface Named {
  readonly incident: string
  readonly pack: string
  readonly withdrawal: string
  readonly person: string
  readonly by: string
}

/** Each of the acts that nobody does alone. */
function everyAct(teller: Teller, act: Act, { incident, pack, withdrawal, person, by }: Named): void {
  const { tell, app } = teller
  act('withdrawal.release', { withdrawal, reason: 'the customer was called' })
  const rules = readPackFile(pack)
  if (isRefusal(rules)) throw new Error(rules.detail)
  act('pack.load', rules)
  tell('halt.raise', HALT, 'person:lee')
  const left = openCase(teller)
  act('recipient.set', { authority: 'KISA', language: 'ko', channel: 'mail', to: `${by}@example.org` })
  const unit = { en: 'Security', ko: '보안팀' }
  act('reporter.set', { platform: { en: 'Demo', ko: '데모' }, unit, contact: `${by}@example.org` })
  act('fund.set', { fund: 'own', krw: by === 'team' ? '300' : '200', evidence: 'board minutes' })
  act('repayment.pay', { incident, wallets: [{ asset: ETHER, wallet: 'warm-1' }] })
  const notice = [...(left?.notices.values() ?? [])].find(
    ({ channel, status }) => channel !== 'none' && status === 'drafted',
  )
  act('notice.approve', { notice: notice?.notice ?? '', drafted_at: notice?.drafted_at ?? 0 })
  for (const { met_at, obligation } of [...(left?.clocks.values() ?? [])]) {
    const met = { incident: left?.incident ?? '', obligation: obligation.obligation, evidence: 'by telephone' }
    if (met_at === undefined) act('clock.meet', met)
  }
  act('incident.close', { incident: left?.incident ?? '', summary: 'a drill' })
  act('halt.lift', HALT)
  act('wallet.register', {
    ...{
      wallet: `cold-${by}`,
      kind: 'cold',
      chain: CHAIN,
      account: `${CHAIN}:0x${(by === 'team' ? '6' : '8').repeat(40)}`,
    },
    assets: [{ asset: ETHER, symbol: 'ETH', decimals: 18 }],
  })
  const limit = { asset: ETHER, withdrawal_max: '1000', window_max: '5000', window_seconds: 3_600, wallet: 'hot-1' }
  const times = { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: by === 'team' ? 86_400 : 43_200 }
  act('policy.set', { ...times, limits: [limit, { ...limit, wallet: 'warm-1', window_max: '6000' }] })
  aboutPeople(teller, act, person, by)
  act('approvals.set', { acts: app.rooms.access.state.policies.at(-1)?.acts ?? [] })
  act('site.set', SITE)
}

/** A case that the chapters before have left open. */
const openCase = ({ app }: Teller) =>
  [...app.rooms.incident.state.cases.values()].findLast(({ closed_at }) => closed_at === undefined)

function aboutPeople(teller: Teller, act: Act, person: string, by: string): void {
  const { tell, pass } = teller
  act('person.invite', { person, roles: ['investigator'] })
  enrol(teller, person, person)
  act('person.change', { person, roles: ['auditor'], contact: 'staff directory' })
  tell('person.suspend', { person, reason: 'seen elsewhere' }, `person:${by === 'team' ? 'jung' : 'lee'}`)
  act('person.restore', { person, reason: 'it was a twin' })
  act('key.recover', { person, reason: 'lost on a train' })
  enrol(teller, person, `${person} again`)
  act('key.add', { person: by === 'team' ? 'lee' : 'kim', key: newKey(`second of ${by}`) })
  tell('risk.raise', { person: 'lee', why: 'a device that nobody knows' }, 'watch')
  act('risk.clear', { person: 'lee', reason: 'a new laptop' })
  const scopes = ['withdrawal.request']
  act('service.register', { service: `${by}-signer`, scopes, public_key: (by === 'team' ? 'B' : 'A').repeat(43) })
  pass(SECOND)
}

/** Stalled and tried again, vetoed, taken back, and approved too late or when it could not be done any more. */
function endings(teller: Teller): void {
  const { tell, pass } = teller
  hold(teller, 'w-p3', 'service:team-signer')
  const stalled = propose(teller, 'kim', 'withdrawal.release', { withdrawal: 'w-p3', reason: 'called' })
  tell('halt.raise', HALT, 'person:lee')
  for (const name of ['park', 'choi']) approve(teller, name, stalled)
  together(teller)('halt.lift', HALT)
  tell('proposal.execute', { proposal: stalled.proposal }, 'person:kim')
  tell('halt.raise', HALT, 'person:lee')
  const vetoed = propose(teller, 'kim', 'halt.lift', HALT)
  tell('proposal.veto', { proposal: vetoed.proposal, reason: 'not yet' }, 'person:jung')
  const back = propose(teller, 'kim', 'halt.lift', HALT)
  tell('proposal.withdraw', { proposal: back.proposal, reason: 'a slip' }, 'person:kim')
  const parameters = { person: 'song', roles: ['finance'] }
  const [first, second] = ['kim', 'lee'].map((name) => propose(teller, name, 'person.invite', parameters))
  for (const one of [first, second]) {
    if (one !== undefined) for (const name of ['park', 'choi']) approve(teller, name, one)
  }
  pass(30 * MINUTE)
  const late = propose(teller, 'kim', 'person.change', { person: 'song', roles: ['investigator'] })
  approve(teller, 'park', late)
  propose(teller, 'lee', 'halt.lift', HALT)
  pass(25 * HOUR)
}

/** Wrong codes, and then the right one. */
function callBack(teller: Teller): void {
  const { tell, now } = teller
  const { proposal } = propose(teller, 'kim', 'key.add', { person: 'kim', key: newKey('third of kim') })
  tell('call.open', { proposal, code_hash: hashOf(CODE), expires_at: now() + MINUTE }, 'person:kim')
  tell('call.answer', { proposal, code: '0000-0000-0000' }, 'person:park')
  tell('call.answer', { proposal, code: CODE }, 'person:park')
}

function sessions({ tell, now }: Teller): void {
  const opened = (person: string) =>
    tell(
      'session.open',
      {
        ...{ person, key: namedPasskey(person).credential.id, token_hash: hashOf(`cookie of ${person}`) },
        ...{ device: 'd'.repeat(43), from: '203.0.113.0/24', expires_at: now() + HOUR, sign_count: 0 },
      },
      `person:${person}`,
    )
  const { session } = eventOf(opened('kim'), 'session.opened')
  opened('lee')
  tell('session.end', { session: session ?? '', reason: 'the end of the day' }, 'person:kim')
  tell('service.remove', { service: 'founding-signer', reason: 'replaced' }, 'person:kim')
}

/** A log tells of an administrator, a cookie is used without its device, and one key is reported lost. */
function attack({ tell, now }: Teller): void {
  const why = { en: 'a device that the account never used', ko: '처음 보는 기기' }
  const detection = { at: now(), why, line: 7, lines: [7], account: 'lee@story.example' }
  const upload = { source: 'okta', digest: hashOf('a log'), part: 0, parts: 1, events: 100, rejected: 2, late: 0 }
  const rest = {
    untold: 0,
    first_line: 1,
    lines: 102,
    read_before: hashOf(''),
    read: hashOf('read'),
    state: hashOf('x'),
  }
  const detections = [{ ...detection, detector: 'new_credential', severity: 'high' }]
  tell('admin.report', { ...upload, ...rest, memory: 'lost', detections }, 'service:team-signer')
  const attempt = { what: 'APPROVAL-007', person: 'choi', from: '203.0.113.7', detail: 'a cookie alone', count: 3 }
  tell('attempt.note', { ...attempt, stolen: true }, 'door')
  tell('key.lose', { key: namedPasskey('choi').credential.id, reason: 'left on a train' }, 'person:choi')
}
