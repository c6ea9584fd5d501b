/** The room's vocabulary about people: who they are, their keys, sessions and machines. Proposals: `messages-proposals.ts`. */
import { z } from 'zod'
import { digestSchema, lineSchema, nameSchema } from '../../kernel/names.ts'
import { instantSchema } from '../../kernel/time.ts'
import { commands as alertCommands, events as alertEvents } from './alerts/messages.ts'
import { proposalCommands, proposalEvents } from './messages-proposals.ts'
import { rolesSchema } from './roles.ts'

/** A person's accounts in the systems whose logs are read; more than a dozen is a shared list. */
const ACCOUNTS_MAX = 20
/** What a service account may do; there are fewer actions for machines than this. */
const SCOPES_MAX = 20
/** A console is some dozens of files; with their hashes they must fit one entry. */
export const CONSOLE_FILES_MAX = 200

const base64Url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, 'expected base64url without padding')

const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'expected 32 bytes in base64url without padding')

/** A credential's id, as browsers write it. */
export const credentialSchema = base64Url(1_364)

export const siteSchema = z.strictObject({
  /** In whose name proposals are made. */
  deployment: nameSchema,
  /** The domain that passkeys are bound to. */
  rp_id: z.string().regex(/^[a-z0-9.-]{1,253}$/, 'expected a domain name in small letters'),
  /** Where the console is opened, as browsers write it. */
  origins: z
    .array(z.string().regex(/^https?:\/\/[a-z0-9.[\]:-]{1,290}$/, 'expected an origin such as https://pasu.example'))
    .min(1)
    .max(10),
})

/** A passkey as it was registered; nothing of it is secret. */
export const newKeySchema = z.strictObject({
  id: credentialSchema,
  /** COSE_Key. */
  public_key: base64Url(800),
  backup_eligible: z.boolean(),
  algorithm: z.string().min(1).max(20),
  /** The authenticator's model, as it says itself. */
  aaguid: z.string().regex(/^[0-9a-f-]{36}$/, 'expected a UUID'),
  /** Format of the attestation statement. */
  format: z.string().min(1).max(32),
  /** What its owner calls it. */
  label: lineSchema.max(60),
  sign_count: z.number().int().min(0),
})

const person = z.strictObject({
  person: nameSchema,
  roles: rolesSchema,
  /** Where the person can be called, in words fit for the journal: `staff directory, ends in 5678`. The number itself stands elsewhere. */
  contact: lineSchema.max(100).optional(),
  /** Accounts in other systems whose logs are read, such as a mail address. */
  accounts: z.array(lineSchema.max(200)).max(ACCOUNTS_MAX).default([]),
})

const service = z
  .strictObject({
    service: nameSchema,
    scopes: z
      .array(z.string().regex(/^[a-z_]{1,30}\.[a-z_]{1,30}$/, 'expected an action such as withdrawal.request'))
      .min(1)
      .max(SCOPES_MAX),
    /** Ed25519, 32 bytes: it signs its requests (RFC 9421). */
    public_key: bytes32.optional(),
    /** SHA-256 of its TLS certificate, hexadecimal. */
    certificate_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
      .optional(),
  })
  .refine(
    (one) => (one.public_key === undefined) !== (one.certificate_sha256 === undefined),
    'expected public_key or certificate_sha256, one of the two',
  )

const session = z.strictObject({
  person: nameSchema,
  key: credentialSchema,
  /** Of the cookie. */
  token_hash: digestSchema,
  /** RFC 7638 thumbprint of the browser's own key, which signs every request. */
  device: bytes32,
  /** The part of the address that names a network, not a machine. */
  from: z.string().max(60),
  expires_at: instantSchema,
  /** Of the assertion that opened it. */
  sign_count: z.number().int().min(0),
})

const personReason = z.strictObject({ person: nameSchema, reason: lineSchema })

export const commands = {
  ...proposalCommands,
  ...alertCommands,
  'site.set': siteSchema,
  /** The first person. Taken once, while nobody is registered. */
  'founder.enrol': z.strictObject({ person: nameSchema, roles: rolesSchema, site: siteSchema, key: newKeySchema }),
  'founding.close': z.strictObject({}),
  'person.invite': person,
  'person.change': person,
  'person.suspend': personReason,
  'person.restore': personReason,
  /** A one-time link for whoever was invited or is to get new keys. */
  'enrolment.issue': z.strictObject({ person: nameSchema, token_hash: digestSchema, expires_at: instantSchema }),
  'key.enrol': z.strictObject({ person: nameSchema, token_hash: digestSchema, key: newKeySchema }),
  'key.add': z.strictObject({ person: nameSchema, key: newKeySchema }),
  /** All keys of a person count as lost; a new link may be issued. */
  'key.recover': personReason,
  'key.lose': z.strictObject({ key: credentialSchema, reason: lineSchema }),
  'service.register': service,
  'service.remove': z.strictObject({ service: nameSchema, reason: lineSchema }),
  'session.open': session,
  'session.end': z.strictObject({ session: nameSchema, reason: lineSchema }),
  /** The console's own code, as it is served from now on. */
  'console.list': z.strictObject({
    files: z
      .array(z.strictObject({ path: z.string().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
      .max(CONSOLE_FILES_MAX),
  }),
} as const

export const events = {
  ...proposalEvents,
  ...alertEvents,
  'site.changed': siteSchema,
  'founder.enrolled': z.strictObject({ person: nameSchema, roles: rolesSchema }),
  'founding.closed': z.strictObject({}),
  'person.invited': person,
  'person.changed': person,
  'person.suspended': personReason,
  'person.restored': personReason,
  'enrolment.issued': commands['enrolment.issue'],
  'key.registered': z.strictObject({ person: nameSchema, key: newKeySchema }),
  'key.recovered': personReason,
  'key.lost': z.strictObject({ person: nameSchema, key: credentialSchema, reason: lineSchema }),
  'service.registered': service,
  'service.removed': commands['service.remove'],
  'session.opened': session.extend({ session: nameSchema }),
  'session.ended': z.strictObject({ session: nameSchema, person: nameSchema, reason: lineSchema }),
  'console.listed': commands['console.list'],
} as const
