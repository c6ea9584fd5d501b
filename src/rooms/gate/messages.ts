/** The gate's whole vocabulary: who may move what, the permits, the halts, the evacuations. */
import { z } from 'zod'
import { accountSchema, assetSchema, chainSchema } from '../../kernel/caip.ts'
import { amountSchema, decimalsSchema, positiveAmountSchema } from '../../kernel/money.ts'
import { digestSchema, lineSchema, nameSchema, txSchema } from '../../kernel/names.ts'
import { instantSchema } from '../../kernel/time.ts'
import type { MessageOf } from '../../machine/room.ts'

/** An import of a long list comes in parts: an entry of the journal holds 65,535 bytes, an address up to 128 characters. */
export const DENY_LIST_PART_MAX = 400
/** A wallet with more assets than this could not be evacuated within one bounded turn. */
export const WALLET_ASSETS_MAX = 200

/** `all`, `chain:eip155:1`, `wallet:hot-1` or `asset:eip155:1/slip44:60`. */
export const scopeSchema = z
  .string()
  .max(200)
  .regex(
    /^(all|chain:[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}|wallet:[A-Za-z0-9][A-Za-z0-9._-]{0,63}|asset:[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128})$/,
    'expected "all", "chain:<CAIP-2>", "wallet:<name>" or "asset:<CAIP-19>"',
  )

export const walletKindSchema = z.enum(['hot', 'warm', 'cold'])

const walletAsset = z.strictObject({
  asset: assetSchema,
  symbol: z.string().regex(/^[A-Za-z0-9.$_-]{1,20}$/, 'expected 1 to 20 letters or digits'),
  decimals: decimalsSchema,
})

const wallet = z.strictObject({
  wallet: nameSchema,
  kind: walletKindSchema,
  chain: chainSchema,
  /** CAIP-10, on `chain`. */
  account: accountSchema,
  /** Registering a refuge is the standing approval of an evacuation to it, and to nowhere else. */
  refuge: accountSchema.optional(),
  assets: z.array(walletAsset).min(1).max(WALLET_ASSETS_MAX),
})

/** Limits of one asset in one wallet, in base units. Over `withdrawal_max` or `window_max` a request is held. */
const limit = z.strictObject({
  wallet: nameSchema,
  asset: assetSchema,
  withdrawal_max: positiveAmountSchema,
  window_max: positiveAmountSchema,
  window_seconds: z
    .number()
    .int()
    .min(1)
    .max(31 * 86_400),
})

/** What a permit says; the JWS carries these claims. `amount` is exact for a withdrawal and the most that may move for an evacuation. */
export const permitSchema = z.strictObject({
  permit: nameSchema,
  kind: z.enum(['withdrawal', 'evacuation']),
  /** The withdrawal's or the evacuation's id. */
  subject: nameSchema,
  wallet: nameSchema,
  from: accountSchema,
  to: accountSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
  issued_at: instantSchema,
  expires_at: instantSchema,
  halt_epoch: z.number().int().min(0),
})
export type Permit = z.output<typeof permitSchema>

/** What the watch saw where it halted by itself: data beside the reason, for texts in other languages. */
const alarmSchema = z.enum(['theft', 'delegation', 'blind'])

/** A numbered reason (`GATE-014`) in words fit for the customer. */
const reason = z.strictObject({ code: z.string().regex(/^GATE-[0-9]{3}$/), detail: z.string().max(500) })

const request = z.strictObject({
  withdrawal: nameSchema,
  wallet: nameSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
  to: accountSchema,
  purpose: z.enum(['customer', 'repayment', 'treasury']).default('customer'),
  /** The platform's own reference of the customer; never a name. */
  customer: nameSchema.optional(),
})

