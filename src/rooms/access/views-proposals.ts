/** What is told of proposals: to the list, and to whoever is asked to approve one. */
import { asJson, type Json } from '../../kernel/canonical.ts'
import type { Instant } from '../../kernel/time.ts'
import { outcomeOf } from './cases.ts'
import { type ApprovalPolicy, approvalChallenge, proposalText, vetoFault } from './engine/approval/index.ts'
import { ACT_TITLES } from './engine/approval/words.ts'
import { personOf } from './guard.ts'
import { type AccessState, keysOf, type ProposalState, policyNow, rolesOf, rosterIn } from './state.ts'

/** What an act would do, decoded by whoever knows the other rooms, and what is unusual about it. */
export interface Effect {
  readonly lines: readonly {
    readonly label: Words
    readonly value: string
    readonly kind: 'account' | 'krw' | 'text'
  }[]
  readonly unusual: readonly Words[]
}
interface Words {
  readonly en: string
  readonly ko: string
}
export interface ProposalNeeds {
  readonly effect: (act: string, parameters: { readonly [name: string]: Json }, at: Instant) => Effect
}

const stateOf = (state: AccessState, found: ProposalState, at: Instant) => found.ended ?? outcomeOf(state, found, at)

export function proposalItem(state: AccessState, found: ProposalState, at: Instant): { readonly [name: string]: Json } {
  const { proposal, digest, called_back, stalled } = found
  const { act, reason, proposed_by, proposed_at, expires_at, terms } = proposal
  return {
    ...{ proposal: proposal.proposal, act, title: asJson(ACT_TITLES[act] ?? { en: act, ko: act }), digest, reason },
    ...{ proposed_by, proposed_at, expires_at, terms: asJson(terms), outcome: asJson(stateOf(state, found, at)) },
    call_back: terms.call_back === true ? { needed: true, confirmed_at: called_back?.at ?? null } : null,
    stalled: stalled === undefined ? null : { ...stalled },
  }
}

/** One proposal as lists tell it; null where there is none. */
export function proposalView(state: AccessState, id: string, at: Instant): Json {
  const found = state.proposals.get(id)
  return found === undefined ? null : proposalItem(state, found, at)
}

/** What this person could do about it. The policy may still say no; the machine decides again. */
function canOf(state: AccessState, found: ProposalState, by: string, at: Instant) {
  const id = personOf(by)
  const person = state.people.get(id ?? '')
  const { proposal, approvals, called_back } = found
  if (id === undefined || person === undefined || found.ended !== undefined) return NOTHING
  const isOwn = proposal.proposed_by === id
  const holds = rolesOf(person).some((role) => proposal.terms.roles.includes(role))
  const isApproved = outcomeOf(state, found, at).state === 'approved'
  return {
    approve: !isOwn && holds && !approvals.some((one) => one.person === id) && at < proposal.expires_at,
    veto: vetoFault(proposal, { person: id, at }, rosterIn(state), at) === undefined,
    withdraw: isOwn,
    show_code: isOwn && proposal.terms.call_back === true && called_back === undefined,
    answer_call: !isOwn && proposal.terms.call_back === true && called_back === undefined,
    execute: isApproved && found.stalled !== undefined,
  }
}
const NOTHING = {
  ...{ approve: false, veto: false, withdraw: false, show_code: false },
  answer_call: false,
  execute: false,
}

/** Options for the browser: the digest is the challenge, and only this person's own keys answer. */
function optionsOf(state: AccessState, { proposal }: ProposalState, by: string): Json {
  const person = state.people.get(personOf(by) ?? '')
  if (person === undefined || state.site === undefined) return null
  return {
    challenge: approvalChallenge(proposal),
    rpId: state.site.rp_id,
    userVerification: 'required',
    allowCredentials: keysOf(person).map(({ id }) => ({ type: 'public-key', id })),
    timeout: 300_000,
  }
}

export function proposalDetail(
  state: AccessState,
  found: ProposalState,
  by: string,
  at: Instant,
  needs: ProposalNeeds,
): Json {
  const { proposal, approvals, vetoes, origin } = found
  const effect = needs.effect(proposal.act, proposal.parameters, proposal.proposed_at)
  const can = canOf(state, found, by, at)
  return {
    ...proposalItem(state, found, at),
    signed: asJson(proposal),
    parameters: asJson(proposal.parameters),
    text: { en: proposalText(proposal, 'en'), ko: proposalText(proposal, 'ko') },
    approvals: approvals.map(({ person, given_at, assertion }) => ({ person, key: assertion.credential_id, given_at })),
    vetoes: vetoes.map(({ person, at: when, reason }) => ({ person, at: when, reason })),
    origin: { session: origin.session ?? null, from: origin.from ?? null },
    contact: state.people.get(proposal.proposed_by)?.contact ?? null,
    effect: asJson(effect.lines),
    unusual: asJson(effect.unusual),
    can,
    options: can.approve ? optionsOf(state, found, by) : null,
  }
}

const isMine = (state: AccessState, found: ProposalState, by: string, at: Instant): boolean => {
  const can = canOf(state, found, by, at)
  return can.approve && outcomeOf(state, found, at).state === 'waiting'
}

export interface ProposalQuery {
  readonly state?: string | undefined
  readonly limit: number
  readonly before?: number | undefined
}

/** Newest first. `mine`: what waits for this person's approval. `open`: whatever has not ended. `next` goes into `before`. */
export function proposalPage(state: AccessState, asked: ProposalQuery, by: string, at: Instant): Json {
  const wanted = (found: ProposalState): boolean => {
    if (asked.state === undefined) return true
    if (asked.state === 'mine') return isMine(state, found, by, at)
    if (asked.state === 'open') return found.ended === undefined
    return stateOf(state, found, at).state === asked.state
  }
  const all = [...state.proposals.values()]
  const items: Json[] = []
  let place = Math.min(asked.before ?? all.length, all.length)
  while (place > 0 && items.length < asked.limit) {
    place -= 1
    const found = all[place]
    if (found !== undefined && wanted(found)) items.push(proposalItem(state, found, at))
  }
  return { items, next: place > 0 ? place : null }
}

/** Open proposals that wait for this person's approval. */
export const waitingFor = (state: AccessState, by: string, at: Instant): number =>
  [...state.open].filter((id) => {
    const found = state.proposals.get(id)
    return found !== undefined && isMine(state, found, by, at)
  }).length

/** The rules of approval in force. */
export type Rule = ApprovalPolicy['acts'][number]
export const policyActs = (state: AccessState) => policyNow(state)?.acts ?? []

export const approvalsView = (state: AccessState): Json => asJson(policyNow(state) ?? null)
