import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cbor, type Plain } from '../../../../../test/kit/passkey.ts'
import { fromHex } from '../../../../kernel/bytes.ts'
import { readCbor } from './cbor.ts'

const hex = (text: string) => readCbor(fromHex(text) ?? new Uint8Array())

const leaf = fc.oneof(
  ...[fc.integer(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.string({ unit: 'grapheme' })],
  fc.uint8Array({ maxLength: 300 }),
)
const key = fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }))
const mapOf = (value: fc.Arbitrary<Plain>) =>
  fc.array(fc.tuple(key, value), { maxLength: 6 }).map((members) => new Map<number | string, Plain>(members))
const nested: fc.Arbitrary<Plain> = fc.oneof(leaf, fc.array(leaf, { maxLength: 5 }), mapOf(fc.oneof(leaf, mapOf(leaf))))

/** Byte strings as plain arrays, maps in the order of their keys: what a comparison of contents needs. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (value instanceof Map)
    return [...value].map(([k, v]) => [String(k), plain(v)]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return Array.isArray(value) ? value.map(plain) : Object.is(value, -0) ? 0 : value
}

describe('K10 canonical CBOR', () => {
  it('K10 reads back whatever is written in the canonical form', () => {
    fc.assert(
      fc.property(nested, (value) => {
        const read = readCbor(cbor(value))
        expect(read).toMatchObject({ ok: true })
        if (read.ok) expect(plain(read.value)).toEqual(plain(value))
      }),
    )
  })

  it('K10 what is read is written again with the same bytes, so one value has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const read = readCbor(bytes)
        if (read.ok) expect([...cbor(read.value)]).toEqual([...bytes])
        else expect(read).toEqual({ ok: false, at: expect.any(Number), why: expect.any(String) })
      }),
      { numRuns: 3_000 },
    )
  })

  it('K10 never throws on changed or cut bytes, and never reads past them', () => {
    fc.assert(
      fc.property(nested, fc.nat(), fc.nat(255), fc.nat(), (value, place, byte, cut) => {
        const bytes = Buffer.from(cbor(value))
        bytes[place % bytes.length] = byte
        const read = readCbor(bytes.subarray(0, 1 + (cut % bytes.length)))
        expect(typeof read.ok).toBe('boolean')
      }),
    )
  })

  it.each([
    ['1817', 'a number is not in its shortest form'],
    ['190001', 'a number is not in its shortest form'],
    ['1b00000000ffffffff', 'a number is not in its shortest form'],
    ['1bffffffffffffffff', 'a number is larger than a double holds exactly'],
    ['9fff', 'indefinite lengths are not taken'],
    ['5f4101ff', 'indefinite lengths are not taken'],
    ['1c', 'a reserved head'],
    ['f97e00', 'floating-point numbers are not taken'],
    ['f7', 'an unknown simple value'],
    ['c000', 'tags are not taken'],
    ['62c328', 'a text is not UTF-8'],
    ['4401', '4 more bytes expected, 1 are left'],
    ['5affffffff', '4294967295 more bytes expected, 0 are left'],
    ['9affffffff', '4294967295 items do not fit'],
    ['a201010100', 'a key stands twice'],
    ['a202010100', 'keys are not in canonical order'],
    ['a2616100410000', 'a key is neither a number nor a text'],
    ['a2616100 0100', 'keys are not in canonical order'],
    ['8181818100', undefined],
    ['818181818100', 'more than 4 levels'],
    ['0000', '1 bytes follow the value'],
    ['', '1 more bytes expected, 0 are left'],
  ])('K10 %s: %s', (text, why) => {
    const read = hex(text.replace(' ', ''))
    expect(read.ok ? undefined : read.why).toBe(why)
  })
})
