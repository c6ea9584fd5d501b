/**
 * The repayment plan: each claim without one, in the order of filing, is valued as its share of the loss and drawn on the funds in
 * their order. A claim is planned whole or not at all. A case can have thousands of claims and a turn is bounded, so a plan runs over
 * as many turns as it needs: the command takes the first claims, the passing of time (`tick`) the rest.
 */
import { mulDiv } from '../../kernel/money.ts'
import type { DataOf, Decision, MessageOf, Turn } from '../../machine/room.ts'
import { noLoss } from './decide-claims.ts'
import { waitingClaims } from './fold-repayments.ts'
import type { commands, events } from './messages.ts'
import type { LiabilityNeeds } from './needs.ts'
import { type Case, type Claim, type Draw, type LiabilityState, leftOf, overClaimed, type Unfunded } from './state.ts'

/** Claims in one turn. Each is an event of about 700 bytes, so that a turn's entries stay within some 40 KB of journal. */
export const PLAN_CLAIMS_MAX = 50

type Event = MessageOf<typeof events>
type PlanTurn = Turn<LiabilityNeeds>

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** Takes `krw` from what is left, fund after fund; `undefined`, and nothing taken, where all together do not hold it. */
function draw(left: Draw[], krw: bigint): Draw[] | undefined {
  if (left.reduce((sum, fund) => sum + fund.krw, 0n) < krw) return undefined
  const draws: Draw[] = []
  let open = krw
  for (const [place, { fund, krw: there }] of left.entries()) {
    const taken = smaller(there, open)
    if (taken === 0n) continue
    draws.push({ fund, krw: taken })
    left[place] = { fund, krw: there - taken }
    open -= taken
  }
  return draws
}

/** The claim's share of the loss in won, rounded down: so all claims together are never worth more than the loss. */
function shareOf(theCase: Case, claim: Claim): bigint | Unfunded {
  const loss = theCase.losses.get(claim.asset)
  if (loss === undefined || overClaimed(loss)) return { why: 'loss_reversed', missingKrw: undefined }
  if (loss.unpriced > 0) return { why: 'no_price', missingKrw: undefined }
  return mulDiv(loss.krw, claim.amount, loss.amount)
}

function planned(claim: Claim, krw: bigint, draws: readonly Draw[], turn: PlanTurn): Event {
  const { incident, customer, asset } = claim
  return {
    type: 'repayment.planned',
    data: {
      ...{ repayment: turn.newId('repayment'), incident, claim: claim.claim, customer, asset },
      amount: String(claim.amount),
      pay_to: claim.payTo,
      krw: String(krw),
      draws: draws.map((one) => ({ fund: one.fund, krw: String(one.krw) })),
    },
  }
}

function unfunded({ incident, claim }: Claim, { why, missingKrw }: Unfunded): Event {
  const missing = missingKrw === undefined ? {} : { missing_krw: String(missingKrw) }
  return { type: 'repayment.unfunded', data: { incident, claim, why, ...missing } }
}

function planOne(theCase: Case, claim: Claim, left: Draw[], turn: PlanTurn): Event {
  const krw = shareOf(theCase, claim)
  if (typeof krw !== 'bigint') return unfunded(claim, krw)
  const draws = draw(left, krw)
  if (draws !== undefined) return planned(claim, krw, draws, turn)
  const held = left.reduce((sum, fund) => sum + fund.krw, 0n)
  return unfunded(claim, { why: 'no_fund', missingKrw: krw - held })
}

/** How the case stands after these events, told from how it stood before them. */
function finished(theCase: Case, made: readonly Event[], unfundedBefore: number): Event {
  const plans = made.flatMap((event) => (event.type === 'repayment.planned' ? [BigInt(event.data.krw)] : []))
  return {
    type: 'repayment.plan_finished',
    data: {
      incident: theCase.incident,
      claims: theCase.claims.size,
      planned: theCase.planned + theCase.requested.size + theCase.settled + plans.length,
      planned_krw: String(plans.reduce((sum, krw) => sum + krw, theCase.plannedKrw)),
      unfunded: unfundedBefore + made.length - plans.length,
    },
  }
}

/** Plans the next claims; the last of them also ends the plan. */
function planTurn(
  state: LiabilityState,
  theCase: Case,
  claims: readonly Claim[],
  unfundedBefore: number,
  turn: PlanTurn,
): Event[] {
  const left = leftOf(state)
  const made = claims.slice(0, PLAN_CLAIMS_MAX).map((claim) => planOne(theCase, claim, left, turn))
  return claims.length > PLAN_CLAIMS_MAX ? made : [...made, finished(theCase, made, unfundedBefore)]
}

/** The first claims that no plan has looked at, one more than a turn takes: enough to know whether any are left. */
function nextClaims(state: LiabilityState, theCase: Case): Claim[] {
  const next: Claim[] = []
  for (const id of theCase.unplanned) {
    const claim = state.claims.get(id)
    if (claim !== undefined) next.push(claim)
    if (next.length > PLAN_CLAIMS_MAX) break
  }
  return next
}

export function startPlan(
  state: LiabilityState,
  { incident }: DataOf<typeof commands, 'repayment.plan'>,
  turn: PlanTurn,
): Decision<typeof events> {
  const theCase = state.cases.get(incident)
  if (theCase === undefined) return noLoss(incident)
  const underWay = state.planning.has(incident)
  const sameQuestion = theCase.unplanned.size === 0 && theCase.plannedAtVersion === state.fundsVersion
  const claims = underWay || sameQuestion ? [] : waitingClaims(state, theCase)
  if (claims.length === 0) return []
  const started: Event = { type: 'repayment.plan_started', data: { incident, claims: claims.length } }
  return [started, ...planTurn(state, theCase, claims, 0, turn)]
}

/** Goes on with a plan that is under way; each turn settles some claims or ends the plan, so it never stands still. */
export function continuePlan(state: LiabilityState, turn: PlanTurn): readonly Event[] {
  const [incident] = state.planning.keys()
  const theCase = incident === undefined ? undefined : state.cases.get(incident)
  return theCase === undefined ? [] : planTurn(state, theCase, nextClaims(state, theCase), theCase.unfunded.size, turn)
}
