/** Making a key and proving it: what enrolling and adding a key have in common. A key counts only after a first assertion by it. */
import { asJson } from '../../kernel/canonical.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { verifyAssertion } from '../../rooms/access/engine/webauthn/index.ts'
import {
  type AssertionResponse,
  assertionOf,
  assertionOptions,
  type CeremonyKind,
  judgeRegistration,
  type RegistrationResponse,
  registrationOptions,
} from '../door/index.ts'
import type { About, Asking, Desk, NewKey } from './desk.ts'

/** Options to make a key for the person of `about`. */
export function optionsToMake(desk: Desk, kind: CeremonyKind, about: About, { address }: Pick<Asking, 'address'>) {
  const { deployment, rp_id } = desk.site()
  const { ceremony, challenge } = desk.ceremonies.begin(kind, address, about)
  const keys = desk.state.people.get(about.person)?.keys.map(({ id }) => id) ?? []
  const options = registrationOptions({
    ...{ challenge, rpId: rp_id, deployment, person: about.person, keys },
    conveyance: desk.attestation.conveyance,
  })
  return { ceremony, options: asJson(options) }
}

/** The key that was made for a ceremony, as it can be journaled. */
export async function madeKey(
  desk: Desk,
  challenge: string,
  made: { readonly registration: RegistrationResponse; readonly label: string },
): Promise<NewKey | Refusal> {
  const { rp_id, origins } = desk.site()
  const judged = await judgeRegistration({
    ...{ response: made.registration, expected: { challenge, origins, rpId: rp_id } },
    policy: desk.attestation,
  })
  if (isRefusal(judged)) return judged
  const { credential, algorithm, aaguid, format } = judged
  return { ...credential, algorithm, aaguid, format, label: made.label }
}

/** Options to sign once with the key that was just made. */
export function optionsToConfirm(
  desk: Desk,
  kind: CeremonyKind,
  about: About & { readonly key: NewKey },
  address: string,
) {
  const { ceremony, challenge } = desk.ceremonies.begin(kind, address, about)
  const options = assertionOptions({ challenge, rpId: desk.site().rp_id, keys: [about.key.id] })
  return { ceremony, options: asJson(options) }
}

/** The key with its present count, once it has signed. */
export function confirmedKey(
  desk: Desk,
  key: NewKey,
  challenge: string,
  assertion: AssertionResponse,
): NewKey | Refusal {
  const { rp_id, origins } = desk.site()
  const { id, public_key, sign_count, backup_eligible } = key
  const verified = verifyAssertion({
    credential: { id, public_key, sign_count, backup_eligible },
    assertion: assertionOf(assertion),
    expected: { challenge, origins, rpId: rp_id },
  })
  return isRefusal(verified) ? verified : { ...key, sign_count: verified.sign_count }
}
