/**
 * Price lists from a CSV: `asset,symbol,decimals,krw,date`. A price is won for one whole unit, read as an exact decimal. What comes out
 * are the commands that load it, each for one instant.
 */
import { basename } from 'node:path'
import type { z } from 'zod'
import { sha256, toHex, utf8 } from '../../kernel/bytes.ts'
import { assetSchema, normalAsset } from '../../kernel/caip.ts'
import { decimalsSchema, parseDecimal } from '../../kernel/money.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { type Instant, instantSchema, KST_OFFSET_MS, parseInstant } from '../../kernel/time.ts'
import { type commands, PRICES_MAX } from '../../rooms/liability/index.ts'
import { answer, readFileWith } from '../files/read.ts'
import { type Columns, type Row, rowsUnder, withFirst } from '../files/table.ts'
import { count, day } from '../files/values.ts'
import { refusedPrice } from './refusals.ts'

type PriceList = z.output<(typeof commands)['price.load']>

export interface PriceFile {
  /** Of the file's text without a byte order mark; so for most files that of their bytes. */
  readonly digest: string
  /** Data of `price.load`, by time; a list longer than one command takes comes in parts. */
  readonly lists: readonly PriceList[]
}

const COLUMNS: Columns = {
  required: {
    asset: ['asset'],
    symbol: ['symbol'],
    decimals: ['decimals'],
    krw: ['krw', 'krw_per_unit'],
    date: ['date', 'valid_from'],
  },
  optional: {},
}

/** A price is kept in millionths of a won: the cheapest coins cost a few thousandths. */
const KRW_DIGITS = 6

const ASSET = 'a CAIP-19 asset such as "eip155:1/slip44:60"'
const SYMBOL = '1 to 20 letters or digits, such as "ETH"'
const DECIMALS = 'a whole number from 0 to 36'
const KRW = 'won for one whole unit, more than zero, with at most 6 digits behind the point, such as 214999.5'
const DATE = 'a day in Korea such as "2025-11-27", or an instant with its offset such as "2025-11-27T04:42:00+09:00"'

const asset = (text: string): string | undefined =>
  assetSchema.safeParse(text).success ? normalAsset(text) : undefined
const symbol = (text: string): string | undefined => (/^[A-Za-z0-9.$_-]{1,20}$/.test(text) ? text : undefined)
const decimals = (text: string): number | undefined => decimalsSchema.safeParse(count(text)).data

function krwMicro(text: string): string | undefined {
  const micro = /^0[0-9]/.test(text) ? undefined : parseDecimal(text, KRW_DIGITS)
  return micro === undefined || micro === 0n ? undefined : String(micro)
}

/** A day is that of Korea, where these prices are made: it begins at 15:00 UTC of the day before. */
function validFrom(text: string): Instant | undefined {
  const date = day(text)
  const at = date === undefined ? parseInstant(text) : (parseInstant(`${date}T00:00:00Z`) ?? 0) - KST_OFFSET_MS
  return instantSchema.safeParse(at).data
}

type Price = PriceList['prices'][number]

/** A price, once it agrees with what earlier rows said of its asset. */
function priceOf(row: Row, known: Map<string, Price>): Price {
  const price: Price = {
    asset: row.value('asset', ASSET, asset),
    symbol: row.value('symbol', SYMBOL, symbol),
    decimals: row.value('decimals', DECIMALS, decimals),
    krw_micro: row.value('krw', KRW, krwMicro),
  }
  const other = known.get(price.asset) ?? price
  for (const column of ['decimals', 'symbol'] as const) {
    if (other[column] === price[column]) continue
    const problem = `${price.asset} has ${column} ${price[column]} here and ${other[column]} above`
    throw refusedPrice('PRICE-002', row.at(column), problem, `${other[column]}`)
  }
  known.set(price.asset, price)
  return price
}

function parse(text: string, file: string): PriceFile {
  const { first, others } = withFirst(text, file)
  const known = new Map<string, Price>()
  const byTime = new Map<Instant, Map<string, Price>>()
  for (const row of rowsUnder(COLUMNS, first, others, file)) {
    const price = priceOf(row, known)
    const at = row.value('date', DATE, validFrom)
    const prices = byTime.get(at) ?? new Map<string, Price>()
    if (prices.has(price.asset)) {
      const problem = `a second price of ${price.asset} from ${row.text('date')} on`
      throw refusedPrice('PRICE-001', row.at('asset'), problem, 'one price for each asset and time')
    }
    byTime.set(at, prices.set(price.asset, price))
  }
  const digest = `sha256:${toHex(sha256(utf8(text)))}`
  return {
    digest,
    lists: [...byTime].sort(([a], [b]) => a - b).flatMap(([at, prices]) => parts(digest, file, at, prices)),
  }
}

/** One list for each command's worth of prices. */
function parts(digest: string, file: string, at: Instant, prices: ReadonlyMap<string, Price>): PriceList[] {
  const all = [...prices.values()]
  const source =
    basename(file)
      .replace(/[\p{Cc}\p{Cs}]/gu, '')
      .slice(0, 500) || 'prices'
  const lists: PriceList[] = []
  for (let start = 0; start < all.length; start += PRICES_MAX) {
    lists.push({ source, digest, valid_from: at, prices: all.slice(start, start + PRICES_MAX) })
  }
  return lists
}

export const parsePriceFile = (text: string, file: string): PriceFile | Refusal => answer(() => parse(text, file))
export const readPriceFile = (path: string): Promise<PriceFile | Refusal> => readFileWith(path, parsePriceFile)
