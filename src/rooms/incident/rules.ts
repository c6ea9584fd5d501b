/** What a rule pack is: one jurisdiction's obligations as dated, sourced data. The numbers of the law stand in packs, never in code. */
import { z } from 'zod'
import { digestSchema, nameSchema } from '../../kernel/names.ts'

/** A pack travels in one journal entry of 65,535 bytes; Korean takes three bytes a letter. */
export const PACK_OBLIGATIONS_MAX = 60
/** What is left of an entry for the pack itself; the rest is the entry's envelope. */
export const PACK_BYTES_MAX = 60_000
/** About ten years of public holidays. */
const HOLIDAYS_MAX = 300

export const languageSchema = z.enum(['en', 'ko'])
export type Language = z.output<typeof languageSchema>

/** Text of a pack is shown and sent: control characters, line breaks and half characters have no business in it. */
const textOf = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected one line without control characters')
export const bilingual = (max = 600) => z.strictObject({ en: textOf(max), ko: textOf(max) })
export type Bilingual = { readonly en: string; readonly ko: string }

export const dateSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'expected a date such as "2026-10-01"')

/**
 * What makes an obligation's clock start. Pasu itself fires `intrusion` and `theft` (a case of stolen coins or of a stolen key opens),
 * `blind` (nobody sees a chain), `block` (customers' deposits or withdrawals were stopped) and `further_fact` (something new was found
 * after the report that the obligation `follows`). The others are fired by a person, through `incident.record`.
 */
export const triggerSchema = z.enum([
  'intrusion',
  'theft',
  'blind',
  'block',
  'further_fact',
  'personal_data',
  'personal_data_possible',
  'suspicion',
  'suspicion_decided',
  'unfair_trade',
  'fraud_account',
  'fraud_suspected',
  'cash',
  'information_request',
  'manual_change',
  'periodic',
])
export type Trigger = z.output<typeof triggerSchema>

/**
 * Kinds of deadline that laws know; the number stands in the pack. `at_once`, `without_delay` and `beforehand` are due when they start.
 * `unset`: the duty stands in the act, its time does not stand anywhere yet; its clock has no due time and is never late.
 */
export const deadlineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('at_once') }),
  z.strictObject({ kind: z.literal('without_delay') }),
  z.strictObject({ kind: z.literal('beforehand') }),
  z.strictObject({
    kind: z.literal('within'),
    seconds: z
      .number()
      .int()
      .min(1)
      .max(366 * 86_400),
  }),
  z.strictObject({ kind: z.literal('business_days'), days: z.number().int().min(1).max(365) }),
  z.strictObject({ kind: z.literal('unset') }),
])
export type Deadline = z.output<typeof deadlineSchema>

/** One thing that the law wants the notice to say. `about` names the fact of the case, or the statement of a person, that answers it. */
const contentItem = bilingual(300).extend({
  about: z.string().regex(/^[a-z][a-z_]{0,39}$/, 'expected a word such as "cause"'),
})

export const obligationSchema = z.strictObject({
  obligation: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,12}){1,4}$/, 'expected an id such as "KR-NET-INIT"'),
  state: z.enum(['in_force', 'proposed']),
  /** Whether the source's text itself was read. What is not verified ships, and says so. */
  verified: z.boolean(),
  trigger: triggerSchema,
  /** For `further_fact`: the obligation whose report made the earlier facts known. */
  follows: z.string().max(60).optional(),
  deadline: deadlineSchema,
  /** Key of a recipient in the deployment's directory: `FSS`, `KISA`, `customers`. */
  authority: nameSchema,
  /** A report names every transfer; an announcement to customers does not. */
  audience: z.enum(['authority', 'customers']),
  title: bilingual(200),
  /** What making it is called: `report`, `신고`. */
  act: bilingual(40),
  /** The provision, as a notice cites it. */
  basis: bilingual(300),
  /** What the notice must contain, in the law's own order. Empty: the duty is no notice, it is met by a deed and its evidence. */
  content: z.array(contentItem).max(12),
  sanction: bilingual().optional(),
  /** What is open about it: a reading in dispute, a decree that is missing. */
  note: bilingual().optional(),
  /** Where the text was read. */
  source: z.string().min(1).max(300),
  since: dateSchema.optional(),
  until: dateSchema.optional(),
})
export type Obligation = z.output<typeof obligationSchema>

export const packSchema = z.strictObject({
  pack: nameSchema,
  jurisdiction: z.string().regex(/^[A-Z]{2}$/, 'expected two capital letters'),
  /** The date up to which the law was read. */
  as_of: dateSchema,
  digest: digestSchema,
  /** IANA name; in it days begin and end. */
  time_zone: z.string().min(1).max(40),
  /** How the addressees are called in a notice. */
  authorities: z.array(bilingual(200).extend({ authority: nameSchema })).max(40),
  /** Public holidays on which no business day falls, up to `to`. A later day counts as a business day: due earlier, never later. */
  holidays: z.strictObject({
    to: dateSchema,
    source: z.string().min(1).max(300),
    days: z.array(dateSchema).max(HOLIDAYS_MAX),
  }),
  obligations: z.array(obligationSchema).min(1).max(PACK_OBLIGATIONS_MAX),
})
export type Pack = z.output<typeof packSchema>
