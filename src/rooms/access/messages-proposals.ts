/** What is proposed, approved, vetoed and executed, and the rules of approval. */
import { z } from 'zod'
import { digestSchema, lineSchema, nameSchema } from '../../kernel/names.ts'
import { instantSchema } from '../../kernel/time.ts'
import { guardedActSchema } from './acts.ts'
import { approvalSchema, policySchema, proposalSchema, type termsSchema } from './engine/approval/index.ts'

const id = z.strictObject({ proposal: nameSchema })
const withReason = id.extend({ reason: lineSchema })

/** Where it was proposed from: the session, and the network it came from. */
const originSchema = z.strictObject({ session: nameSchema.optional(), from: z.string().max(60).optional() })
const done = { act: guardedActSchema, parameters: proposalSchema.shape.parameters }

/** Sixty bits that can be read aloud: nobody guesses them within the minutes in which they count. */
export const codeSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/, 'expected a code such as 7K2Q-M9XA-R4TD')

export const proposalCommands = {
  'proposal.make': z.strictObject({
    act: nameSchema,
    parameters: proposalSchema.shape.parameters,
    reason: lineSchema,
    origin: originSchema.default({}),
  }),
  /** `digest` is of what the person was shown. */
  'proposal.approve': z.strictObject({
    proposal: nameSchema,
    digest: digestSchema,
    assertion: approvalSchema.shape.assertion,
  }),
  'proposal.veto': withReason,
  'proposal.withdraw': withReason,
  /** Once more, where what was approved could not be done at the time. */
  'proposal.execute': id,
  /** The proposer is shown a code; somebody else, who dialled the number on file, hears it. */
  'call.open': id.extend({ code_hash: digestSchema, expires_at: instantSchema }),
  'call.answer': id.extend({ code: codeSchema }),
  'approvals.set': z.strictObject({ acts: policySchema.shape.acts }),
} as const

export const proposalEvents = {
  'proposal.made': z.strictObject({ proposal: proposalSchema, digest: digestSchema, origin: originSchema }),
  'proposal.approved': approvalSchema.extend({ sign_count: z.number().int().min(0) }),
  'proposal.vetoed': withReason.extend({ person: nameSchema }),
  'proposal.withdrawn': withReason,
  /** The playbook carries it out: exactly this, in the same turn. */
  'proposal.executed': z.strictObject({ proposal: nameSchema, ...done, approved_by: z.array(nameSchema) }),
  /** Approved, and refused by what it was to change. It may be tried again until it ends. */
  'proposal.stalled': z.strictObject({ proposal: nameSchema, code: z.string().max(40), detail: z.string().max(500) }),
  'proposal.lapsed': id.extend({ why: z.enum(['expired', 'void']) }),
  'call.opened': proposalCommands['call.open'],
  'call.answered': id.extend({ person: nameSchema }),
  'call.missed': id.extend({ person: nameSchema, tries_left: z.number().int().min(0) }),
  'approvals.changed': proposalCommands['approvals.set'],
  /** The founder did at once what needs a quorum once founding is closed. */
  'founding.acted': z.strictObject({ ...done, reason: lineSchema }),
} as const

export type ActTerms = z.output<typeof termsSchema>
