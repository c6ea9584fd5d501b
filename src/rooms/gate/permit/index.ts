/**
 * `pasu/permit`: what a signer imports to sign nothing without a valid permit. It uses node:crypto and node:fs and nothing else of
 * Pasu's, so it can be read in one sitting and copied whole.
 */
export type { PermitClaims } from './claims.ts'
export { type NotPermitted, type PermitCode, permitRefusals } from './codes.ts'
export { type Jwk, type Jwks, PERMIT_TYPE } from './jws.ts'
export { memorySpentStore, type SpentStore } from './spent.ts'
export { folderSpentStore } from './spent-folder.ts'
export {
  CLOCK_AHEAD_MS_MAX,
  LIFETIME_MS_MAX,
  type Move,
  type Verified,
  type VerifyOptions,
  verifyPermit,
} from './verify.ts'
