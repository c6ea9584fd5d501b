/** Whether a signer may sign: the permit is genuine, alive, not halted, for exactly this movement, and spent by this very call. */
import { chainOf, isAccount, isAmount, isAsset, isWhole, normal, type PermitClaims, readClaims } from './claims.ts'
import { type NotPermitted, no } from './codes.ts'
import { type Jwks, verifyJws } from './jws.ts'
import type { SpentStore } from './spent.ts'

/** No policy lets a permit live longer than ten minutes. */
export const LIFETIME_MS_MAX = 600_000
/** How far the clock of Pasu may run before the signer's. An expired permit is expired: there is no leniency at that end. */
export const CLOCK_AHEAD_MS_MAX = 5_000

/** What the transaction that waits for a signature really does, read from its bytes and from nothing else. */
export interface Move {
  /** CAIP-10. */
  readonly from: string
  readonly to: string
  /** CAIP-19. */
  readonly asset: string
  /** Base units, as a decimal string. */
  readonly amount: string
  /** Where this signer only does one of the two. */
  readonly kind?: 'withdrawal' | 'evacuation'
}

export interface VerifyOptions {
  /** The keys of Pasu, fetched beforehand over a trusted way; never taken from the permit. */
  readonly keys: Jwks
  /** The deployment that this signer answers to. */
  readonly issuer: string
  readonly expected: Move
  /** Epoch ms. */
  readonly now: number
  /** The newest halt epoch that this signer knows. */
  readonly haltEpoch: number
  readonly spent: SpentStore
  /** Default and upper bound: ten minutes. */
  readonly lifetimeMaxMs?: number
}

export type Verified = { readonly ok: true; readonly permit: PermitClaims } | NotPermitted

/** Never throws: whatever goes wrong, nothing may be signed. */
export async function verifyPermit(jws: string, options: VerifyOptions): Promise<Verified> {
  try {
    const wrong = askedWrongly(options)
    if (wrong !== undefined) return no('PERMIT-013', wrong)
    const signed = verifyJws(jws, options.keys)
    if (!signed.ok) return signed
    const permit = readClaims(signed.claims, signed.text)
    if ('ok' in permit) return permit
    return lifeFault(permit, options) ?? moveFault(permit, options.expected) ?? (await spend(permit, options))
  } catch (error) {
    return no('PERMIT-013', `the verification failed: ${error instanceof Error ? error.message : 'unknown error'}`)
  }
}

/** A signer's own mistake must not turn a check off: `now: NaN` would make every permit alive. */
function askedWrongly({ keys, issuer, expected, now, haltEpoch, lifetimeMaxMs }: VerifyOptions): string | undefined {
  if (!Array.isArray(keys?.keys) || keys.keys.length === 0) return 'the key set is empty'
  if (typeof issuer !== 'string' || issuer === '') return 'the issuer is missing'
  if (!isWhole(now)) return `now is ${String(now)}; expected whole milliseconds`
  if (!isWhole(haltEpoch)) return `haltEpoch is ${String(haltEpoch)}; expected a whole number`
  if (lifetimeMaxMs !== undefined && !isWhole(lifetimeMaxMs)) return `lifetimeMaxMs is ${String(lifetimeMaxMs)}`
  if (!isAccount(expected.from)) return 'expected.from is not a CAIP-10 account'
  if (!isAccount(expected.to)) return 'expected.to is not a CAIP-10 account'
  if (!isAsset(expected.asset)) return 'expected.asset is not a CAIP-19 asset'
  if (!isAmount(expected.amount)) return 'expected.amount is not a positive decimal string'
  return chainOf(expected.from) === chainOf(expected.to) ? undefined : 'expected.from and expected.to are on two chains'
}

function lifeFault(permit: PermitClaims, options: VerifyOptions): NotPermitted | undefined {
  const { now, issuer, haltEpoch, lifetimeMaxMs = LIFETIME_MS_MAX } = options
  const { issued_at, expires_at } = permit
  if (permit.iss !== issuer) return no('PERMIT-006', `issued by ${permit.iss}; expected ${issuer}`)
  if (now >= expires_at) return no('PERMIT-007', `expired ${now - expires_at} ms ago`)
  if (issued_at > now + CLOCK_AHEAD_MS_MAX) return no('PERMIT-008', `issued ${issued_at - now} ms in the future`)
  const most = Math.min(lifetimeMaxMs, LIFETIME_MS_MAX)
  if (expires_at - issued_at > most) return no('PERMIT-008', `lives ${expires_at - issued_at} ms; at most ${most}`)
  // A halt must never stop a rescue: it is the thief who would ask for that.
  if (permit.kind === 'withdrawal' && permit.halt_epoch < haltEpoch) {
    return no('PERMIT-009', `issued at halt epoch ${permit.halt_epoch}; it is ${haltEpoch} now`)
  }
  return undefined
}

function moveFault(permit: PermitClaims, expected: Move): NotPermitted | undefined {
  for (const part of ['from', 'to', 'asset'] as const) {
    if (normal(permit[part]) === normal(expected[part])) continue
    return no('PERMIT-010', `${part} is ${permit[part]} in the permit, ${expected[part]} in the transaction`)
  }
  if (expected.kind !== undefined && expected.kind !== permit.kind) {
    return no('PERMIT-010', `the permit is for a ${permit.kind}, not a ${expected.kind}`)
  }
  const [permitted, moved] = [BigInt(permit.amount), BigInt(expected.amount)]
  const fits = permit.kind === 'evacuation' ? moved <= permitted : moved === permitted
  return fits
    ? undefined
    : no('PERMIT-010', `amount is ${permit.amount} in the permit, ${expected.amount} in the transaction`)
}

async function spend(permit: PermitClaims, { spent, now }: VerifyOptions): Promise<Verified> {
  try {
    const isFirst = await spent.spend(`${permit.iss}/${permit.permit}`, permit.expires_at, now)
    return isFirst === true ? { ok: true, permit } : no('PERMIT-011', `${permit.permit} was spent before`)
  } catch (error) {
    return no(
      'PERMIT-012',
      `${permit.permit} cannot be recorded: ${error instanceof Error ? error.message : 'unknown error'}`,
    )
  }
}
