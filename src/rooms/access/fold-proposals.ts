/** Folds about proposals. Ending one keeps what it ended as: a later change of the register does not change what was. */
import type { DataOf, Evolve, Happened } from '../../machine/room.ts'
import type { events } from './messages.ts'
import type { proposalEvents } from './messages-proposals.ts'
import type { AccessState, ProposalState } from './state.ts'

/** A wrong code may be a slip of the tongue; three are somebody guessing. */
const CALL_TRIES = 3

/** After these a link is handed out. */
const LETS_IN: readonly string[] = ['person.invite', 'key.recover']

function known(state: AccessState, id: string): ProposalState {
  const found = state.proposals.get(id)
  if (found === undefined) throw new Error(`there is no proposal ${id}`)
  return found
}

function end(state: AccessState, id: string, ended: NonNullable<ProposalState['ended']>): void {
  known(state, id).ended = ended
  state.open.delete(id)
}

function made(state: AccessState, { proposal, digest, origin }: DataOf<typeof events, 'proposal.made'>): void {
  state.proposals.set(proposal.proposal, {
    ...{ proposal, digest, origin, approvals: [], vetoes: [] },
    ...{ executed_at: undefined, called_back: undefined, call: undefined, stalled: undefined, ended: undefined },
  })
  state.open.add(proposal.proposal)
}

function vetoed(state: AccessState, data: DataOf<typeof events, 'proposal.vetoed'>, { at }: Happened): void {
  const { proposal, person, reason } = data
  known(state, proposal).vetoes.push({ person, at, reason })
  end(state, proposal, { state: 'vetoed', by: person, at })
}

export const evolveProposals: Evolve<AccessState, typeof proposalEvents> = {
  'proposal.made': made,
  'proposal.approved': (state, { sign_count, ...approval }) => {
    known(state, approval.proposal).approvals.push(approval)
    state.signCounts.set(approval.assertion.credential_id, sign_count)
  },
  'proposal.vetoed': vetoed,
  'proposal.withdrawn': (state, { proposal }, { at }) => end(state, proposal, { state: 'withdrawn', at }),
  'proposal.executed': (state, { proposal, act, parameters }, { at }) => {
    const found = known(state, proposal)
    found.executed_at = at
    if (LETS_IN.includes(act)) state.sponsors.set(String(parameters.person), found.proposal.proposed_by)
    end(state, proposal, { state: 'executed', at })
  },
  'proposal.stalled': (state, { proposal, code, detail }) => {
    known(state, proposal).stalled = { code, detail }
  },
  'proposal.lapsed': (state, { proposal, why }, { at }) =>
    end(state, proposal, why === 'void' ? { state: 'void', why: 'proposer' } : { state: 'expired', at }),
  'call.opened': (state, { proposal, code_hash, expires_at }) => {
    known(state, proposal).call = { code_hash, expires_at, tries_left: CALL_TRIES }
  },
  'call.answered': (state, { proposal, person }, { at }) => {
    const found = known(state, proposal)
    found.called_back = { at, by: person }
    found.call = undefined
  },
  'call.missed': (state, { proposal, tries_left }) => {
    const { call } = known(state, proposal)
    if (call !== undefined) call.tries_left = tries_left
  },
  'approvals.changed': (state, { acts }, { at }) => {
    state.policies.push({ from: at, acts })
  },
  // What it caused is folded by whom it concerns.
  'founding.acted': () => {},
}
