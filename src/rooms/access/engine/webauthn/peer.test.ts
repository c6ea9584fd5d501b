import { describe, expect, it } from 'vitest'
import { libraryTakes } from '../../../../../test/kit/library.ts'
import { cbor, ORIGIN, type Plain, passkey, RP_ID } from '../../../../../test/kit/passkey.ts'
import { toBase64Url, utf8 } from '../../../../kernel/bytes.ts'
import { isRefusal } from '../../../../kernel/refusal.ts'
import { type Assertion, type Credential, verifyAssertion } from './index.ts'

const challenge = toBase64Url(Buffer.alloc(32, 7))
const expected = { challenge, origins: [ORIGIN], rpId: RP_ID }
const key = passkey('ES256')
const { credential } = key
const honest = key.sign({ challenge })
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
const client = (text: string): Assertion => key.signRaw(bytes(honest.authenticator_data), utf8(text))
const framed = `{"type":"webauthn.get","challenge":"${challenge}","origin":"${ORIGIN}","crossOrigin":true`
const der = bytes(honest.signature)

function ours(assertion: Assertion, of: Credential): string {
  const found = verifyAssertion({ credential: of, assertion, expected })
  return isRefusal(found) ? found.code : 'accepted'
}

const theirs = async (assertion: Assertion, of: Credential): Promise<string> =>
  (await libraryTakes(assertion, of, expected)) ? 'accepted' : 'refused'

/** Each was seen with 14.0.3. Should a later version refuse one, this fails, and ADR 0011 has one reason less. */
describe('where @simplewebauthn/server is more generous than an approval may be', () => {
  const longer = new Map<number | string, Plain>([...key.cose, [2, Buffer.alloc(4)]])
  it.each<[string, string, Assertion, Credential?]>([
    ['nothing is wrong', 'accepted', honest],
    ['K1 a member that stands twice', 'PASSKEY-002', client(`${framed},"crossOrigin":false}`)],
    ['K1 a byte order mark', 'PASSKEY-002', client(`\u{feff}${framed.replace('true', 'false')}}`)],
    ['K2 padding', 'PASSKEY-001', { ...honest, client_data_json: `${honest.client_data_json}=` }],
    ['K4 a frame without a top origin', 'PASSKEY-006', client(`${framed}}`)],
    ['K6 a key that became backup-eligible', 'PASSKEY-011', honest, { ...credential, backup_eligible: true }],
    [
      'K8 a longer head of DER',
      'PASSKEY-014',
      { ...honest, signature: toBase64Url(Buffer.concat([Buffer.from([0x30, 0x81]), der.subarray(1)])) },
    ],
    [
      'K8 bytes after the signature',
      'PASSKEY-014',
      { ...honest, signature: toBase64Url(Buffer.concat([der, Buffer.alloc(1)])) },
    ],
    ['K9 a key with a further member', 'PASSKEY-018', honest, { ...credential, public_key: toBase64Url(cbor(longer)) }],
  ])('%s', async (_, answer, assertion, of = credential) => {
    expect([ours(assertion, of), await theirs(assertion, of)]).toEqual([answer, 'accepted'])
  })
})
