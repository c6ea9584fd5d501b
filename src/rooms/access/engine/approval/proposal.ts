/** What a proposal is, and the digest that an approval signs. */
import { z } from 'zod'
import { type Bytes, sha256, toBase64Url, toHex } from '../../../../kernel/bytes.ts'
import { canonicalBytes, type Json } from '../../../../kernel/canonical.ts'
import { lineSchema, nameSchema } from '../../../../kernel/names.ts'
import { DAY_MS, instantSchema, MINUTE_MS } from '../../../../kernel/time.ts'

/**
 * With the terms beside them they must fit one entry of the journal (65,535 bytes): the longest act is a rule pack, and the Korean one has
 * 26,142 bytes.
 */
const PARAMETERS_BYTES_MAX = 60_000
const PARAMETERS_DEPTH_MAX = 8
/** A larger quorum has never been seen to help, and costs a lock-out when people are away. */
export const APPROVALS_MAX = 9
const ROLES_MAX = 10
/** Nobody reads a proposal in less; after a month nobody remembers why it was made. */
const LIFE_MS_MIN = MINUTE_MS
const LIFE_MS_MAX = 30 * DAY_MS

const roles = z.array(nameSchema).max(ROLES_MAX)

/** Who must agree, for how long it may wait, and how long it stays locked after that. Fixed when it is proposed, and part of what is signed. */
export const termsSchema = z.strictObject({
  approvals_min: z.number().int().min(1).max(APPROVALS_MAX),
  /** Any of these roles approves. */
  roles: roles.min(1),
  /** Any one person of these roles vetoes, until it is executed. */
  veto_roles: roles,
  expires_after_ms: z.number().int().min(LIFE_MS_MIN).max(LIFE_MS_MAX),
  /** From the last approval that was missing until it may be executed. */
  time_lock_ms: z.number().int().min(0).max(LIFE_MS_MAX),
  /** What is added while an administrator is at risk. */
  at_risk: z
    .strictObject({
      approvals_added: z.number().int().min(0).max(APPROVALS_MAX),
      time_lock_added_ms: z.number().int().min(0).max(LIFE_MS_MAX),
    })
    .optional(),
  /** Whether somebody other than the proposer must have called a number already on file and heard the code. */
  call_back: z.boolean().optional(),
})
export type Terms = z.infer<typeof termsSchema>

/** JSON that has a canonical form, of bounded depth. */
function isPlain(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || depth >= PARAMETERS_DEPTH_MAX) return false
  const members = Array.isArray(value) ? Array.from(value) : Object.entries(value).flat()
  return members.every((member) => isPlain(member, depth + 1))
}

const isParameters = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value)

const parametersSchema = z
  .custom<{ readonly [name: string]: Json }>(
    isParameters,
    `expected an object of texts, whole numbers, true, false, null, at most ${PARAMETERS_DEPTH_MAX} levels`,
  )
  .refine((value) => canonicalBytes(value).length <= PARAMETERS_BYTES_MAX, `at most ${PARAMETERS_BYTES_MAX} bytes`)

export const proposalSchema = z.strictObject({
  /** The deployment in which it may be executed. */
  deployment: nameSchema,
  /** Never used again: it makes the digest of two equal acts differ. */
  proposal: nameSchema,
  /** The command that is executed, such as `halt.lift`. */
  act: nameSchema,
  /** The command's data, exactly as it will be executed. */
  parameters: parametersSchema,
  reason: lineSchema,
  proposed_by: nameSchema,
  proposed_at: instantSchema,
  expires_at: instantSchema,
  terms: termsSchema,
})
export type Proposal = z.infer<typeof proposalSchema>

/** What a challenge was made for stands inside what is hashed, so that no signature means two things. A change of the texts is a new version. */
const APPROVAL_DOMAIN = 'pasu.approval.v1'
const SIGN_IN_DOMAIN = 'pasu.sign-in.v1'

const hashed = (proposal: Proposal): Bytes => sha256(canonicalBytes({ domain: APPROVAL_DOMAIN, proposal }))

/** `sha256:` and 64 hexadecimal digits, as the journal and the text name it. */
export const proposalDigest = (proposal: Proposal): string => `sha256:${toHex(hashed(proposal))}`

/** The same digest as a WebAuthn challenge: 32 bytes in base64url. */
export const approvalChallenge = (proposal: Proposal): string => toBase64Url(hashed(proposal))

/** The challenge of a sign-in, from random bytes. Whatever bytes a thief gets us to take, it is never the challenge of an approval. */
export const signInChallenge = (nonce: Bytes): string =>
  toBase64Url(sha256(canonicalBytes({ domain: SIGN_IN_DOMAIN, nonce: toBase64Url(nonce) })))
