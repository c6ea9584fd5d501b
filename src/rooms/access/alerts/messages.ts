/** What is told of administrators' behaviour and of attacks tried at the door, and who is at risk because of it. */
import { z } from 'zod'
import { digestSchema, lineSchema, nameSchema } from '../../../kernel/names.ts'
import { instantSchema } from '../../../kernel/time.ts'
import { DETECTORS, SEVERITIES } from '../engine/index.ts'
import { RESPONSES } from './response.ts'

/** Detections in one report: each may raise a risk and suspend somebody, and a turn runs at most 256 consequences. */
export const DETECTIONS_MAX = 30
/** Reports of one upload: 3,000 detections. A log with more of them is not read by a person line by line. */
export const PARTS_MAX = 100
/** Characters of an account's name. A mail address has at most 254, a name in AWS with its path is shorter than 200 in practice. */
export const LOGIN_MAX = 256
/** Lines behind one detection: its own and what it is compared with. */
export const LINES_MAX = 20
/** Repeats of one attempt that the door counted before it told of them. */
const COUNT_MAX = 1_000_000

/**
 * What the feed remembered of the accounts when it read an upload: `kept` all that the journal says was read before; `first` nothing was
 * read before; `lost` the file is gone; `damaged` it is not what was written; `behind` it is older than the journal.
 */
export const MEMORIES = ['kept', 'first', 'lost', 'damaged', 'behind'] as const
export const memorySchema = z.enum(MEMORIES)
export type Memory = z.output<typeof memorySchema>

const severitySchema = z.enum(SEVERITIES)
const responseSchema = z.enum(RESPONSES)
const countSchema = z.number().int().min(0)
const loginSchema = z
  .string()
  .min(1)
  .max(LOGIN_MAX)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected an account without control characters')
const wordsSchema = z.strictObject({ en: lineSchema, ko: lineSchema })

const detection = z.strictObject({
  /** When the event happened, as its log says. */
  at: instantSchema,
  detector: z.enum(DETECTORS),
  severity: severitySchema,
  /** The key by which the log knows the person. */
  account: loginSchema,
  why: wordsSchema,
  /** The event's own line, counted over all that was ever read of the source: the report's `first_line` is the first of its upload. */
  line: z.number().int().min(1),
  /** All that it rests on, its own included. */
  lines: z.array(z.number().int().min(1)).min(1).max(LINES_MAX),
})

const upload = {
  /** Which log: `okta`, `cloudtrail`. */
  source: nameSchema,
  /** SHA-256 of the bytes that were read. */
  digest: digestSchema,
  /** From 0; an upload with many detections is told in several reports. */
  part: z.number().int().min(0),
  parts: z.number().int().min(1).max(PARTS_MAX),
  events: countSchema,
  rejected: countSchema,
  /** Events earlier than one that an earlier upload told of. */
  late: countSchema,
  /** Detections beyond what an upload's reports hold, the least grave. */
  untold: countSchema,
  first_line: z.number().int().min(1),
  lines: countSchema,
  from_at: instantSchema.optional(),
  until_at: instantSchema.optional(),
  /** Names of all that was read of the source, before this upload and with it. */
  read_before: digestSchema,
  read: digestSchema,
  /** SHA-256 of what the feed keeps of it, so that a file put in its place is found; absent where it began anew. */
  state_before: digestSchema.optional(),
  state: digestSchema,
  memory: memorySchema,
}

const attempt = z.strictObject({
  /** The refusal with which it ended: `APPROVAL-007`. */
  what: z.string().regex(/^[A-Z]+-[0-9]{3}$/, 'expected the number of a refusal'),
  person: nameSchema.optional(),
  service: nameSchema.optional(),
  session: nameSchema.optional(),
  /** The address it came from. */
  from: z
    .string()
    .regex(/^[0-9A-Za-z:.%-]{1,64}$/)
    .optional(),
  detail: lineSchema,
  count: z.number().int().min(1).max(COUNT_MAX),
  /** Something of the person's is in foreign hands, such as the cookie of a session without its device key. */
  stolen: z.boolean().default(false),
})

const risk = z.strictObject({ person: nameSchema, why: lineSchema, alert: nameSchema.optional() })
const clear = z.strictObject({ person: nameSchema, reason: lineSchema })

export const commands = {
  /** What one upload of a log held. The same part of the same bytes of a source counts once. */
  'admin.report': z.strictObject({ ...upload, detections: z.array(detection).max(DETECTIONS_MAX) }),
  /** An attack tried at the door, which limits how often it tells. */
  'attempt.note': attempt,
  'risk.raise': risk,
  'risk.clear': clear,
} as const

export const events = {
  /** The detections of severity low stand in the command alone; the others are events of their own. */
  'admin.reported': z.strictObject({
    ...upload,
    counts: z.strictObject({ low: countSchema, medium: countSchema, high: countSchema, critical: countSchema }),
  }),
  'admin.detected': detection.extend({
    alert: nameSchema,
    source: nameSchema,
    digest: digestSchema,
    /** Whose account it is, where it is a registered person's. */
    person: nameSchema.optional(),
    response: responseSchema,
    /** The policy asked for a suspension, but so many happened within a day that a person decides on this one. */
    held_back: z.boolean(),
  }),
  /** What was usual for the accounts of a source is not known any more, or not all of it: behaviour is learned anew from here. */
  'admin.forgot': z.strictObject({
    alert: nameSchema,
    source: nameSchema,
    digest: digestSchema,
    memory: memorySchema,
  }),
  'attempt.seen': attempt.extend({ alert: nameSchema, severity: severitySchema, stolen: z.boolean() }),
  'risk.raised': risk,
  'risk.cleared': clear,
} as const
