/** What a permit says. Every claim is mandatory and none may be added: what a verifier does not understand it must not sign on. */
import { type NotPermitted, no } from './codes.ts'
import { shown } from './jws.ts'

export interface PermitClaims {
  /** The deployment that issued it. */
  readonly iss: string
  /** The permit's id, as `permit`. */
  readonly jti: string
  /** Seconds since 1970, as RFC 7519 has them; the exact times are `issued_at` and `expires_at`. */
  readonly iat: number
  readonly exp: number
  readonly permit: string
  readonly kind: 'withdrawal' | 'evacuation'
  /** The withdrawal's or the evacuation's id. */
  readonly subject: string
  readonly wallet: string
  /** CAIP-10 accounts and a CAIP-19 asset, all on one chain. */
  readonly from: string
  readonly to: string
  readonly asset: string
  /** Base units; exact for a withdrawal, the most that may move for an evacuation. */
  readonly amount: string
  /** Milliseconds since 1970. */
  readonly issued_at: number
  readonly expires_at: number
  readonly halt_epoch: number
}

type Check = (value: unknown) => boolean

const text =
  (form: RegExp): Check =>
  (value) =>
    typeof value === 'string' && form.test(value)
const whole: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const name = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
/** CAIP-10 and CAIP-19, without any character that could mean "whatever". */
const account = text(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%a-zA-Z0-9]{1,128}$/)
const asset = text(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}$/)
const amount = text(/^[1-9][0-9]{0,77}$/)

const checks: Readonly<Record<keyof PermitClaims, Check>> = {
  iss: name,
  jti: name,
  iat: whole,
  exp: whole,
  permit: name,
  kind: text(/^(withdrawal|evacuation)$/),
  subject: name,
  wallet: name,
  from: account,
  to: account,
  asset,
  amount,
  issued_at: whole,
  expires_at: whole,
  halt_epoch: whole,
}

export const isAccount = account
export const isAsset = asset
export const isAmount = amount
export const isWhole = whole

/** The chain of an account or an asset: `eip155:1`. */
export const chainOf = (id: string): string => id.split('/')[0]?.split(':').slice(0, 2).join(':') ?? ''

/** Ethereum addresses mean the same in any case. */
export const normal = (id: string): string => (id.startsWith('eip155:') ? id.toLowerCase() : id)

const isClaims = (value: object): value is PermitClaims =>
  Object.entries(checks).every(([claim, check]) => check(Reflect.get(value, claim)))

/** Sorted members, no white space: so that every JSON parser, whichever of two equal members it keeps, reads the same. */
const canonical = (claims: PermitClaims): string =>
  JSON.stringify(Object.fromEntries(Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1))))

/** The claims of a payload whose signature was verified. */
export function readClaims(found: { readonly [name: string]: unknown }, payload: string): PermitClaims | NotPermitted {
  const strange = Object.keys(found).find((claim) => !Object.hasOwn(checks, claim))
  if (strange !== undefined) return no('PERMIT-005', `the claim ${shown(strange)} is not known`)
  for (const [claim, check] of Object.entries(checks)) {
    if (!check(found[claim])) return no('PERMIT-005', `the claim ${claim} is ${shown(found[claim])}`)
  }
  if (!isClaims(found)) return no('PERMIT-005', 'the claims are incomplete')
  if (canonical(found) !== payload) return no('PERMIT-005', 'the claims are not in canonical form')
  const { jti, permit, iat, exp, issued_at, expires_at } = found
  const isOne = jti === permit && iat === Math.floor(issued_at / 1_000) && exp === Math.floor(expires_at / 1_000)
  if (!isOne) return no('PERMIT-005', 'jti, iat and exp do not say what permit, issued_at and expires_at say')
  const chains = new Set([chainOf(found.from), chainOf(found.to), chainOf(found.asset)])
  return chains.size === 1 ? found : no('PERMIT-005', `from, to and asset are on ${[...chains].join(', ')}`)
}
