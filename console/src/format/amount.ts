/** Amounts for people. All sums are exact `bigint` base units; only what is shown may be shortened, and then it says so. */

/** `12500n` with 3 decimals is `12.5`; trailing zeros behind the point are left out. */
export function formatDecimal(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? '-' : ''
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** `1234567.5` -> `1,234,567.5` */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  const withGroups = whole.replace(/\B(?=([0-9]{3})+$)/g, ',')
  return fraction === undefined ? withGroups : `${withGroups}.${fraction}`
}

/** Digits behind the point in a table: enough to tell two withdrawals apart, few enough to scan. */
export const SHOWN_FRACTION_MAX = 4

export interface ShownAmount {
  readonly text: string
  /** `false`: digits were left out. The text then ends in `…` and the exact value must be one act away. */
  readonly exact: boolean
}

/** Cut, never rounded: a shown amount is never more than the real one. */
export function shownAmount(amount: bigint, decimals: number): ShownAmount {
  const [whole = '0', fraction = ''] = formatDecimal(amount, decimals).split('.')
  if (fraction.length <= SHOWN_FRACTION_MAX)
    return { text: grouped(fraction === '' ? whole : `${whole}.${fraction}`), exact: true }
  return { text: `${grouped(whole)}.${fraction.slice(0, SHOWN_FRACTION_MAX)}…`, exact: false }
}

export const exactAmount = (amount: bigint, decimals: number): string => grouped(formatDecimal(amount, decimals))

/** A decimal string of base units; what is no such string counts as nothing, so that one bad row never empties a page. */
export function baseUnits(text: string | null | undefined): bigint {
  return typeof text === 'string' && /^-?\d{1,80}$/.test(text) ? BigInt(text) : 0n
}

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

/** Parts per thousand of a whole, for a bar: a number from 0 to 1000. */
export const permille = (part: bigint, whole: bigint): number =>
  whole <= 0n ? 0 : Number((part * 1000n) / whole > 1000n ? 1000n : (part * 1000n) / whole)
