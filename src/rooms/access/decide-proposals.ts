/** Proposing, approving, vetoing, executing. The rules of approval are the engine's; this asks it and says what follows. */
import { sha256, toHex, utf8 } from '../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { MINUTE_MS } from '../../kernel/time.ts'
import type { DataOf, Decide, Decision, MessageOf, Turn } from '../../machine/room.ts'
import { isGuarded } from './acts.ts'
import { approvalsFault } from './approvals-rules.ts'
import { caseOf, outcomeOf } from './cases.ts'
import { executionFault, proposalDigest, propose, verifyApproval, vetoFault } from './engine/approval/index.ts'
import { personOf } from './guard.ts'
import type { commands, events } from './messages.ts'
import type { proposalCommands } from './messages-proposals.ts'
import type { AccessNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type AccessState, activePerson, type ProposalState, phaseOf, policyNow, rosterIn } from './state.ts'

type Commands = typeof commands
type Events = typeof events
type Event = MessageOf<Events>
type Decided = Decision<Events>
type Asking = Turn<AccessNeeds>

/** A proposal for each of a large team's open wishes; more is a flood in which one is overlooked. */
const OPEN_PER_PERSON_MAX = 20
/** Long enough to dial and to read twelve characters aloud. */
export const CALL_MS_MAX = 15 * MINUTE_MS

/** Of whoever is a person. What acts through no person, such as the terminal of the host, proposes and approves nothing. */
function speaker(state: AccessState, by: string): string | Refusal {
  const person = personOf(by)
  if (person === undefined) return refuse('ACCESS-015', `${by} is no person`, { field: 'by' })
  const found = activePerson(state, person)
  return isRefusal(found) ? found : person
}

function openProposal(state: AccessState, id: string): ProposalState | Refusal {
  const found = state.proposals.get(id)
  if (found === undefined) return refuse('ACCESS-013', `there is no proposal ${id}`, { field: 'proposal' })
  if (found.ended === undefined) return found
  return refuse('ACCESS-014', `${id} is ${found.ended.state}`, { field: 'proposal' })
}

/** Nobody adds a key to somebody else: that would be the other person's signature in one's own hand. */
function ownKeyFault(person: string, { act, parameters }: DataOf<Commands, 'proposal.make'>): Refusal | undefined {
  if (act !== 'key.add' || parameters.person === person) return undefined
  return refuse('ACCESS-015', 'a key is added by its owner', { field: 'parameters.person', expected: person })
}

function make(state: AccessState, data: DataOf<Commands, 'proposal.make'>, turn: Asking): Decided {
  const { act, parameters, reason, origin } = data
  const person = speaker(state, turn.by)
  if (isRefusal(person)) return person
  if (!isGuarded(act)) return refuse('ACCESS-015', `${act} needs no proposal`, { field: 'act' })
  const fault = ownKeyFault(person, data) ?? turn.needs.fault({ type: act, data: parameters }, turn.at, turn.by)
  if (fault !== undefined) return fault
  const { site } = state
  if (phaseOf(state) !== 'founded' || site === undefined) {
    if (person !== state.founder) return refuse('ACCESS-007', `${person} is not the founder`)
    return [{ type: 'founding.acted', data: { act, parameters, reason } }]
  }
  if (openBy(state, person) >= OPEN_PER_PERSON_MAX) {
    return refuse('ACCESS-018', `${person} has ${OPEN_PER_PERSON_MAX} open proposals`)
  }
  const proposal = propose(policyNow(state) ?? { from: turn.at, acts: [] }, {
    ...{ deployment: site.deployment, proposal: turn.newId('proposal'), act, parameters, reason },
    ...{ proposed_by: person, proposed_at: turn.at },
  })
  if (isRefusal(proposal)) return proposal
  return [{ type: 'proposal.made', data: { proposal, digest: proposalDigest(proposal), origin } }]
}

const openBy = ({ open, proposals }: AccessState, person: string): number =>
  [...open].filter((id) => proposals.get(id)?.proposal.proposed_by === person).length

/** Done, where nothing is missing and the lock has run out; stalled, where what it was to change says no. */
export function advance(state: AccessState, found: ProposalState, turn: Asking): Event[] {
  const { proposal } = found
  const of = caseOf(state, found)
  if (executionFault(of, rosterIn(state), turn.at) !== undefined) return []
  const { act, parameters } = proposal
  if (!isGuarded(act)) throw new Error(`${act} was proposed, and is not guarded`)
  const now = outcomeOf(state, found, turn.at)
  const approved_by = now.state === 'approved' ? [...now.approved_by] : []
  const fault = turn.needs.fault({ type: act, data: parameters }, turn.at, turn.by)
  if (fault === undefined) {
    return [{ type: 'proposal.executed', data: { proposal: proposal.proposal, act, parameters, approved_by } }]
  }
  const { code, detail } = fault
  return [{ type: 'proposal.stalled', data: { proposal: proposal.proposal, code, detail: detail.slice(0, 500) } }]
}

