/** What the events of repayments change: the queues of a case, its totals, and what is drawn from the funds. */
import type { DataOf } from '../../machine/room.ts'
import type { events } from './messages.ts'
import { type Case, type Claim, caseOf, claimOf, type Draw, type LiabilityState, type Repayment } from './state.ts'

type Events = typeof events

/** Takes from the funds (`sign` 1), or gives back to them (-1). */
function take(state: LiabilityState, theCase: Case, draws: readonly Draw[], sign: 1n | -1n): void {
  for (const { fund, krw } of draws) {
    state.funds[fund].drawn += sign * krw
    theCase.drawn[fund] += sign * krw
  }
}

const wonOf = (draws: DataOf<Events, 'repayment.planned'>['draws']): Draw[] =>
  draws.map(({ fund, krw }) => ({ fund, krw: BigInt(krw) }))

function payable(theCase: Case, asset: string): Set<string> {
  let waiting = theCase.payable.get(asset)
  if (waiting === undefined) {
    waiting = new Set()
    theCase.payable.set(asset, waiting)
  }
  return waiting
}

/** A repayment that will not be paid under this id: its money is free, its claim has no plan. */
export function release(state: LiabilityState, repayment: Repayment): { theCase: Case; claim: Claim } {
  const theCase = caseOf(state, repayment.incident)
  const claim = claimOf(state, repayment)
  if (repayment.status === 'planned') {
    payable(theCase, claim.asset).delete(repayment.repayment)
    theCase.planned -= 1
  }
  theCase.requested.delete(repayment.repayment)
  theCase.plannedKrw -= repayment.krw
  take(state, theCase, repayment.draws, -1n)
  claim.repayment = undefined
  state.fundsVersion += 1
  return { theCase, claim }
}

/** Applies a change to a repayment that the event names; one that is missing would mean a journal of another program. */
export function change(state: LiabilityState, id: string, apply: (repayment: Repayment, theCase: Case) => void): void {
  const repayment = state.repayments.get(id)
  if (repayment === undefined) throw new Error(`there is no repayment ${id}`)
  apply(repayment, caseOf(state, repayment.incident))
}

/** Claims without a plan, those that no fund covered included, in the order of filing. */
export function waitingClaims(state: LiabilityState, theCase: Case): Claim[] {
  const ids = [...theCase.unfunded.keys(), ...theCase.unplanned]
  const claims = ids.map((id) => state.claims.get(id)).filter((claim) => claim !== undefined)
  return claims.sort((a, b) => a.order - b.order)
}

/** What no fund covered is looked at again, in the order of filing. */
export function startPlan(
  state: LiabilityState,
  { incident }: DataOf<Events, 'repayment.plan_started'>,
  at: number,
): void {
  const theCase = caseOf(state, incident)
  const again = waitingClaims(state, theCase)
  theCase.unfunded.clear()
  theCase.unplanned.clear()
  for (const { claim } of again) theCase.unplanned.add(claim)
  // A fund that is raised while the plan runs moves the version: then a further plan is not the same question.
  theCase.plannedAtVersion = state.fundsVersion
  state.planning.set(incident, at)
}

export function plan(state: LiabilityState, data: DataOf<Events, 'repayment.planned'>): void {
  const { repayment: id, incident, claim, asset } = data
  const draws = wonOf(data.draws)
  const krw = BigInt(data.krw)
  const theCase = caseOf(state, incident)
  const order = state.repayments.size
  const repayment: Repayment = {
    ...{ repayment: id, incident, claim, krw, draws, order, status: 'planned' },
    ...{ wallet: undefined, tx: undefined, why: undefined },
  }
  state.repayments.set(id, repayment)
  claimOf(state, repayment).repayment = id
  theCase.unplanned.delete(claim)
  theCase.refused.delete(claim)
  theCase.repayments.push(id)
  payable(theCase, asset).add(id)
  theCase.planned += 1
  theCase.plannedKrw += krw
  take(state, theCase, draws, 1n)
}

export function request(state: LiabilityState, { repayment: id, wallet }: DataOf<Events, 'repayment.requested'>): void {
  change(state, id, (repayment, theCase) => {
    if (repayment.status === 'planned') {
      payable(theCase, claimOf(state, repayment).asset).delete(id)
      theCase.planned -= 1
    }
    repayment.status = 'requested'
    repayment.wallet = wallet
    theCase.requested.add(id)
  })
}

export function settle(state: LiabilityState, { repayment: id, tx }: DataOf<Events, 'repayment.settled'>): void {
  change(state, id, (repayment, theCase) => {
    theCase.requested.delete(id)
    theCase.settled += 1
    theCase.repaidKrw += repayment.krw
    repayment.status = 'settled'
    repayment.tx = tx
  })
}

export function reopen(state: LiabilityState, { repayment: id }: DataOf<Events, 'repayment.reopened'>): void {
  change(state, id, (repayment, theCase) => {
    theCase.settled -= 1
    theCase.repaidKrw -= repayment.krw
    theCase.requested.add(id)
    repayment.status = 'requested'
    repayment.tx = undefined
  })
}

export function refuseRepayment(
  state: LiabilityState,
  { repayment: id, why }: DataOf<Events, 'repayment.refused'>,
): void {
  change(state, id, (repayment) => {
    const { theCase, claim } = release(state, repayment)
    repayment.status = 'refused'
    repayment.why = why
    theCase.refused.add(claim.claim)
    theCase.unplanned.add(claim.claim)
  })
}
