/** What browsers send back: RegistrationResponseJSON and AuthenticationResponseJSON (WebAuthn Level 3 section 5.1), as far as it is read here. */
import { z } from 'zod'
import type { Assertion, Registration } from '../../rooms/access/engine/webauthn/index.ts'

/** Bytes are bounded where they are read; this keeps a text from being endless. An attestation of 16,384 bytes is the longest. */
const PART_LENGTH_MAX = 22_000
/** A credential id has at most 1,023 bytes (WebAuthn Level 3 section 4). */
const ID_LENGTH_MAX = 1_364
const id = z.string().min(1).max(ID_LENGTH_MAX)
const part = z.string().min(1).max(PART_LENGTH_MAX)

const isSameId = ({ id, rawId }: { readonly id: string; readonly rawId: string }): boolean => id === rawId
const SAME_ID = 'expected id and rawId to be the same'
const type = z.literal('public-key')

/** Members that browsers add, now or later, are left out, not refused. */
export const registrationResponseSchema = z
  .object({ id, rawId: id, type, response: z.object({ clientDataJSON: part, attestationObject: part }) })
  .refine(isSameId, SAME_ID)
export type RegistrationResponse = z.infer<typeof registrationResponseSchema>

export const assertionResponseSchema = z
  .object({
    ...{ id, rawId: id, type },
    response: z.object({
      ...{ clientDataJSON: part, authenticatorData: part, signature: part },
      userHandle: z.string().max(ID_LENGTH_MAX).nullish(),
    }),
  })
  .refine(isSameId, SAME_ID)
export type AssertionResponse = z.infer<typeof assertionResponseSchema>

export const registrationOf = ({ id, response }: RegistrationResponse): Registration => ({
  credential_id: id,
  client_data_json: response.clientDataJSON,
  attestation_object: response.attestationObject,
})

export const assertionOf = ({ id, response }: AssertionResponse): Assertion => ({
  credential_id: id,
  client_data_json: response.clientDataJSON,
  authenticator_data: response.authenticatorData,
  signature: response.signature,
})
