/** Proposals and all that is said about them: V5 to V8. */
import { sha256, toHex, utf8 } from '../../../kernel/bytes.ts'
import { asJson } from '../../../kernel/canonical.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { DataOf } from '../../../machine/room.ts'
import { isGuarded } from '../acts.ts'
import { outcomeOf } from '../cases.ts'
import { proposalDigest, termsFault, verifyApproval, vetoFault } from '../engine/approval/index.ts'
import type { events } from '../messages.ts'
import type { proposalEvents } from '../messages-proposals.ts'
import { activePerson, type ProposalState, phaseOf, rosterIn } from '../state.ts'
import { checkRecord } from './record.ts'
import { refuse } from './refusals.ts'
import { asked, type Checks, isBy, type Seen } from './seen.ts'

type Told<K extends keyof typeof events> = DataOf<typeof events, K>
type Outcome = Refusal | readonly Refusal[] | undefined

const unmade = (detail: string): Refusal => refuse('AUDIT-005', detail)
const idle = (detail: string): Refusal => refuse('AUDIT-007', detail)

/** The proposal, while it is open. */
function openOne({ state }: Seen, id: string): ProposalState | Refusal {
  const found = state.proposals.get(id)
  if (found === undefined) return refuse('AUDIT-002', `there is no proposal ${id}`)
  return found.ended === undefined ? found : refuse('AUDIT-002', `${id} is ${found.ended.state} already`)
}

const about =
  <D extends { readonly proposal: string }>(check: (seen: Seen, data: D, found: ProposalState) => Outcome) =>
  (seen: Seen, data: D): Outcome => {
    const found = openOne(seen, data.proposal)
    return isRefusal(found) ? found : check(seen, data, found)
  }

function made(seen: Seen, { proposal, digest }: Told<'proposal.made'>): Outcome {
  const { state, entry } = seen
  const { proposed_by, proposed_at, act, parameters, reason } = proposal
  if (state.proposals.has(proposal.proposal)) return refuse('AUDIT-002', `${proposal.proposal} was made before`)
  if (phaseOf(state) !== 'founded') return unmade('founding is not over')
  if (!isGuarded(act)) return unmade(`${act} is no guarded act`)
  if (!isBy(seen, proposed_by)) return unmade(`it says ${proposed_by}; it came from ${entry.by}`)
  const person = activePerson(state, proposed_by)
  if (isRefusal(person)) return unmade(person.detail)
  if (proposed_at !== entry.at) return unmade(`it says ${proposed_at}; it was recorded at ${entry.at}`)
  if (proposal.deployment !== state.site?.deployment) return unmade(`it is of the deployment ${proposal.deployment}`)
  if (act === 'key.add' && parameters.person !== proposed_by) return unmade('a key is added by its owner')
  if (!asked(seen, 'proposal.make', { act, parameters: asJson(parameters), reason })) {
    return unmade('it is not what the turn asked for')
  }
  if (digest !== proposalDigest(proposal)) return unmade(`its digest is ${proposalDigest(proposal)}, not ${digest}`)
  const terms = termsFault(proposal, state.policies)
  return terms && unmade(`${terms.code} ${terms.detail}`)
}

function approved(
  seen: Seen,
  { sign_count: _, ...approval }: Told<'proposal.approved'>,
  found: ProposalState,
): Outcome {
  const { state, entry } = seen
  const { person, given_at } = approval
  const wrong = (detail: string): Refusal => refuse('AUDIT-006', `${person}: ${detail}`)
  if (!isBy(seen, person)) return wrong(`it came from ${entry.by}`)
  if (given_at !== entry.at) return wrong(`it says ${given_at}; it was recorded at ${entry.at}`)
  if (state.site === undefined) return wrong('there is no site')
  const site = { rpId: state.site.rp_id, origins: state.site.origins }
  const at = entry.at
  const verified = verifyApproval({ proposal: found.proposal, approval, roster: rosterIn(state), site, at })
  return isRefusal(verified) ? wrong(`${verified.code} ${verified.detail}`) : undefined
}

function vetoed(seen: Seen, { person }: Told<'proposal.vetoed'>, { proposal }: ProposalState): Outcome {
  const { state, entry } = seen
  if (!isBy(seen, person)) return idle(`${person}’s veto came from ${entry.by}`)
  const fault = vetoFault(proposal, { person, at: entry.at }, rosterIn(state), entry.at)
  return fault && idle(`${fault.code} ${fault.detail}`)
}

function answered(seen: Seen, { person }: Told<'call.answered'>, { proposal, call }: ProposalState): Outcome {
  const { state, entry, command } = seen
  if (!isBy(seen, person)) return idle(`${person} heard it, and it came from ${entry.by}`)
  if (person === proposal.proposed_by) return idle('the proposer heard the own code')
  const known = activePerson(state, person)
  if (isRefusal(known)) return idle(known.detail)
  const { code } = command.data
  const isHeard = typeof code === 'string' && call?.code_hash === `sha256:${toHex(sha256(utf8(code)))}`
  if (command.type !== 'call.answer' || !isHeard) return idle('the code is not the one that was shown')
  return call.tries_left > 0 && call.expires_at > entry.at ? undefined : idle('the code was spent')
}

function lapsed({ state, entry }: Seen, { why }: Told<'proposal.lapsed'>, found: ProposalState): Outcome {
  const now = outcomeOf(state, found, entry.at).state
  return now === why ? undefined : idle(`${found.proposal.proposal} was ${now}, not ${why}`)
}

function executed(seen: Seen, data: Told<'proposal.executed'>, found: ProposalState): Outcome {
  const { state, past, entry } = seen
  const { act, parameters, approved_by } = data
  const id = found.proposal.proposal
  const wrong = (detail: string): Refusal => refuse('AUDIT-008', `${id} ${act}: ${detail}`)
  const checked = checkRecord(state, past, found, entry.at, { act, parameters })
  if (isRefusal(checked)) return wrong(`${checked.code} ${checked.detail}`)
  const faults = checked.faults.map(({ code, detail }) => wrong(`${code} ${detail}`))
  if (faults.length > 0) return faults
  const now = outcomeOf(state, found, entry.at)
  const counted = now.state === 'approved' ? now.approved_by.join(', ') : ''
  return counted === approved_by.join(', ')
    ? []
    : wrong(`it names ${approved_by.join(', ')}; those who count: ${counted}`)
}

export const proposalChecks: Checks<Exclude<keyof typeof proposalEvents, 'approvals.changed' | 'founding.acted'>> = {
  'proposal.made': made,
  'proposal.approved': about(approved),
  'proposal.vetoed': about(vetoed),
  'proposal.withdrawn': about((seen, _data, { proposal }) =>
    isBy(seen, proposal.proposed_by)
      ? undefined
      : idle(`${seen.entry.by} withdrew what ${proposal.proposed_by} proposed`),
  ),
  'proposal.executed': about(executed),
  'proposal.stalled': about(() => undefined),
  'proposal.lapsed': about(lapsed),
  'call.opened': about((seen, _data, { proposal }) =>
    isBy(seen, proposal.proposed_by)
      ? undefined
      : idle(`${seen.entry.by} was shown the code of ${proposal.proposed_by}`),
  ),
  'call.answered': about(answered),
  'call.missed': about(() => undefined),
}
