/** The settings of one deployment: `config.json` in its data folder. Nothing secret stands in it; secrets are files of their own. */
import { z } from 'zod'
import { chainSchema } from '../kernel/caip.ts'
import { nameSchema } from '../kernel/names.ts'
import { DAY_MS, SECOND_MS } from '../kernel/time.ts'
import { siteSchema } from '../rooms/access/messages.ts'
import { FORMATS } from './admin/formats.ts'
import { attestationPolicySchema } from './attestation.ts'

/** Polling faster than this asks a node for the same block again and again. */
export const POLL_MS_MIN = 50
/** Slower than this, a theft of a chain with short blocks would run for a minute unseen. */
export const POLL_MS_MAX = 60_000
/** Shorter than this, an ordinary gap between two blocks would halt the chain. */
export const STALL_MS_MIN = 5 * SECOND_MS
/** A chain that only makes blocks on demand may rest for a week; one that rests longer is not worth a wallet. */
export const STALL_MS_MAX = 7 * DAY_MS
/** Two nodes tell which one lies; a third only costs. */
export const NODES_MAX = 2
/** More chains than this on one machine want a second deployment. */
export const SOURCES_MAX = 32
/** Where `pasu serve` listens unless told otherwise. */
export const DEFAULT_PORT = 7380
export const DEFAULT_HOST = '127.0.0.1'

const LOOPBACK = /^(127(\.[0-9]{1,3}){3}|::1|\[::1\]|localhost)$/i

/** Whether a host name or address can only be reached from this machine. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

const hostSchema = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'expected a host name or an IP address')
const portSchema = z.number().int().min(0).max(65_535)
const pathSchema = z.string().min(1).max(4_096)

/** `http` or `https`; a password in the address would end up in logs. */
const urlSchema = z
  .string()
  .max(2_048)
  .refine((text) => {
    const url = URL.parse(text)
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  }, 'expected an http or https URL without user and password')

/** `http` only on this machine: what is sent there carries a secret. */
const safeUrlSchema = urlSchema.refine((text) => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || isLoopback(url.hostname))
}, 'expected https, or http on this machine')

const listen = z.strictObject({
  host: hostSchema.default(DEFAULT_HOST),
  /** 0 takes any free port. */
  port: portSchema.default(DEFAULT_PORT),
  /** The names under which clients reach this server. Requests that name another host are refused where this is set, and on loopback. */
  names: z.array(hostSchema).max(20).default([]),
  /** PEM files; a relative path starts at the data folder. */
  tls: z.strictObject({ key: pathSchema, cert: pathSchema }).optional(),
  /** For a server behind a proxy that ends TLS: says that the network in between is trusted. */
  allow_plain_beyond_loopback: z.boolean().default(false),
})

const mail = z.strictObject({
  host: hostSchema,
  port: portSchema,
  /** TLS from the first byte (port 465). Otherwise STARTTLS, without which nothing is sent to a server beyond this machine. */
  secure: z.boolean().default(false),
  from: z.string().regex(/^[^\p{Cc}]{3,300}$/u, 'expected a mail address'),
  user: z.string().max(300).optional(),
  /** A file that holds the password and nothing else. */
  password_file: pathSchema.optional(),
})

const source = z.strictObject({
  chain: chainSchema,
  nodes: z.array(urlSchema).min(1).max(NODES_MAX),
  poll_ms: z.number().int().min(POLL_MS_MIN).max(POLL_MS_MAX).default(1_000),
  /** A node without a new block for so long is stalled, and the chain blind where all of them are. Two minutes where absent. */
  stall_ms: z.number().int().min(STALL_MS_MIN).max(STALL_MS_MAX).optional(),
  /** The block that a first reading begins with: that of the first deposit to a wallet, for instance. A few below the latest where absent. */
  start_height: z.number().int().min(0).optional(),
})

/** Where accounts of a log are suspended when their behaviour says that somebody else holds them. */
const response = z.discriminatedUnion('kind', [
  /** The base of a SCIM 2.0 service, and a file that holds its bearer token and nothing else. */
  z.strictObject({ kind: z.literal('scim'), url: safeUrlSchema, token_file: pathSchema }),
  /** Signed with the secret of `webhook`. */
  z.strictObject({ kind: z.literal('webhook'), url: safeUrlSchema }),
])

export const configSchema = z.strictObject({
  /** The platform that this deployment guards; names its journal. */
  platform: nameSchema,
  language: z.enum(['ko', 'en']).default('en'),
  listen: listen.prefault({}),
  /** The domain that passkeys are bound to and where the console is opened, until the first person enrols; after that the journal says it. */
  site: siteSchema.pick({ rp_id: true, origins: true }).optional(),
  /** Which authenticators may be enrolled; any where absent. */
  attestation: attestationPolicySchema.optional(),
  mail: mail.optional(),
  webhook: z.strictObject({ secret_file: pathSchema }).optional(),
  /** The signer that evacuations are handed to. */
  signer: z.strictObject({ url: urlSchema }).optional(),
  /** By the name of the log: `okta`, `github`. */
  responses: z.partialRecord(z.enum(FORMATS), response).optional(),
  sources: z.array(source).max(SOURCES_MAX).default([]),
  /** Rule packs to load at a start, as YAML files; a relative path starts at the data folder. */
  rule_packs: z.array(pathSchema).max(20).optional(),
})

export type Config = z.output<typeof configSchema>
