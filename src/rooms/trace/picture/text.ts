/** Text that stands in the picture: escaped, short enough, exact where it claims to be. */
import { formatDecimal, grouped } from '../../../kernel/money.ts'
import type { Language } from './words.ts'

// XML 1.0 has no way to write these; characters that turn the direction of writing could fake another address.
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe as the content of an element and inside a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

/** Hangul, kana and ideographs are about twice as wide as Latin letters. */
const widthOf = (character: string): number =>
  /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1

/** In Latin letters. */
export const letters = (text: string): number => [...text].reduce((sum, character) => sum + widthOf(character), 0)

function start(characters: readonly string[], most: number): string[] {
  let width = 0
  const end = characters.findIndex((character) => {
    width += widthOf(character)
    return width > most
  })
  return end < 0 ? [...characters] : characters.slice(0, end)
}

/** Cut in the middle to the width of `most` Latin letters: names of a series differ at their ends. */
export function fitted(text: string, most: number): string {
  if (letters(text) <= most) return text
  const characters = [...text]
  const tail = Math.floor((most - 1) / 2)
  const end = start(characters.toReversed(), tail).toReversed()
  return `${start(characters, most - 1 - tail).join('')}…${end.join('')}`
}

/** Parts of a sentence in lines of at most `most` letters; a part is never cut. */
export function wrapped(parts: readonly string[], most: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && letters(last) + 1 + letters(part) <= most) lines[lines.length - 1] = `${last} ${part}`
    else lines.push(part)
  }
  return lines
}

/** First and last groups; the whole address stands in the tooltip. */
export const shortAddress = (address: string): string =>
  address.length <= 16 ? address : `${address.slice(0, 8)}…${address.slice(-6)}`

/** Every digit, with its unit. */
export const exact = (amount: bigint, decimals: number, unit: string): string =>
  `${grouped(formatDecimal(amount, decimals))}${unit === '' ? '' : ` ${unit}`}`

const STEPS: Readonly<Record<Language, readonly (readonly [zeros: number, word: string])[]>> = {
  en: [
    [12, ' tn'],
    [9, ' bn'],
    [6, ' m'],
    [3, ' k'],
  ],
  ko: [
    [12, '조'],
    [8, '억'],
    [4, '만'],
  ],
}

/** `n / d` rounded half up. */
const rounded = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d)

/** Three significant digits for a glance: `1.39 m`, `139만`. */
export function compact(amount: bigint, decimals: number, language: Language): string {
  for (const [zeros, word] of STEPS[language]) {
    const unit = 10n ** BigInt(decimals + zeros)
    if (amount >= unit) return `${significant(amount, unit)}${word}`
  }
  const one = 10n ** BigInt(decimals)
  if (amount >= one || amount === 0n) return significant(amount, one)
  // Below one whole unit the first three digits that are not zero say what there is to say.
  const leading = String(one).length - String(amount).length
  const places = Math.min(decimals, leading + 2)
  return formatDecimal(rounded(amount, 10n ** BigInt(decimals - places)), places)
}

function significant(amount: bigint, unit: bigint): string {
  const places = amount >= 100n * unit ? 0 : amount >= 10n * unit ? 1 : 2
  return grouped(formatDecimal(rounded(amount * 10n ** BigInt(places), unit), places))
}

/** `84.7 %` of a whole that is not zero. */
export const percent = (part: bigint, whole: bigint): string =>
  whole === 0n ? '0 %' : `${formatDecimal(rounded(part * 1_000n, whole), 1)} %`