function approve(state: AccessState, data: DataOf<Commands, 'proposal.approve'>, turn: Asking): Decided {
  const person = speaker(state, turn.by)
  if (isRefusal(person)) return person
  const found = openProposal(state, data.proposal)
  if (isRefusal(found)) return found
  const { site } = state
  if (site === undefined) return refuse('ACCESS-013', 'there is no site')
  const approval = { ...data, person, given_at: turn.at }
  const { proposal, approvals } = found
  if (approvals.some((one) => one.person === person)) return []
  const signCount = state.signCounts.get(data.assertion.credential_id) ?? 0
  const where = { rpId: site.rp_id, origins: site.origins }
  const verified = verifyApproval({ proposal, approval, roster: rosterIn(state), site: where, at: turn.at, signCount })
  if (isRefusal(verified)) return verified
  const given: Event = { type: 'proposal.approved', data: { ...approval, sign_count: verified.sign_count } }
  return [given, ...advance(state, { ...found, approvals: [...approvals, approval] }, turn)]
}

function veto(state: AccessState, data: DataOf<Commands, 'proposal.veto'>, turn: Asking): Decided {
  const person = speaker(state, turn.by)
  if (isRefusal(person)) return person
  const found = openProposal(state, data.proposal)
  if (isRefusal(found)) return found
  const fault = vetoFault(found.proposal, { person, at: turn.at }, rosterIn(state), turn.at)
  return fault ?? [{ type: 'proposal.vetoed', data: { ...data, person } }]
}

function withdraw(state: AccessState, data: DataOf<Commands, 'proposal.withdraw'>, { by }: Asking): Decided {
  const found = openProposal(state, data.proposal)
  if (isRefusal(found)) return found
  if (found.proposal.proposed_by === personOf(by)) return [{ type: 'proposal.withdrawn', data }]
  return refuse('ACCESS-015', `${by} did not propose it`, { field: 'proposal' })
}

function execute(state: AccessState, { proposal: id }: DataOf<Commands, 'proposal.execute'>, turn: Asking): Decided {
  const found = openProposal(state, id)
  if (isRefusal(found)) return found
  const fault =
    executionFault(caseOf(state, found), rosterIn(state), turn.at) ??
    turn.needs.fault({ type: found.proposal.act, data: found.proposal.parameters }, turn.at, turn.by)
  return fault ?? advance(state, found, turn)
}

function openCall(state: AccessState, data: DataOf<Commands, 'call.open'>, { at, by }: Asking): Decided {
  const found = openProposal(state, data.proposal)
  if (isRefusal(found)) return found
  if (found.proposal.proposed_by !== personOf(by)) return refuse('ACCESS-015', `${by} did not propose it`)
  if (data.expires_at <= at || data.expires_at > at + CALL_MS_MAX) {
    return refuse('ACCESS-016', 'the life of the code is out of bounds', { field: 'expires_at' })
  }
  return [{ type: 'call.opened', data }]
}

const hashOf = (code: string): string => `sha256:${toHex(sha256(utf8(code)))}`

function answerCall(state: AccessState, data: DataOf<Commands, 'call.answer'>, turn: Asking): Decided {
  const person = speaker(state, turn.by)
  if (isRefusal(person)) return person
  const found = openProposal(state, data.proposal)
  if (isRefusal(found)) return found
  const { proposal, call } = found
  if (proposal.proposed_by === person) return refuse('ACCESS-015', 'the proposer hears no call-back', { field: 'by' })
  if (found.called_back !== undefined) return []
  if (call === undefined || call.tries_left === 0 || call.expires_at <= turn.at) {
    return refuse('ACCESS-016', 'no code is open', { field: 'code' })
  }
  if (call.code_hash !== hashOf(data.code)) {
    const tries_left = call.tries_left - 1
    return [{ type: 'call.missed', data: { proposal: data.proposal, person, tries_left } }]
  }
  const answered: Event = { type: 'call.answered', data: { proposal: data.proposal, person } }
  return [answered, ...advance(state, { ...found, called_back: { at: turn.at, by: person } }, turn)]
}

export const decideProposals: Decide<AccessState, typeof proposalCommands, Events, AccessNeeds> = {
  'proposal.make': make,
  'proposal.approve': approve,
  'proposal.veto': veto,
  'proposal.withdraw': withdraw,
  'proposal.execute': execute,
  'call.open': openCall,
  'call.answer': answerCall,
  'approvals.set': (state, data, { at }) =>
    approvalsFault(state, { from: at, ...data }) ?? [{ type: 'approvals.changed', data }],
}
