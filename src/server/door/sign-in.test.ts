import { describe, expect, it } from 'vitest'
import { FLAGS, ORIGIN, passkey, RP_ID, type Said } from '../../../test/kit/passkey.ts'
import { proposal } from '../../../test/kit/quorum.ts'
import { approvalChallenge } from '../../rooms/access/engine/approval/index.ts'
import { Ceremonies } from './ceremonies.ts'
import { userHandle } from './options.ts'
import { assertionResponseSchema, registrationResponseSchema } from './responses.ts'
import { judgeSignIn } from './sign-in.ts'

const key = passkey('ES256')
const stranger = passkey('ES256')
const handle = userHandle('hanbit', 'kim.minji')
const { challenge } = new Ceremonies({ now: () => 0 }).begin('sign-in', 'x', '')
const expected = { challenge, origins: [ORIGIN], rpId: RP_ID }
const known = { credential: { ...key.credential, sign_count: 7 }, person: 'kim.minji', userHandle: handle }

function signedIn(
  said: Partial<Said> = {},
  more: { by?: typeof key; id?: string; userHandle?: string | undefined } = {},
) {
  const { by = key, id = key.credential.id } = more
  const { client_data_json, authenticator_data, signature } = by.sign({ challenge, count: 8, ...said })
  const userHandle = 'userHandle' in more ? more.userHandle : handle
  const response = assertionResponseSchema.parse({
    ...{ id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {} },
    response: { clientDataJSON: client_data_json, authenticatorData: authenticator_data, signature, userHandle },
  })
  const keyOf = (asked: string) => (asked === key.credential.id ? known : undefined)
  return judgeSignIn({ response, expected, keyOf })
}

describe('a sign-in', () => {
  it('H21 with a registered key tells whose it is and what count to keep', () => {
    expect(signedIn()).toMatchObject({ person: 'kim.minji', verified: { sign_count: 8 } })
  })

  it.each([
    ['an unknown key', 'unknown key', {}, { id: stranger.credential.id, by: stranger }],
    ['the key of another', 'PASSKEY-013', {}, { by: stranger }],
    ['another person’s handle', 'another user handle', {}, { userHandle: userHandle('hanbit', 'lee.jun') }],
    ['no handle', 'another user handle', {}, { userHandle: undefined }],
    ['another challenge', 'PASSKEY-004', { challenge: approvalChallenge(proposal()) }, {}],
    ['another origin', 'PASSKEY-005', { origin: 'https://evil.example' }, {}],
    ['another site', 'PASSKEY-008', { rpId: 'evil.example' }, {}],
    ['a frame', 'PASSKEY-006', { more: { crossOrigin: true } }, {}],
    ['a frame of another top', 'PASSKEY-006', { more: { topOrigin: 'https://evil.example' } }, {}],
    ['no verified user', 'PASSKEY-010', { flags: FLAGS.UP }, {}],
    ['a count that went back', 'PASSKEY-012', { count: 6 }, {}],
    ['a registration', 'PASSKEY-003', { type: 'webauthn.create' }, {}],
  ])('H21 with %s is refused, and only the log knows why', (_, why, said, more) => {
    const found = signedIn(said, more)
    expect(found).toEqual({ why, refusal: expect.objectContaining({ code: 'DOOR-016' }) })
    expect('refusal' in found && found.refusal).toEqual({
      refused: true,
      code: 'DOOR-016',
      kind: 'denied',
      detail: 'no registered passkey signed this ceremony',
    })
  })

  it.each([
    ['ids that differ', { id: 'AAAA', rawId: 'AAAB' }],
    ['another type', { type: 'password' }],
    ['an endless id', { id: 'A'.repeat(2_000), rawId: 'A'.repeat(2_000) }],
  ])('H21 an answer with %s is not read', (_, more) => {
    const part = { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA', attestationObject: 'AA' }
    const answer = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: part, clientExtensionResults: {} }
    expect(assertionResponseSchema.safeParse(answer).success).toBe(true)
    expect(registrationResponseSchema.safeParse(answer).success).toBe(true)
    expect(assertionResponseSchema.safeParse({ ...answer, ...more }).success).toBe(false)
    expect(registrationResponseSchema.safeParse({ ...answer, ...more }).success).toBe(false)
  })
})
