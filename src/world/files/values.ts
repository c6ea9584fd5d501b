/** Single fields: text -> value, or `undefined` when it is not one. Each has its expectation in words beside it. */
import { chainSchema } from '../../kernel/caip.ts'
import { AMOUNT_DIGITS_MAX } from '../../kernel/money.ts'
import { type Instant, instantSchema, parseInstant } from '../../kernel/time.ts'

export const ADDRESS = 'an address: up to 200 letters, digits and . : _ / % -'
const ADDRESS_FORM = /^[A-Za-z0-9][A-Za-z0-9.:_/%-]{0,199}$/
const HEX_ADDRESS = /^0[xX][0-9a-fA-F]{40}$/
const EVM_ACCOUNT = /^eip155:/i
const BECH32_SHOUTED = /^(BC1|TB1|LTC1)[0-9A-Z]+$/

/** An address in the one spelling that Pasu compares: Ethereum's checksum case and shouted bech32 are lowered, others kept. */
export function address(text: string): string | undefined {
  if (!ADDRESS_FORM.test(text)) return undefined
  return HEX_ADDRESS.test(text) || EVM_ACCOUNT.test(text) || BECH32_SHOUTED.test(text) ? text.toLowerCase() : text
}

export const TX = 'a transaction hash or id: up to 200 letters, digits and . : _ / % -'
/** Hexadecimal hashes are lowered; others, such as Solana's base58 signatures, are case-sensitive. */
export function txHash(text: string): string | undefined {
  if (!ADDRESS_FORM.test(text)) return undefined
  return /^0[xX][0-9a-fA-F]+$/.test(text) ? text.toLowerCase() : text
}

export const TIME =
  'UTC as "2023-06-02 21:49:23" or ISO 8601, or Unix time in seconds (up to 11 digits) or milliseconds (12 to 15)'
// Eleven digits of seconds reach the year 5138; twelve digits of milliseconds begin in 1973. No real time is ambiguous.
const SECONDS = /^[0-9]{1,11}$/
const BARE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)(?: ?UTC)?$/

/** A time without an offset is read as UTC, which block times and the exports of block explorers are. */
export function instant(text: string): Instant | undefined {
  if (SECONDS.test(text)) return Number(text) * 1_000
  const bare = BARE.exec(text)
  const iso = bare === null ? text : `${bare[1]}T${bare[2]}Z`
  const at = parseInstant(iso)
  if (at === undefined || !instantSchema.safeParse(at).success) return undefined
  return isCalendarDay(iso) ? at : undefined
}

/** `Date.parse` reads 30 February as 2 March; an exact time must not move by two days. */
function isCalendarDay(iso: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(iso)?.[0]
  if (day === undefined) return true
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === day
}

export const DAY = 'a date as "2025-11-27"'
export const day = (text: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && isCalendarDay(text) ? text : undefined

export const BASE_UNITS = 'a whole number of base units without sign, point, exponent or grouping, such as 1500000'
export const baseUnits = (text: string): bigint | undefined =>
  /^(0|[1-9][0-9]{0,77})$/.test(text) ? BigInt(text) : undefined

export const USD = 'a value in US dollars that is not negative, such as 945646.7339'
const DECIMAL = /^([0-9]{1,30})(?:\.([0-9]{1,40}))?(?:[eE]([+-]?[0-9]{1,2}))?$/
const MICRO_DIGITS = 6

/**
 * US dollars as an integer of 1e-6. The decimal text is taken as exact, an exponent included (programs that write doubles print
 * `1e-05`), and rounded to the nearest millionth, a tie to the even one, so that many roundings do not lean to one side.
 */
export function usdMicros(text: string): bigint | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const shift = Number(exponent) + MICRO_DIGITS - fraction.length
  const micros = shift >= 0 ? digits * 10n ** BigInt(shift) : roundHalfEven(digits, 10n ** BigInt(-shift))
  return String(micros).length > AMOUNT_DIGITS_MAX ? undefined : micros
}

function roundHalfEven(amount: bigint, unit: bigint): bigint {
  const floor = amount / unit
  const twice = 2n * (amount % unit)
  return twice > unit || (twice === unit && floor % 2n === 1n) ? floor + 1n : floor
}

export const COUNT = 'a whole number that is not negative'
export const count = (text: string): number | undefined =>
  /^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined

export const ASSET = 'the name of an asset, such as ETH or eip155:1/slip44:60, up to 200 characters'
export const asset = (text: string): string | undefined =>
  /^[A-Za-z0-9$][A-Za-z0-9.:_/%$-]{0,199}$/.test(text)
    ? text.startsWith('eip155:')
      ? text.toLowerCase()
      : text
    : undefined

export const CHAIN = 'a CAIP-2 chain id, such as eip155:1'
export const chain = (text: string): string | undefined => (chainSchema.safeParse(text).success ? text : undefined)

export const NAME = 'a name of at most 200 characters'
/** Free text of a label; empty means none. Characters that turn the direction of writing are left out: they can fake another name. */
export const name = (text: string): string | undefined =>
  text.length <= 200 ? text.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim() : undefined

export const ENTITY = 'who runs it, in at most 100 characters'
export const entity = (text: string): string | undefined => (text.length <= 100 ? name(text) : undefined)

export const WORD = 'one lower-case word, such as exchange'
export const word = (text: string): string | undefined =>
  /^[a-z][a-z0-9-]{0,39}$/.test(text.toLowerCase()) ? text.toLowerCase() : undefined
