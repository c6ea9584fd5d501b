/** Reading answers of the API: plain JSON, told for people without trusting its shape. */
import type { Json } from '../kernel/canonical.ts'
import { formatDecimal, grouped } from '../kernel/money.ts'
import { bothTimes } from '../kernel/time.ts'

export type Row = { readonly [key: string]: Json | undefined }

export const rowOf = (value: Json | undefined): Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {}

export const rowsOf = (value: Json | undefined): readonly Row[] => (Array.isArray(value) ? value.map(rowOf) : [])

/** The member as text; a dash where there is none. Lists are joined. */
export function say(row: Row, name: string): string {
  const value = row[name]
  if (value === undefined || value === null) return '-'
  if (Array.isArray(value)) return value.map(String).join(', ') || '-'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export const when = (row: Row, name: string): string => {
  const value = row[name]
  return typeof value === 'number' ? bothTimes(value) : '-'
}

/** `1,500 SOL`; base units as they are where the decimals are not known. */
export function money(row: Row): string {
  const { amount, decimals, symbol, asset } = row
  if (typeof amount !== 'string') return '-'
  const unit = typeof symbol === 'string' ? symbol : String(asset ?? '')
  if (typeof decimals !== 'number' || !/^[0-9]+$/.test(amount)) return `${amount} base units of ${unit}`
  return `${grouped(formatDecimal(BigInt(amount), decimals))} ${unit}`
}

export const won = (value: Json | undefined): string =>
  typeof value === 'string' && /^[0-9]+$/.test(value) ? `KRW ${grouped(value)}` : '-'

/** A word of a path. */
export const part = (text: string): string => encodeURIComponent(text)
