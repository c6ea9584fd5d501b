/** Passkeys, verified without clock, store or network: see README.md. */
export { type Assertion, type Credential, type VerifiedAssertion, verifyAssertion } from './assertion.ts'
export { ALGORITHMS, publicKeyOf } from './cose-key.ts'
export type { Expected } from './expected.ts'
export { passkeyRefusals } from './refusals.ts'
export { type NewCredential, type Registration, readRegistration } from './registration.ts'
