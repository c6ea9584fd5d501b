/** The incident room's whole vocabulary: rule packs, cases, clocks, notices. */
import { z } from 'zod'
import { accountSchema, assetSchema, chainSchema } from '../../kernel/caip.ts'
import { amountSchema, positiveAmountSchema } from '../../kernel/money.ts'
import { lineSchema, nameSchema, txSchema } from '../../kernel/names.ts'
import { instantSchema } from '../../kernel/time.ts'
import type { MessageOf } from '../../machine/room.ts'
import { bilingual, languageSchema, packSchema, triggerSchema } from './rules.ts'

/** The longest text of a notice, in characters: with three bytes a letter it still fits one journal entry. */
export const BODY_MAX = 12_000
export const SUBJECT_MAX = 300

export const channelSchema = z.enum(['mail', 'webhook'])
export type Channel = z.output<typeof channelSchema>

/** Where a notice for this authority goes. `mail` to an address, `webhook` to an https URL (http on loopback only). */
const recipient = z.strictObject({
  authority: nameSchema,
  language: languageSchema,
  channel: channelSchema,
  to: z.string().min(3).max(300),
})

/** Who reports: the platform's name, the unit in charge and how to reach it. A unit, never a person's name: the journal is for ever. */
const reporter = z.strictObject({ platform: bilingual(100), unit: bilingual(100), contact: lineSchema.max(200) })

/** `block`: customers were stopped for a reason that no other case knows. */
export const incidentKindSchema = z.enum(['theft', 'delegation', 'blind', 'block'])
export type IncidentKind = z.output<typeof incidentKindSchema>
export const severitySchema = z.enum(['low', 'high', 'critical'])
export type Severity = z.output<typeof severitySchema>

const placeSchema = z.number().int().min(0)

/** One movement that belongs to a case. */
const theft = z.strictObject({
  tx: txSchema,
  place: placeSchema,
  from: accountSchema,
  to: accountSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
  height: z.number().int(),
  block_at: instantSchema,
})

export const factSchema = z.enum([
  'halted',
  'lifted',
  'evacuation_ordered',
  'evacuated',
  'traced',
  'trace_failed',
  'loss_computed',
  'repayment_planned',
  'repaid',
  'blinded',
  'restored',
  'delegated',
  'delivery_failed',
  'note',
])
export type Fact = z.output<typeof factSchema>

/** What the watch saw when it halted by itself. */
export const alarmSchema = z.enum(['theft', 'delegation', 'blind'])
export type Alarm = z.output<typeof alarmSchema>

const count = z.number().int().min(0)
const traced = z.strictObject({ trace: nameSchema, addresses: count, edges: count })
/** `planned` and `unfunded` while it is planned; `krw` in whole won. */
const repaid = z.strictObject({
  claims: count,
  planned: count.optional(),
  unfunded: count.optional(),
  krw: amountSchema,
})
export type Traced = z.output<typeof traced>
export type Repaid = z.output<typeof repaid>

/** What a fact is about: data, from which each language makes its own sentence. A halt of everything has none of these. */
const about = {
  chain: chainSchema.optional(),
  wallet: nameSchema.optional(),
  asset: assetSchema.optional(),
  amount: positiveAmountSchema.optional(),
  tx: txSchema.optional(),
  /** Where coins were sent, or who was let act for the wallet. */
  to: accountSchema.optional(),
  alarm: alarmSchema.optional(),
  /** How long what ended now had lasted, in milliseconds. */
  lasted_ms: z.number().int().min(0).optional(),
  traced: traced.optional(),
  repaid: repaid.optional(),
  /** Of the outbox: what could not be delivered. */
  effect: z.string().min(1).max(100).optional(),
}

const statement = z.strictObject({
  incident: nameSchema,
  /** Which content item of the obligations it answers: `cause`. */
  about: z.string().regex(/^[a-z][a-z_]{0,39}$/, 'expected a word such as "cause"'),
  en: lineSchema,
  ko: lineSchema,
})

