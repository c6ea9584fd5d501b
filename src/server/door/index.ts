/** What the server's door is made of: see README.md. */
export { countedAs, networkOf } from './address.ts'
export { judgeRegistration } from './attestation.ts'
export { attestationPolicyFault } from './attestation-policy.ts'
export { Ceremonies, type Ceremony, type CeremonyKind } from './ceremonies.ts'
export { bodyFault, contentDigest } from './content-digest.ts'
export { clearCookie, cookieName, isToken, newSessionToken, readCookie, setCookie, tokenHash } from './cookie.ts'
export { type DeviceJwk, type DeviceKey, deviceJwkSchema, deviceKeyOf, thumbprintOf } from './device-key.ts'
export { assertionOptions, type RegistrationOptions, registrationOptions, userHandle } from './options.ts'
export { originFault } from './origin.ts'
export { ProofVerifier, type ProvedRequest, type SessionKey } from './proof.ts'
export { type Device, makeProof, newDevice, type ToProve } from './proof-make.ts'
export type { ProofClaims } from './proof-read.ts'
export { doorRefusals } from './refusals.ts'
export {
  type AssertionResponse,
  assertionOf,
  assertionResponseSchema,
  type RegistrationResponse,
  registrationOf,
  registrationResponseSchema,
} from './responses.ts'
export { serviceKeyOf, serviceKeys } from './service-key.ts'
export { judgeSignIn, type KnownKey, type SignedIn } from './sign-in.ts'
export { SignatureVerifier, type VerifiedRequest } from './signature.ts'
export type { RequestHead } from './signature-base.ts'
export { type SignatureHeaders, signRequest } from './signature-sign.ts'
export { Tries } from './tries.ts'
