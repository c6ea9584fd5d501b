/** One pure decision for each command. */
import type { Decide } from '../../machine/room.ts'
import { fileClaims, withdrawClaim } from './decide-claims.ts'
import { loadPrices, recordLoss, reverseLoss, setFund } from './decide-loss.ts'
import type { commands, events } from './messages.ts'
import type { LiabilityNeeds } from './needs.ts'
import { payRepayments, refuseRepayment, reopenRepayment, settleRepayment } from './pay.ts'
import { startPlan } from './plan.ts'
import type { LiabilityState } from './state.ts'

export const decide: Decide<LiabilityState, typeof commands, typeof events, LiabilityNeeds> = {
  'price.load': loadPrices,
  'fund.set': setFund,
  'loss.record': recordLoss,
  'loss.reverse': reverseLoss,
  'claim.file': fileClaims,
  'claim.withdraw': withdrawClaim,
  'repayment.plan': startPlan,
  'repayment.pay': payRepayments,
  'repayment.settle': settleRepayment,
  'repayment.refuse': refuseRepayment,
  'repayment.reopen': reopenRepayment,
}
