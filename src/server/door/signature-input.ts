/**
 * Reads Signature-Input and Signature (RFC 9421 sections 4.1 and 4.2): dictionaries of RFC 9651 with exactly one member, in the one spelling
 * that its section 4.1 serialises. So the text that came is the text that was signed, and no second reader can see another signature in it.
 */
import { type Bytes, fromBase64 } from '../../kernel/bytes.ts'
import { nameSchema } from '../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { refuse } from './refusals.ts'

/** A signature that covers all that is asked for takes about 250 characters. */
const INPUT_LENGTH_MAX = 1_024
/** 64 bytes in base64, a label and its marks. */
const SIGNATURE_LENGTH_MAX = 128
const COMPONENTS_MAX = 16
const ED25519_BYTES = 64
/** The tag that ours may carry (RFC 9421 section 2.3): it says for which use a signature was made. */
export const SIGNATURE_TAG = 'pasu'

export interface SignatureInput {
  /** Names of the covered components, as they are written. */
  readonly components: readonly string[]
  /** The inner list and its parameters as they came: the value of `@signature-params`. */
  readonly params: string
  /** Seconds since the epoch. */
  readonly created: number
  readonly expires?: number
  readonly nonce: string
  readonly keyid: string
  readonly signature: Bytes
}

const malformed = (why: string, field = 'signature-input'): Refusal =>
  refuse('DOOR-007', `${field}: ${why}`, { field: `headers.${field}` })

const LABEL = '[a-z*][a-z0-9_.*-]{0,31}'
const INPUT = new RegExp(`^(${LABEL})=(\\(([^()]*)\\)([^()]*))$`)
const SIGNATURE = new RegExp(`^(${LABEL})=:([A-Za-z0-9+/=]+):$`)
/** Derived components begin with `@`; fields are written in lower case. Neither may carry parameters here. */
const COMPONENT = /^"(@?[a-z0-9-]{1,64})"$/
const PARAMETER = /^([a-z]{1,16})=(?:"([A-Za-z0-9+/=._~-]{0,128})"|(0|[1-9][0-9]{0,11}))$/
/** 96 random bits at least, so that two honest requests never share one. */
const NONCE = /^[A-Za-z0-9+/=_-]{16,64}$/

type Parameters = Map<string, string | number>

function parametersOf(text: string): Parameters | Refusal {
  const found: Parameters = new Map()
  const [before, ...parts] = text.split(';')
  if (before !== '') return malformed('expected parameters after the list of components')
  for (const part of parts) {
    const [, name = '', string, integer] = PARAMETER.exec(part) ?? []
    if (name === '') return malformed('a parameter is not written as expected')
    if (found.has(name)) return malformed(`the parameter ${name} stands twice`)
    found.set(name, string ?? Number(integer))
  }
  return found
}

function componentsOf(text: string): readonly string[] | Refusal {
  const names = text.split(' ').map((part) => COMPONENT.exec(part)?.[1])
  if (names.length > COMPONENTS_MAX) return malformed(`${names.length} components; at most ${COMPONENTS_MAX}`)
  const known = names.filter((name) => name !== undefined)
  if (known.length !== names.length) return malformed('a component is not written as expected, or has parameters')
  if (new Set(known).size !== known.length) return malformed('a component is covered twice')
  return known
}

type Said = Omit<SignatureInput, 'components' | 'params' | 'signature'>

/** Of RFC 9421 section 2.3 exactly these; another one means something that is not known here. */
function saidIn(parameters: Parameters): Said | Refusal {
  const known = new Set(['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'])
  const strange = [...parameters.keys()].find((name) => !known.has(name))
  if (strange !== undefined) return malformed(`the parameter ${strange} is not known`)
  const [created, expires, nonce, keyid, alg, tag] = [...known].map((name) => parameters.get(name))
  if (typeof created !== 'number') return malformed('expected created, in whole seconds')
  if (expires !== undefined && typeof expires !== 'number') return malformed('expected expires in whole seconds')
  if (typeof nonce !== 'string' || !NONCE.test(nonce)) return malformed('expected a nonce of 16 to 64 characters')
  if (typeof keyid !== 'string' || !nameSchema.safeParse(keyid).success) return malformed('expected a keyid')
  // The key decides the algorithm, never the message (section 3.2, step 6); a message that says otherwise is refused.
  if (alg !== undefined && alg !== 'ed25519') return malformed('expected the algorithm ed25519')
  if (tag !== undefined && tag !== SIGNATURE_TAG)
    return malformed(`the signature has another tag than ${SIGNATURE_TAG}`)
  return { created, nonce, keyid, ...(expires === undefined ? {} : { expires }) }
}

function signatureOf(text: string | undefined, label: string): Bytes | Refusal {
  if (text === undefined) return malformed('the header is missing', 'signature')
  const [, name, base64 = ''] = text.length > SIGNATURE_LENGTH_MAX ? [] : (SIGNATURE.exec(text) ?? [])
  if (name === undefined) return malformed('expected one member label=:base64:', 'signature')
  if (name !== label) return malformed('the label is not that of signature-input', 'signature')
  const bytes = fromBase64(base64)
  return bytes?.length === ED25519_BYTES ? bytes : malformed(`expected ${ED25519_BYTES} bytes in base64`, 'signature')
}

/** Header values as Node gives them: a header that came twice is joined by a comma, which no form here takes. */
export function readSignature(input: string | undefined, signature: string | undefined): SignatureInput | Refusal {
  if (input === undefined) return malformed('the header is missing')
  const [, label, params = '', list = '', rest = ''] = input.length > INPUT_LENGTH_MAX ? [] : (INPUT.exec(input) ?? [])
  if (label === undefined) return malformed('expected one member label=("…" "…");…')
  const components = componentsOf(list)
  if (isRefusal(components)) return components
  const parameters = parametersOf(rest)
  if (isRefusal(parameters)) return parameters
  const said = saidIn(parameters)
  if (isRefusal(said)) return said
  const bytes = signatureOf(signature, label)
  return isRefusal(bytes) ? bytes : { components, params, ...said, signature: bytes }
}
