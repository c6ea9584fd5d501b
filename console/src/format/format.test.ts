import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as money from '../../../src/kernel/money.ts'
import * as time from '../../../src/kernel/time.ts'
import { addressParts, lookAlike, sameAddress } from './address.ts'
import { baseUnits, exactAmount, formatDecimal, grouped, permille, shownAmount } from './amount.ts'
import { addressOf, assetTail, chainOf, scopeTarget } from './caip.ts'
import { readable } from './readable.ts'
import { bothTimes, countdown, duration, fineDuration, relative } from './time.ts'

const instant = fc.integer({ min: 0, max: 253_402_300_799_999 - 9 * 3_600_000 })
const amount = fc.bigInt({ min: 0n, max: 2n ** 256n })
const decimals = fc.integer({ min: 0, max: 36 })

describe('time', () => {
  it('C1 writes an instant as the kernel does', () => {
    fc.assert(fc.property(instant, (at) => void expect(bothTimes(at)).toBe(time.bothTimes(at))))
  })

  it('C1 writes a span as the kernel does, and in Korean with Korean units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (ms) => void expect(duration(ms)).toBe(time.duration(ms))),
    )
    expect(duration(3 * 3_600_000 + 5 * 60_000, 'ko')).toBe('3시간 05분')
  })

  it('C1 tells tenths of a second where a whole second says too little', () => {
    expect(fineDuration(800)).toBe('0.8 s')
    expect(fineDuration(2_000)).toBe('2 s')
    expect(fineDuration(720_000)).toBe('12 min 00 s')
  })

  it('C1 says on which side of now an instant lies', () => {
    expect(relative(0, 200_000)).toBe('3 min 20 s ago')
    expect(relative(200_000, 0)).toBe('in 3 min 20 s')
    expect(relative(0, 200_000, 'ko')).toBe('3분 20초 전')
    expect(relative(1_000, 0)).toBe('now')
  })

  it('C1 counts down to the second, days apart', () => {
    expect(countdown(4 * 3_600_000 + 5 * 60_000 + 9_000)).toBe('04:05:09')
    expect(countdown(2 * 86_400_000 + 61_000, 'ko')).toBe('2일 00:01:01')
  })
})

describe('amounts', () => {
  it('C2 writes decimals and groups as the kernel does', () => {
    fc.assert(
      fc.property(amount, decimals, (units, places) => {
        expect(formatDecimal(units, places)).toBe(money.formatDecimal(units, places))
        expect(exactAmount(units, places)).toBe(money.grouped(money.formatDecimal(units, places)))
      }),
    )
  })

  it('C2 cuts a shown amount and never shows more than there is', () => {
    fc.assert(
      fc.property(amount, decimals, (units, places) => {
        const { text, exact } = shownAmount(units, places)
        expect(text.endsWith('…')).toBe(!exact)
        const shown = money.parseDecimal(text.replaceAll(',', '').replace('…', ''), 36)
        const real = money.parseDecimal(formatDecimal(units, places), 36)
        if (shown === undefined || real === undefined) throw new Error('unreadable')
        expect(shown <= real).toBe(true)
        if (exact) expect(shown).toBe(real)
      }),
    )
    expect(shownAmount(199_999_999n, 8)).toEqual({ text: '1.9999…', exact: false })
  })

  it('C2 takes what is no amount for nothing and bounds a bar', () => {
    expect([baseUnits('12'), baseUnits('1.2'), baseUnits(null), baseUnits('x')]).toEqual([12n, 0n, 0n, 0n])
    expect([permille(1n, 3n), permille(5n, 3n), permille(1n, 0n)]).toEqual([333, 1000, 0])
    expect(grouped('1234567.1234')).toBe('1,234,567.1234')
  })
})

describe('addresses', () => {
  const long = fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{21,60}$/)

  it('C3 the groups and the gaps together are the address', () => {
    fc.assert(
      fc.property(long, (address) => {
        const { first, gapOne, middle, gapTwo, last } = addressParts(address)
        expect(first + gapOne + middle + gapTwo + last).toBe(address)
        expect([first.length, middle.length, last.length]).toEqual([6, 4, 6])
      }),
    )
    expect(addressParts('Customer60').first).toBe('Customer60')
  })

  it('C3 calls out an address with the same ends and another middle, and no other', () => {
    const ours = '0x5e032243d507c743b061ef021e2ec7fcc6d3ab89'
    const fake = '0x5e03aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab89'
    expect(lookAlike(fake, [ours])).toBe(ours)
    expect(lookAlike(ours.toUpperCase().replace('0X', '0x'), [ours])).toBeUndefined()
    expect(lookAlike('0x1111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab89', [ours])).toBeUndefined()
  })

  it('C3 two spellings of a base58 address are two addresses that look alike', () => {
    const ours = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU'
    const other = '7xKXTG2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU'
    expect(sameAddress(ours, other)).toBe(false)
    expect(lookAlike(other, [ours])).toBe(ours)
  })
})

describe('names', () => {
  it('C3 takes CAIP ids apart', () => {
    expect(chainOf('eip155:1/slip44:60')).toBe('eip155:1')
    expect(chainOf('eip155:1:0xab')).toBe('eip155:1')
    expect(addressOf('bip122:000000000019d6689c085ae165831e93:1Ab')).toBe('1Ab')
    expect(scopeTarget('chain:eip155:1')).toEqual({ kind: 'chain', name: 'Ethereum' })
    expect(scopeTarget('all')).toEqual({ kind: 'all', name: '' })
    expect(assetTail('eip155:1/erc20:0x5e032243d507c743b061ef021e2ec7fcc6d3ab89')).toBe('0x5e…ab89')
  })

  it('C3 puts the machine names of a line into words and leaves the rest alone', () => {
    const solana = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
    const unitOf = () => ({ symbol: 'SOL', decimals: 9 })
    expect(readable(`88465038381601 of ${solana}/slip44:501 reached the refuge in tx-1`, unitOf)).toBe(
      '88,465.0383… SOL reached the refuge in tx-1',
    )
    expect(readable(`halt of chain:${solana}: coins left`, unitOf)).toBe('halt of Solana: coins left')
    expect(readable(`이전 완료: SOL (${solana}/slip44:501), tx-1`, unitOf)).toBe('이전 완료: SOL, tx-1')
    expect(readable(`evacuation of hot-1 to ${solana}:Refuge1`, unitOf)).toBe('evacuation of hot-1 to Refuge1')
    expect(readable('due 2025-11-27 19:42:00 UTC', unitOf)).toBe('due 2025-11-27 19:42:00 UTC')
  })
})
