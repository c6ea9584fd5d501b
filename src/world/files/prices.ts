/** Prices from a CSV, each with its date: `asset,decimals,krw_per_unit,date`. Exact: a price is a decimal, kept as a scaled integer. */
import type { Refusal } from '../../kernel/refusal.ts'
import { answer, readFileWith } from './read.ts'
import { refused } from './refusals.ts'
import { type Columns, rowsUnder, withFirst } from './table.ts'
import * as field from './values.ts'

export interface Price {
  readonly asset: string
  /** Digits behind the point of one whole unit: 18 for ether. */
  readonly decimals: number
  /** Won for one whole unit, as it stands in the file. */
  readonly krwPerUnit: string
  /** Won for one whole unit = `scaled / 10^scale`. */
  readonly scaled: bigint
  readonly scale: number
  /** The day of the price, `2025-11-27`. */
  readonly date: string
}

const COLUMNS: Columns = {
  required: { asset: ['asset'], decimals: ['decimals'], price: ['krw_per_unit'], date: ['date'] },
  optional: {},
}

const DECIMALS_MAX = 36
const PRICE = 'won for one whole unit as a decimal without exponent or grouping, such as 214999.5'
const PRICE_FORM = /^(0|[1-9][0-9]{0,29})(?:\.([0-9]{1,30}))?$/

const decimals = (text: string): number | undefined => {
  const value = field.count(text)
  return value !== undefined && value <= DECIMALS_MAX ? value : undefined
}

function price(text: string): Pick<Price, 'krwPerUnit' | 'scaled' | 'scale'> | undefined {
  const match = PRICE_FORM.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  return { krwPerUnit: text, scaled: BigInt(whole + fraction), scale: fraction.length }
}

function parse(text: string, file: string): Price[] {
  const { first, others } = withFirst(text, file)
  const prices = new Map<string, Price>()
  for (const row of rowsUnder(COLUMNS, first, others, file)) {
    const found: Price = {
      asset: row.value('asset', field.ASSET, field.asset),
      decimals: row.value('decimals', `a whole number from 0 to ${DECIMALS_MAX}`, decimals),
      ...row.value('price', PRICE, price),
      date: row.value('date', field.DAY, field.day),
    }
    const key = `${found.asset} ${found.date}`
    if (prices.has(key)) {
      throw refused(
        'FILE-009',
        row.at('asset'),
        `a second price of ${found.asset} on ${found.date}`,
        'one price an asset and day',
      )
    }
    prices.set(key, found)
  }
  return [...prices.values()]
}

export const parsePrices = (text: string, file: string): readonly Price[] | Refusal => answer(() => parse(text, file))
export const readPrices = (path: string): Promise<readonly Price[] | Refusal> => readFileWith(path, parsePrices)