export const commands = {
  'wallet.register': wallet,
  'policy.set': z.strictObject({
    permit_seconds: z.number().int().min(5).max(600),
    /** How long after its issue a permit may still land on its chain before it counts as never landed. */
    landing_seconds: z
      .number()
      .int()
      .min(60)
      .max(7 * 86_400),
    /** How long a request over its per-withdrawal limit waits for a person before it is denied. */
    hold_seconds_max: z
      .number()
      .int()
      .min(60)
      .max(7 * 86_400),
    limits: z.array(limit).max(500),
  }),
  'denylist.import': z.strictObject({
    list: nameSchema,
    source: lineSchema,
    /** Of the whole file, so that its parts are seen to belong together. */
    digest: digestSchema,
    /** CAIP-10 without the chain where the list gives only an address: `*:<address>`. */
    addresses: z
      .array(z.string().regex(/^[-.%:*a-zA-Z0-9]{3,170}$/))
      .min(1)
      .max(DENY_LIST_PART_MAX),
  }),
  'withdrawal.request': request,
  'withdrawal.release': z.strictObject({ withdrawal: nameSchema, reason: lineSchema }),
  'withdrawal.reject': z.strictObject({ withdrawal: nameSchema, reason: lineSchema }),
  /** The watch saw it land. */
  'permit.settle': z.strictObject({ permit: nameSchema, tx: txSchema, amount: amountSchema }),
  /** A reorganisation took it off the chain again. */
  'permit.reopen': z.strictObject({ permit: nameSchema, tx: txSchema }),
  /** A permit of an evacuation was settled. */
  'evacuation.note_landed': z.strictObject({ permit: nameSchema, tx: txSchema }),
  'halt.raise': z.strictObject({ scope: scopeSchema, reason: lineSchema }),
  /** A chain halted for what the watch saw: the playbook's alone, so that nobody can give their own halt for the machine's. */
  'halt.alarm': z.strictObject({ chain: chainSchema, reason: lineSchema, alarm: alarmSchema }),
  'halt.lift': z.strictObject({ scope: scopeSchema, reason: lineSchema }),
  /** Move what is left of a wallet to its refuge, now. */
  'evacuation.order': z.strictObject({ wallet: nameSchema, reason: lineSchema }),
} as const

export const events = {
  'wallet.registered': wallet,
  'policy.changed': commands['policy.set'],
  'denylist.imported': commands['denylist.import'],
  /** The request is in every outcome's event, so that one entry tells the whole story. */
  'withdrawal.held': request.extend({ reasons: z.array(reason).min(1), until: instantSchema }),
  'withdrawal.denied': request.extend({ reasons: z.array(reason).min(1) }),
  'withdrawal.released': commands['withdrawal.release'],
  /** For a withdrawal the request stands beside it; an evacuation has none. */
  'permit.issued': permitSchema.extend({ request: request.optional() }),
  'permit.settled': z.strictObject({
    permit: nameSchema,
    subject: nameSchema,
    kind: z.enum(['withdrawal', 'evacuation']),
    tx: txSchema,
    amount: amountSchema,
  }),
  'permit.reopened': z.strictObject({ permit: nameSchema, subject: nameSchema, tx: txSchema }),
  /** Neither landed nor reported within the policy's landing time. */
  'permit.unlanded': z.strictObject({ permit: nameSchema, subject: nameSchema, wallet: nameSchema }),
  'halt.raised': z.strictObject({
    scope: scopeSchema,
    reason: lineSchema,
    halt_epoch: z.number().int(),
    alarm: alarmSchema.optional(),
  }),
  'halt.lifted': z.strictObject({ scope: scopeSchema, reason: lineSchema, halt_epoch: z.number().int() }),
  /** The permits of the evacuation follow as `permit.issued`, most valuable first where prices are known, else in registry order. */
  'evacuation.ordered': z.strictObject({
    evacuation: nameSchema,
    wallet: nameSchema,
    refuge: accountSchema,
    reason: lineSchema,
  }),
  'evacuation.landed': z.strictObject({
    evacuation: nameSchema,
    permit: nameSchema,
    wallet: nameSchema,
    asset: assetSchema,
    amount: amountSchema,
    tx: txSchema,
  }),
} as const

export type GateEvent = MessageOf<typeof events>
