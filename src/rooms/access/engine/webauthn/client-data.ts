/** What the browser says and the authenticator signs a hash of: CollectedClientData, WebAuthn Level 3 section 5.8.1. */
import { type Bytes, fromBase64Url } from '../../../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { jsonFault } from '../../../../kernel/strict-json.ts'
import type { Expected } from './expected.ts'
import { refuse } from './refusals.ts'

/** Browsers send 100 to 300 bytes; the specification lets later members join them. */
export const CLIENT_DATA_BYTES_MAX = 4_096

/** The decoder must not drop a byte order mark: it would hide a difference between what is signed and what is read. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const FIELD = 'client_data_json'

const malformed = (why: string): Refusal => refuse('PASSKEY-002', `${FIELD}: ${why}`, { field: FIELD })

interface ClientData {
  readonly type: string
  readonly challenge: string
  readonly origin: string
  readonly crossOrigin?: boolean | undefined
  readonly hasTopOrigin: boolean
}

function objectOf(bytes: Bytes): { readonly [name: string]: unknown } | Refusal {
  if (bytes.length > CLIENT_DATA_BYTES_MAX) return malformed(`${bytes.length} bytes; at most ${CLIENT_DATA_BYTES_MAX}`)
  try {
    const text = strictUtf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('not a JSON object')
    // Members that nobody knows are ignored, however deep and whatever they are called; a repeated one gives a signature two meanings.
    const found = jsonFault(text)
    if (found?.fault === 'repeated') return malformed(`the member ${shown(found.name.slice(0, 60))} stands twice`)
    return { ...value }
  } catch {
    return malformed('not JSON in UTF-8 without a byte order mark')
  }
}

function readClientData(bytes: Bytes): ClientData | Refusal {
  const found = objectOf(bytes)
  if (isRefusal(found)) return found
  const { type, challenge, origin, crossOrigin } = found
  if (typeof type !== 'string') return malformed('type is no text')
  if (typeof challenge !== 'string') return malformed('challenge is no text')
  if (typeof origin !== 'string') return malformed('origin is no text')
  if (crossOrigin !== undefined && typeof crossOrigin !== 'boolean')
    return malformed('crossOrigin is neither true nor false')
  return { type, challenge, origin, crossOrigin, hasTopOrigin: Object.hasOwn(found, 'topOrigin') }
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 120))

/** Of sections 7.1 and 7.2: type, challenge, origin, and that no other site framed the page. */
export function clientDataFault(
  bytes: Bytes,
  type: 'webauthn.create' | 'webauthn.get',
  expected: Expected,
): Refusal | undefined {
  const data = readClientData(bytes)
  if (isRefusal(data)) return data
  const at = (member: string) => ({ field: `${FIELD}.${member}` })
  if (data.type !== type) return refuse('PASSKEY-003', `type is ${shown(data.type)}; expected "${type}"`, at('type'))
  if (data.challenge !== expected.challenge) {
    return fromBase64Url(data.challenge) === undefined
      ? refuse('PASSKEY-001', 'challenge: expected base64url without padding', at('challenge'))
      : refuse('PASSKEY-004', `challenge is ${shown(data.challenge)}; expected another`, at('challenge'))
  }
  if (!expected.origins.includes(data.origin)) {
    const origins = expected.origins.join(', ')
    return refuse('PASSKEY-005', `origin is ${shown(data.origin)}; expected ${origins}`, at('origin'))
  }
  if (data.crossOrigin === true) {
    return refuse('PASSKEY-006', 'crossOrigin is true; expected false', at('crossOrigin'))
  }
  if (data.hasTopOrigin) return refuse('PASSKEY-006', 'topOrigin is there; expected none', at('topOrigin'))
  return undefined
}
