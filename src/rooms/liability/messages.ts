/** The liability room's whole vocabulary: prices, funds, losses, claims, repayments. Every posting of the ledger follows from these events. */
import { z } from 'zod'
import { accountSchema, assetSchema, chainSchema } from '../../kernel/caip.ts'
import { amountSchema, decimalsSchema, positiveAmountSchema } from '../../kernel/money.ts'
import { digestSchema, lineSchema, nameSchema, txSchema } from '../../kernel/names.ts'
import { instantSchema } from '../../kernel/time.ts'

/** Prices in one command: bounded by the journal's entry. */
export const PRICES_MAX = 200
/** Claims in one command: each is an event of its own. */
export const CLAIMS_MAX = 100

/** Where the money for a repayment comes from, drawn in this order. */
export const FUNDS = ['reserve', 'insurance', 'own'] as const
export const fundSchema = z.enum(FUNDS)
/** Withdrawals asked for in one turn: each brings one or two consequences, and a turn runs at most 256. */
const PAY_COUNT_MAX = 50
export type Fund = z.output<typeof fundSchema>

const price = z.strictObject({
  asset: assetSchema,
  symbol: z.string().regex(/^[A-Za-z0-9.$_-]{1,20}$/),
  decimals: decimalsSchema,
  /** Won for one whole unit, in millionths of a won: `"215000000000"` is KRW 215,000. */
  krw_micro: positiveAmountSchema,
})

const prices = z.strictObject({
  source: lineSchema,
  digest: digestSchema,
  /** From when on these prices hold. */
  valid_from: instantSchema,
  prices: z.array(price).min(1).max(PRICES_MAX),
})

const fund = z.strictObject({ fund: fundSchema, krw: amountSchema, evidence: lineSchema })

const claim = z.strictObject({
  claim: nameSchema,
  customer: nameSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
  /** Where the customer wants it. */
  pay_to: accountSchema,
})

const loss = z.strictObject({
  incident: nameSchema,
  chain: chainSchema,
  wallet: nameSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
  tx: txSchema,
  place: z.number().int().min(0),
  at: instantSchema,
})

const draw = z.strictObject({ fund: fundSchema, krw: amountSchema })

const repaymentItem = z.strictObject({
  repayment: nameSchema,
  incident: nameSchema,
  claim: nameSchema,
  customer: nameSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
  pay_to: accountSchema,
  /** Value at the time of loss, whole won. */
  krw: amountSchema,
  /** Add up to `krw`. */
  draws: z.array(draw).max(FUNDS.length),
})

/** A repayment and the case that it belongs to. */
const repaymentRef = { repayment: nameSchema, incident: nameSchema }

export const commands = {
  /** A price loaded later for an earlier time counts from that time on, except where a repayment was planned already. */
  'price.load': prices,
  /** Sets a fund's whole budget, what was drawn from it included. */
  'fund.set': fund,
  /** One stolen movement of a case. The same movement twice counts once. */
  'loss.record': loss,
  'loss.reverse': z.strictObject({ chain: chainSchema, tx: txSchema, place: z.number().int().min(0) }),
  /** What customers held of what was stolen; together at most the loss of each asset. */
  'claim.file': z.strictObject({ incident: nameSchema, claims: z.array(claim).min(1).max(CLAIMS_MAX) }),
  /** A claim that was filed in error, or settled by other means. Not once the gate was asked to pay it. */
  'claim.withdraw': z.strictObject({ claim: nameSchema, reason: lineSchema }),
  /** Plans every claim of the case that has no plan yet, and reserves the money for it; what does not fit in one turn follows in the next. */
  'repayment.plan': z.strictObject({ incident: nameSchema }),
  /** Asks the gate for the next planned repayments of the case, out of these wallets (one for each asset). */
  'repayment.pay': z.strictObject({
    incident: nameSchema,
    wallets: z
      .array(z.strictObject({ asset: assetSchema, wallet: nameSchema }))
      .min(1)
      .max(200),
    /** How many at most in this turn: each is a withdrawal. */
    count_max: z.number().int().min(1).max(PAY_COUNT_MAX).default(PAY_COUNT_MAX),
  }),
  /** What became of a withdrawal; those that are no repayment are ignored. */
  'repayment.settle': z.strictObject({ withdrawal: nameSchema, tx: txSchema }),
  'repayment.refuse': z.strictObject({ withdrawal: nameSchema, why: z.string().max(500) }),
  'repayment.reopen': z.strictObject({ withdrawal: nameSchema, tx: txSchema }),
} as const

export const events = {
  'price.loaded': prices,
  'fund.changed': fund,
  /** `krw` is the value at the time of loss in whole won, rounded down; absent where no price was known. */
  'loss.recorded': loss.extend({ decimals: decimalsSchema.optional(), krw: amountSchema.optional() }),
  'loss.reversed': loss.extend({ krw: amountSchema.optional() }),
  'claim.filed': claim.extend({ incident: nameSchema }),
  /** `draws` are given back where it was planned already. */
  'claim.withdrawn': z.strictObject({
    claim: nameSchema,
    incident: nameSchema,
    reason: lineSchema,
    repayment: nameSchema.optional(),
    draws: z.array(draw).max(FUNDS.length),
  }),
  'repayment.plan_started': z.strictObject({ incident: nameSchema, claims: z.number().int().min(1) }),
  'repayment.planned': repaymentItem,
  /** The claim has no plan: what is missing, in won, or why its value cannot be paid. A later plan looks at it again. */
  'repayment.unfunded': z.strictObject({
    incident: nameSchema,
    claim: nameSchema,
    why: z.enum(['no_fund', 'no_price', 'loss_reversed']),
    missing_krw: positiveAmountSchema.optional(),
  }),
  /** How the whole case stands once the plan has looked at every claim. */
  'repayment.plan_finished': z.strictObject({
    incident: nameSchema,
    claims: z.number().int().min(0),
    planned: z.number().int().min(0),
    planned_krw: amountSchema,
    unfunded: z.number().int().min(0),
  }),
  /** The withdrawal id is the repayment id: however often it is asked, the gate gives one permit. */
  'repayment.requested': z.strictObject({
    ...repaymentRef,
    wallet: nameSchema,
    asset: assetSchema,
    amount: positiveAmountSchema,
    pay_to: accountSchema,
    customer: nameSchema,
  }),
  'repayment.settled': z.strictObject({ ...repaymentRef, tx: z.string() }),
  /** The gate refused it for good: the money is free again, and the claim can be planned anew under another id. */
  'repayment.refused': z.strictObject({ ...repaymentRef, why: z.string() }),
  'repayment.reopened': z.strictObject({ ...repaymentRef, tx: z.string() }),
  /** Every claim of the case that was not withdrawn is settled. */
  'repayment.completed': z.strictObject({ incident: nameSchema, claims: z.number().int().min(1), krw: amountSchema }),
} as const
