/** The liability room's endpoints. */
import { z } from 'zod'
import { nameSchema } from '../../kernel/names.ts'
import type { Data } from '../../machine/room.ts'
import type { Route } from '../../machine/route.ts'
import { noLoss } from './decide-claims.ts'
import { HLEDGER_MEDIA_TYPE, hledgerJournal } from './ledger/hledger.ts'
import { fundSchema } from './messages.ts'
import type { LiabilityState } from './state.ts'
import { fundOf, funds, ledger, REPAYMENTS_TOLD_MAX, repaymentsOf } from './views.ts'

/** Query members arrive as text. */
const count = z.coerce.number().int().min(0)
const repaymentsQuery = z.strictObject({
  incident: nameSchema,
  after: count.default(0),
  limit: count.min(1).max(REPAYMENTS_TOLD_MAX).default(REPAYMENTS_TOLD_MAX),
})

function repayments(state: LiabilityState, params: Data) {
  const { incident, after, limit } = repaymentsQuery.parse(params)
  return repaymentsOf(state, incident, after, limit) ?? noLoss(incident)
}

/** After a command: how the case now stands. */
function standing(state: LiabilityState, { incident }: Data) {
  const id = nameSchema.parse(incident)
  const answer = repaymentsOf(state, id, 0, 0)
  return answer === undefined ? noLoss(id) : { incident: id, ...answer.summary, planning: answer.planning }
}

export const routes: readonly Route<LiabilityState>[] = [
  {
    method: 'POST',
    path: '/v1/prices',
    who: 'person',
    summary: 'Loads prices that hold from an instant on',
    command: 'price.load',
    answer: (_state, { digest, valid_from, prices }) => ({
      digest,
      valid_from,
      prices: Array.isArray(prices) ? prices.length : 0,
    }),
  },
  {
    method: 'PUT',
    path: '/v1/funds',
    who: 'person',
    summary: 'Sets the budget of a fund in won',
    command: 'fund.set',
    answer: (state, { fund }) => fundOf(state, fundSchema.parse(fund)),
  },
  {
    method: 'GET',
    path: '/v1/funds',
    who: 'person',
    summary: 'The funds in the order in which they are drawn on',
    view: (state) => funds(state),
  },
  {
    method: 'POST',
    path: '/v1/claims',
    who: 'person',
    summary: 'Files what customers held of what was stolen',
    command: 'claim.file',
    answer: standing,
  },
  {
    method: 'POST',
    path: '/v1/claims/:claim/withdraw',
    who: 'person',
    summary: 'Withdraws a claim that is not being paid',
    command: 'claim.withdraw',
    answer: (state, { claim }) => {
      const id = nameSchema.parse(claim)
      return { claim: id, withdrawn: state.claims.get(id)?.withdrawn ?? false }
    },
  },
  {
    method: 'POST',
    path: '/v1/repayments/plan',
    who: 'person',
    summary: 'Plans every claim of a case that has no plan yet',
    command: 'repayment.plan',
    answer: standing,
  },
  {
    method: 'POST',
    path: '/v1/repayments/pay',
    who: 'person',
    summary: 'Asks the gate for the next planned repayments of a case',
    command: 'repayment.pay',
    answer: standing,
  },
  {
    method: 'GET',
    path: '/v1/repayments',
    who: 'person',
    summary: 'The repayments of a case, in the order of planning',
    params: repaymentsQuery,
    view: repayments,
  },
  {
    method: 'GET',
    path: '/v1/ledger',
    who: 'person',
    summary: 'The balance of every account in every asset',
    view: (state) => ledger(state),
  },
  {
    method: 'GET',
    path: '/v1/ledger.journal',
    who: 'person',
    summary: 'The ledger as a journal that hledger reads',
    mediaType: HLEDGER_MEDIA_TYPE,
    view: (state) => hledgerJournal(state),
  },
]
