/** Amounts: whole base units (wei, lamports, satoshi, won) as `bigint` in code and as decimal strings in messages. Never a float. */
import { z } from 'zod'

/** 2^256 has 78 digits: no chain counts further. */
export const AMOUNT_DIGITS_MAX = 78

/** A non-negative amount in base units as it stands in messages: no sign, no leading zero, no point. */
export const amountSchema = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/, 'expected a whole number of base units as a decimal string, such as "1500000"')

/** Like {@link amountSchema}, but zero is refused. */
export const positiveAmountSchema = z
  .string()
  .regex(/^[1-9][0-9]{0,77}$/, 'expected a positive whole number of base units as a decimal string, such as "1500000"')

/** How many digits stand behind the point when a person reads the amount: 18 for ether, 8 for bitcoin, 0 for won. */
export const decimalsSchema = z.number().int().min(0).max(36)

/** `12.5` with 3 decimals is `12500n`; more digits behind the point than `decimals`, a sign or an exponent is `undefined`. */
export function parseDecimal(text: string, decimals: number): bigint | undefined {
  const match = /^([0-9]{1,78})(?:\.([0-9]{1,36}))?$/.exec(text)
  if (!match) return undefined
  const fraction = match[2] ?? ''
  if (fraction.length > decimals) return undefined
  return BigInt(match[1] + fraction.padEnd(decimals, '0'))
}

/** `12500n` with 3 decimals is `12.5`. Exact; trailing zeros behind the point are left out. */
export function formatDecimal(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? '-' : ''
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** `1234567.5` -> `1,234,567.5`: groups of three before the point, for people. */
export const grouped = (decimal: string): string => {
  const [whole = '', fraction] = decimal.split('.')
  const withGroups = whole.replace(/\B(?=([0-9]{3})+$)/g, ',')
  return fraction === undefined ? withGroups : `${withGroups}.${fraction}`
}

/** floor(a * b / c) for non-negative numbers; the remainder is the caller's to place. */
export const mulDiv = (a: bigint, b: bigint, c: bigint): bigint => (a * b) / c

/**
 * Splits `total` in proportion to `weights` so that the parts add up exactly: everyone gets the floor of their share, and the units
 * left over go one each to the largest remainders, ties to the earlier place. Weights must not all be zero unless `total` is zero.
 */
export function split(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError('cannot split an amount over weights that are all zero')
    return weights.map(() => 0n)
  }
  const parts = weights.map((weight) => (total * weight) / sum)
  const remainders = weights.map((weight, place) => ({ place, rest: (total * weight) % sum }))
  remainders.sort((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest < b.rest ? 1 : -1))
  const left = Number(total - parts.reduce((a, b) => a + b, 0n))
  for (const { place } of remainders.slice(0, left)) parts[place] = (parts[place] ?? 0n) + 1n
  return parts
}
