/**
 * Tables that stay in memory for ever, kept in typed arrays: a snapshot of a million rows is written and read as a few blocks of bytes,
 * where as many strings and boxed numbers would each be visited, and the collector of garbage never looks inside.
 */

const ROWS_FIRST = 64
/** Growing copies every column, so it happens seldom; what is not yet used stands in the snapshot too, so it is not much. */
const GROWTH = 1.25

type Cells = Uint8Array | Int32Array | Uint32Array | Float64Array
type Layout = { readonly [column: string]: new (length: number) => Cells }
export type Columns<L extends Layout> = { [K in keyof L]: InstanceType<L[K]> }

export const emptyColumns = <L extends Layout>(layout: L): Columns<L> =>
  Object.fromEntries(Object.entries(layout).map(([name, Kind]) => [name, new Kind(0)])) as Columns<L>

/** Cells for at least `count` rows; new ones are 0. */
export function makeRoom<L extends Layout>(layout: L, columns: Columns<L>, count: number): void {
  for (const name of Object.keys(layout) as (keyof L)[]) columns[name] = grown(columns[name], count)
}

/** The same numbers with space for `count` of them; itself where it has that. */
export function grown<A extends Cells>(cells: A, count: number): A {
  if (count <= cells.length) return cells
  const Kind = cells.constructor as new (length: number) => A
  const wider = new Kind(Math.max(ROWS_FIRST, Math.ceil(count * GROWTH)))
  wider.set(cells)
  return wider
}

/** One page is a block of memory that is never moved. Records are far smaller: messages bound their texts. */
const PAGE_BYTES = 1 << 20
/** What a record of no reference has: column cells begin as 0. */
export const NO_RECORD = 0
const HEAD_BYTES = 2
/** In a text's head, beside its length in bytes: it ends in hexadecimal digits, kept two in a byte. Their number stands in front. */
const PACKED = 0x8000
const LENGTH_MAX = PACKED - 1
/** Addresses and transaction ids end in 40 or 64 digits, and are most of what is kept; as bytes they are half as long. */
const DIGITS = /(?:[0-9a-f]{2}){16,255}$/
const DIGITS_MIN = 32

/** Texts that are written once. A record is some of them, one after the other, each behind its length. */
export interface Heap {
  readonly pages: Uint8Array[]
  /** Bytes used of the last page. */
  used: number
}

export const emptyHeap = (): Heap => ({ pages: [], used: 0 })

/** Keeps the texts as one record and returns its reference. */
export function keep(heap: Heap, texts: readonly string[]): number {
  const parts = texts.map(partsOf)
  const size = parts.reduce((sum, { length }) => sum + HEAD_BYTES + length, 0)
  if (size >= PAGE_BYTES) throw new RangeError(`a record of ${size} bytes`)
  const page = pageFor(heap, size)
  const reference = (heap.pages.length - 1) * PAGE_BYTES + heap.used
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length)
  for (const { plain, digits, length } of parts) {
    heap.used = bytes.writeUInt16LE(digits === '' ? length : length | PACKED, heap.used)
    if (digits !== '') heap.used = bytes.writeUInt8(digits.length / 2, heap.used)
    heap.used += bytes.write(plain, heap.used, 'utf8')
    heap.used += bytes.write(digits, heap.used, 'hex')
  }
  return reference
}

function partsOf(text: string): { readonly plain: string; readonly digits: string; readonly length: number } {
  const digits = text.length < DIGITS_MIN ? '' : (DIGITS.exec(text)?.[0] ?? '')
  const plain = digits === '' ? text : text.slice(0, -digits.length)
  const length = Buffer.byteLength(plain) + (digits === '' ? 0 : 1 + digits.length / 2)
  if (length > LENGTH_MAX) throw new RangeError(`a text of ${length} bytes`)
  return { plain, digits, length }
}

/** The last page where it has the space; the first grows as a column does, so that a small table stays small. */
function pageFor(heap: Heap, size: number): Uint8Array {
  const last = heap.pages.at(-1)
  if (last === undefined || heap.used + size > PAGE_BYTES) {
    // The very first byte is nobody's: a reference of 0 is none.
    heap.used = heap.pages.length === 0 ? 1 : 0
    const page = new Uint8Array(heap.pages.length === 0 ? size + 1 : PAGE_BYTES)
    heap.pages.push(page)
    return page
  }
  if (heap.used + size <= last.length) return last
  const wider = new Uint8Array(Math.min(PAGE_BYTES, Math.max(2 * last.length, heap.used + size)))
  wider.set(last)
  heap.pages[heap.pages.length - 1] = wider
  return wider
}

/** The record's text number `place`; empty for `NO_RECORD`. */
export function textAt({ pages }: Heap, reference: number, place: number): string {
  const page = pages[Math.floor(reference / PAGE_BYTES)]
  if (reference === NO_RECORD || page === undefined) return ''
  let at = reference % PAGE_BYTES
  for (let before = 0; before < place; before++) at += HEAD_BYTES + (headAt(page, at) & LENGTH_MAX)
  const head = headAt(page, at)
  const text = Buffer.from(page.buffer, page.byteOffset + at + HEAD_BYTES, head & LENGTH_MAX)
  if ((head & PACKED) === 0) return text.toString('utf8')
  const plainEnd = text.length - (text[0] ?? 0)
  return text.toString('utf8', 1, plainEnd) + text.toString('hex', plainEnd)
}

const headAt = (page: Uint8Array, at: number): number => (page[at] ?? 0) | ((page[at + 1] ?? 0) << 8)