export const commands = {
  'pack.load': packSchema,
  'recipient.set': recipient,
  'reporter.set': reporter,
  /** Opens a case, or adds to the open one of the same kind, wallet and chain. */
  'incident.open': z.strictObject({
    kind: incidentKindSchema,
    chain: chainSchema,
    wallet: nameSchema.optional(),
    /** For the journal's readers. The time line is told from the data, in both languages. */
    summary: lineSchema,
    /** What a source said, as it said it. */
    detail: lineSchema.optional(),
    /** Who was let act for the wallet, and by which transaction. */
    tx: txSchema.optional(),
    to: accountSchema.optional(),
    /** When the event happened on its chain, the turn's time where absent; awareness is the turn's own time. */
    happened_at: instantSchema.optional(),
    theft: theft.optional(),
  }),
  /** Something that belongs on the time line of every open case that it concerns (by chain, wallet or incident; all where none is given). */
  'incident.record': z.strictObject({
    fact: factSchema,
    /** What a person or a source wrote: it stands on the time line as it was written, in either language. */
    text: lineSchema.optional(),
    incident: nameSchema.optional(),
    ...about,
    /** Starts the clocks of this trigger in the gravest, then oldest, of those cases; a block that concerns none opens one of its own. */
    trigger: triggerSchema.optional(),
  }),
  /** A line of a person on the time line; it is in no notice. */
  'incident.note': z.strictObject({ incident: nameSchema, text: lineSchema }),
  /** A person's answer to what a notice must say and the case itself does not know, in both languages. Goes into the next draft. */
  'incident.state': statement,
  /** A reorganisation undid the movement. */
  'incident.retract': z.strictObject({ tx: txSchema, place: placeSchema, chain: chainSchema }),
  'incident.close': z.strictObject({ incident: nameSchema, summary: lineSchema }),
  /** `drafted_at`: of the draft that was read. If another one was drawn since, the approval is refused. */
  'notice.approve': z.strictObject({ notice: nameSchema, drafted_at: instantSchema.optional() }),
  /** Draws the text again from the case as it is now; approved or sent notices keep theirs. */
  'notice.redraft': z.strictObject({ notice: nameSchema }),
  'notice.mark_sent': z.strictObject({ notice: nameSchema, receipt: z.string().max(300) }),
  'notice.mark_failed': z.strictObject({ notice: nameSchema, why: z.string().max(300) }),
  /** It did not get through and is tried again. */
  'notice.mark_delayed': z.strictObject({ notice: nameSchema, why: z.string().max(300) }),
  'notice.acknowledge': z.strictObject({ notice: nameSchema, reference: lineSchema }),
  /** The duty was met by other means, such as a telephone call: says how, and when if it was earlier than now. */
  'clock.meet': z.strictObject({
    incident: nameSchema,
    obligation: z.string().max(60),
    evidence: lineSchema,
    met_at: instantSchema.optional(),
  }),
} as const

/** `run` counts how often the duty arose in this case: 1, 2, … */
const clockRef = { incident: nameSchema, obligation: z.string(), run: z.number().int().min(1), authority: nameSchema }
const noticeRef = z.strictObject({ notice: nameSchema })
const opened = z.strictObject({
  incident: nameSchema,
  kind: incidentKindSchema,
  severity: severitySchema,
  /** Absent only for a block of the whole platform. */
  chain: chainSchema.optional(),
  wallet: nameSchema.optional(),
  summary: lineSchema,
  detail: lineSchema.optional(),
  tx: txSchema.optional(),
  to: accountSchema.optional(),
  happened_at: instantSchema,
  aware_at: instantSchema,
  theft: theft.optional(),
})

export const events = {
  'pack.loaded': packSchema,
  'recipient.changed': recipient,
  'reporter.changed': reporter,
  'incident.opened': opened,
  'incident.extended': z.strictObject({
    incident: nameSchema,
    chain: chainSchema,
    wallet: nameSchema.optional(),
    theft,
  }),
  'incident.retracted': z.strictObject({
    incident: nameSchema,
    chain: chainSchema,
    tx: txSchema,
    place: placeSchema,
  }),
  'incident.recorded': z.strictObject({
    incident: nameSchema,
    fact: factSchema,
    text: z.string().optional(),
    ...about,
    trigger: triggerSchema.optional(),
    /** When it began, where that was before this entry: a halt that stood when the case was opened. */
    since: instantSchema.optional(),
  }),
  'incident.stated': statement,
  'incident.closed': z.strictObject({ incident: nameSchema, summary: lineSchema }),
  'clock.started': z.strictObject({
    ...clockRef,
    trigger: triggerSchema,
    started_at: instantSchema,
    /** Absent where no time is set in law yet. */
    due_at: instantSchema.optional(),
  }),
  'clock.met': z.strictObject({
    ...clockRef,
    evidence: z.string(),
    /** The notice that met it; `evidence` then says the same in words. */
    notice: nameSchema.optional(),
    met_at: instantSchema,
    late_ms: z.number().int().min(0),
  }),
  'clock.missed': z.strictObject({ ...clockRef, due_at: instantSchema }),
  /** Subject and body are a function of the case at that time; the texts stand here so that the record shows what was drafted. */
  'notice.drafted': z.strictObject({
    notice: nameSchema,
    ...clockRef,
    language: languageSchema,
    channel: z.enum(['mail', 'webhook', 'none']),
    to: z.string(),
    subject: z.string().max(SUBJECT_MAX),
    body: z.string().max(BODY_MAX),
  }),
  'notice.approved': noticeRef.extend({ channel: channelSchema, to: z.string() }),
  'notice.sent': noticeRef.extend({ receipt: z.string() }),
  'notice.failed': noticeRef.extend({ why: z.string() }),
  'notice.delayed': noticeRef.extend({ why: z.string() }),
  'notice.acknowledged': noticeRef.extend({ reference: lineSchema }),
} as const

export type IncidentEvent = MessageOf<typeof events>
