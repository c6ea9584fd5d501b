/** The browser's own dialogue for passkeys. What it says when nothing comes of it is told in words that a person can act on. */
import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { type LocalCode, Problem } from '../api/problem.ts'

/** DOMException names of WebAuthn Level 3, sections 5.1.3 and 5.1.4. A browser tells no more than these, so that a site learns nothing. */
const CODES: { readonly [name: string]: LocalCode } = {
  NotAllowedError: 'PASSKEY_NONE',
  AbortError: 'PASSKEY_NONE',
  InvalidStateError: 'PASSKEY_KNOWN',
  SecurityError: 'PASSKEY_DOMAIN',
  NotSupportedError: 'PASSKEY_UNFIT',
  ConstraintError: 'PASSKEY_UNFIT',
}

const nameOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return ''
  // The library wraps what the browser threw and gives it a name of its own, except where it has nothing to add.
  return fault.cause instanceof Error ? fault.cause.name : fault.name
}

async function told<T>(ceremony: Promise<T>): Promise<T> {
  try {
    return await ceremony
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    const code: LocalCode = CODES[nameOf(cause)] ?? 'PASSKEY_UNFIT'
    throw new Problem({ status: 0, code, title: '', detail, field: undefined }, { cause })
  }
}

/** Signs with a passkey. */
export const signWithKey = (options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> =>
  told(startAuthentication({ optionsJSON: options }))

/** Makes a new passkey. */
export const makeKey = (options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> =>
  told(startRegistration({ optionsJSON: options }))
