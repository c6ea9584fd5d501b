/**
 * Deny lists such as OFAC's: one address a line, with or without a chain (CAIP-10), comments after `#` or `;`. Every line is understood
 * or the whole file is refused: an address that was silently left out would be an address that is let through.
 */
import { sha256, toHex } from '../../kernel/bytes.ts'
import { type Refusal, Refused } from '../../kernel/refusal.ts'
import { DENY_LIST_PART_MAX } from '../../rooms/gate/messages.ts'
import { answer, readBytes, textOf } from './read.ts'
import { malformed, refused } from './refusals.ts'

/** A part is one journal entry of at most 65,535 bytes, the rest of which is its envelope. */
const PART_BYTES_MAX = 48_000
/** The whole list of OFAC has some hundred addresses; a file beyond this is another file. */
const LIST_ADDRESSES_MAX = 1_000_000

const EXPECTED = 'one address, or one CAIP-10 account such as eip155:1:0x5e03…ab89'
const ADDRESS = /^[-.%a-zA-Z0-9]{3,128}$/
const ACCOUNT = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%a-zA-Z0-9]{1,128}$/
const HEX = /^0[xX][0-9a-fA-F]{40}$/
const BECH32_SHOUTED = /^(BC1|TB1|LTC1)[0-9A-Z]+$/

export interface DenyListOptions {
  /** Names the list: `ofac-sdn`. */
  readonly list: string
  /** Where it comes from, for whoever reads the journal. */
  readonly source: string
  /** CAIP-2 of lines that name none. Default: any chain. */
  readonly chain?: string | undefined
}

/** The data of one `denylist.import`. */
export type DenyListPart = {
  readonly list: string
  readonly source: string
  readonly digest: string
  readonly addresses: readonly string[]
}

export interface DenyListFile {
  /** `*:0x…` or a CAIP-10 account, each once, in the order of the file. */
  readonly addresses: readonly string[]
  /** Lines that named an address a second time. */
  readonly repeated: number
  /** Of the file's bytes. */
  readonly digest: string
  readonly parts: readonly DenyListPart[]
}

const lowered = (address: string): string =>
  HEX.test(address) || BECH32_SHOUTED.test(address) ? address.toLowerCase() : address

const isHeading = (line: string): boolean => line.trim().toLowerCase() === 'address'

/** `undefined` where the line holds no address at all; throws where it holds something else. */
function entryOf(
  line: string,
  chain: string,
  place: { readonly file: string; readonly line: number },
): string | undefined {
  const text = line.replace(/(^|\s)[#;].*$/, '').trim()
  if (text === '') return undefined
  if (ADDRESS.test(text)) return `${chain}:${lowered(text)}`
  if (ACCOUNT.test(text)) return text.startsWith('eip155:') ? text.toLowerCase() : text
  throw malformed(place, EXPECTED, text)
}

function parse(bytes: Uint8Array, file: string, options: DenyListOptions): DenyListFile {
  const found = new Set<string>()
  let repeated = 0
  const { list, source, chain = '*' } = options
  for (const [place, line] of textOf(bytes, file)
    .split(/\r\n|\n|\r/)
    .entries()) {
    const entry = entryOf(line, chain, { file, line: place + 1 })
    if (entry === undefined || (found.size === 0 && isHeading(line))) continue
    if (found.has(entry)) repeated += 1
    found.add(entry)
    if (found.size > LIST_ADDRESSES_MAX) {
      throw refused('FILE-002', { file, line: place + 1 }, `more than ${LIST_ADDRESSES_MAX} addresses`)
    }
  }
  if (found.size === 0) throw refused('FILE-008', { file }, 'there is no address in it')
  const addresses = [...found]
  const digest = `sha256:${toHex(sha256(bytes))}`
  const parts = partsOf(addresses).map((part) => ({ list, source, digest, addresses: part }))
  return { addresses, repeated, digest, parts }
}

function partsOf(addresses: readonly string[]): string[][] {
  const parts: string[][] = []
  let part: string[] = []
  let size = 0
  for (const address of addresses) {
    // Two quotes and a comma.
    const more = address.length + 3
    if (part.length >= DENY_LIST_PART_MAX || (part.length > 0 && size + more > PART_BYTES_MAX)) {
      parts.push(part)
      part = []
      size = 0
    }
    part.push(address)
    size += more
  }
  return part.length === 0 ? parts : [...parts, part]
}

export const parseDenyList = (bytes: Uint8Array, file: string, options: DenyListOptions): DenyListFile | Refusal =>
  answer(() => parse(bytes, file, options))

export async function readDenyList(path: string, options: DenyListOptions): Promise<DenyListFile | Refusal> {
  try {
    return parse(await readBytes(path), path, options)
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}
