import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromBase64, fromHex, sha256, toHex, utf8 } from './bytes.ts'
import { addressOf, chainOf, normalAccount } from './caip.ts'
import { asJson, canonical, digestOf, type Json, NotCanonical } from './canonical.ts'
import { parse } from './input.ts'
import { formatDecimal, grouped, parseDecimal, split } from './money.ts'
import { lineSchema, oneLine } from './names.ts'
import { isRefusal, Refused, refuser } from './refusal.ts'
import { bothTimes, duration, kst, parseInstant, utc } from './time.ts'

describe('canonical JSON', () => {
  it('sorts members by UTF-16 code units: the example of RFC 8785 section 3.2.3', () => {
    const keys = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
    }
    const more = {
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    const order = Object.values(JSON.parse(canonical({ ...keys, ...more })) as object)
    // JSON.parse moves the integer-like key first; the text itself has the carriage return first.
    expect(canonical({ ...keys, ...more }).startsWith('{"\\r":"Carriage Return","1":"One"')).toBe(true)
    expect(order.slice(2)).toEqual([
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it('escapes strings as RFC 8785 section 3.2.2.2 does', () => {
    expect(canonical('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  })

  it('is a fixed point of parsing, and equal values have equal texts', () => {
    const value = fc.letrec<{ any: Json }>((tie) => ({
      any: fc.oneof(
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.string({ maxLength: 5 }), tie('any'), { maxKeys: 4 }),
      ),
    })).any
    fc.assert(fc.property(value, (any) => canonical(JSON.parse(canonical(any)) as Json) === canonical(any)))
  })

  it('has no form for what another program could write otherwise', () => {
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '\ud800']) {
      expect(() => canonical(value)).toThrow(NotCanonical)
    }
    expect(() => canonical(1n as never)).toThrow(NotCanonical)
    expect(canonical({ a: undefined, b: -0 })).toBe('{"b":0}')
  })

  it('copies plain data as JSON would, amounts as decimal strings', () => {
    const bare = Object.assign(Object.create(null) as object, { c: null })
    const given = { a: 10n ** 20n, b: undefined, d: [1.5, 'x', { e: true, f: undefined }], bare }
    const copy = asJson(given)
    expect(copy).toEqual({ a: '100000000000000000000', d: [1.5, 'x', { e: true }], bare: { c: null } })
    expect(Object.keys(copy as object)).toEqual(['a', 'd', 'bare'])
    given.d[0] = 2
    expect(copy).toMatchObject({ d: [1.5, 'x', {}] })
    expect(Object.keys(asJson(JSON.parse('{"__proto__":1}')) as object)).toEqual(['__proto__'])
  })

  it('copies nothing that JSON would lose without a word', () => {
    class Wallet {
      readonly name = 'hot-1'
    }
    const lost = [new Map([[1, 2]]), new Set([1]), new Uint8Array(2), new Wallet(), new Date(0), () => 1, Symbol('s')]
    for (const value of [...lost, Number.NaN, Number.NEGATIVE_INFINITY, [undefined], new Array(1)]) {
      expect(() => asJson({ value })).toThrow(NotCanonical)
    }
  })

  it('names content by the SHA-256 of its text', () => {
    expect(digestOf({})).toBe('sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
    expect(toHex(sha256(utf8('a'), utf8('bc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})

describe('bytes', () => {
  it('refuse what Node would cut short in silence', () => {
    expect(fromHex('0g')).toBeUndefined()
    expect(fromHex('abc')).toBeUndefined()
    expect(fromBase64('YQ')).toBeUndefined()
    expect(fromBase64('YQ==')).toEqual(Buffer.from('a'))
  })
})

describe('money', () => {
  it('reads and writes decimals exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n }), fc.integer({ min: 0, max: 36 }), (amount, decimals) => {
        expect(parseDecimal(formatDecimal(amount, decimals), decimals)).toBe(amount)
      }),
    )
    expect(parseDecimal('1.234', 2)).toBeUndefined()
    for (const wrong of ['', '.5', '-1', '1e3', '1,000', '0x10', ' 1']) expect(parseDecimal(wrong, 18)).toBeUndefined()
    expect(grouped('1234567.125')).toBe('1,234,567.125')
    expect(formatDecimal(-1500n, 3)).toBe('-1.5')
  })

  it('a split adds up, nobody gets more than a unit beside their share, and order of equals decides ties', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), weights, (total, shares) => {
        const sum = shares.reduce((a, b) => a + b, 0n)
        fc.pre(sum > 0n)
        const parts = split(total, shares)
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total)
        parts.forEach((part, place) => {
          const floor = (total * (shares[place] ?? 0n)) / sum
          expect(part === floor || part === floor + 1n).toBe(true)
        })
      }),
    )
    expect(split(2n, [1n, 1n, 1n])).toEqual([1n, 1n, 0n])
    expect(split(0n, [0n, 0n])).toEqual([0n, 0n])
    expect(() => split(1n, [0n])).toThrow(RangeError)
  })
})

describe('time', () => {
  const at = Date.UTC(2026, 1, 6, 10, 20, 4)
  it('is told exactly, in both zones', () => {
    expect(utc(at)).toBe('2026-02-06 10:20:04 UTC')
    expect(kst(at)).toBe('2026-02-06 19:20:04 KST')
    expect(bothTimes(at)).toBe('2026-02-06 10:20:04 UTC · 19:20:04 KST')
    expect(bothTimes(Date.UTC(2026, 1, 6, 20))).toBe('2026-02-06 20:00:00 UTC · 2026-02-07 05:00:00 KST')
  })
  it('is read only where it names one instant', () => {
    expect(parseInstant('2025-11-27T04:42:00+09:00')).toBe(Date.UTC(2025, 10, 26, 19, 42))
    expect(parseInstant('1764186120000')).toBe(1_764_186_120_000)
    for (const wrong of ['2025-11-27 04:42', '2025-11-27T04:42:00', '2025-13-01T00:00:00Z', 'yesterday', '-5']) {
      expect(parseInstant(wrong)).toBeUndefined()
    }
  })
  it('durations name their two largest units', () => {
    expect([5_000, 65_000, 3_900_000, 200_000_000].map(duration)).toEqual([
      '5 s',
      '1 min 05 s',
      '1 h 05 min',
      '2 d 07 h',
    ])
  })
})

describe('names of chains', () => {
  it('are taken apart at the right places', () => {
    expect(chainOf('eip155:1/slip44:60')).toBe('eip155:1')
    expect(chainOf('eip155:1:0xAb')).toBe('eip155:1')
    expect(addressOf('hedera:mainnet:0.0.1234-zbhlt')).toBe('0.0.1234-zbhlt')
    expect(normalAccount('eip155:1:0xAB')).toBe('eip155:1:0xab')
    expect(normalAccount('solana:x:AB')).toBe('solana:x:AB')
  })
})

describe('lines', () => {
  it('makes one line of any text, with whole letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const line = oneLine(text, max)
        expect(line.length).toBeLessThanOrEqual(max)
        expect(line === '' || lineSchema.safeParse(line).success).toBe(true)
      }),
    )
    expect([oneLine('a\r\n\tb'), oneLine('\u{1f600}\u{1f600}', 3), oneLine('\ud83d!')]).toEqual([
      'a b',
      '\u{1f600}',
      ' !',
    ])
    const refusal = parse(z.literal('x'), `${'y'.repeat(58)}\u{1f600}`)
    expect(isRefusal(refusal) && refusal.detail.isWellFormed()).toBe(true)
  })
})

describe('refusals', () => {
  it('name the field, what was expected and what stood there', () => {
    const schema = z.strictObject({ list: z.array(z.strictObject({ id: z.number().int() })) })
    expect(parse(schema, { list: [{ id: 1 }] })).toEqual({ list: [{ id: 1 }] })
    expect(parse(schema, { list: [{ id: 'x' }] })).toMatchObject({ code: 'INPUT-001', field: 'list.0.id' })
    expect(parse(schema, { list: [], more: 1 })).toMatchObject({ code: 'INPUT-001', field: 'more' })
    expect(parse(schema, null)).toMatchObject({ field: '(whole input)' })
    const long = parse(schema, { list: 'secret'.repeat(100) })
    expect(isRefusal(long) && long.detail.length).toBeLessThan(200)
  })
  it('carry their number through an exception', () => {
    const refuse = refuser({ 'X-001': { kind: 'broken', title: { en: 'x', ko: 'x' }, help: { en: 'x', ko: 'x' } } })
    expect(new Refused(refuse('X-001', 'the disk is gone')).message).toBe('X-001 the disk is gone')
    expect(() => refuse('X-002' as 'X-001', '')).toThrow('no refusal X-002')
  })
})
