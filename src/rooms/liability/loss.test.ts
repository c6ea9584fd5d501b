import { describe, expect, it } from 'vitest'
import { T0 } from '../../../test/kit/given.ts'
import {
  BONK,
  CHAIN,
  fund,
  INCIDENT,
  PRICED_AT,
  prices,
  robbed,
  SOL,
  stage,
  theft,
} from '../../../test/kit/liability-stage.ts'
import { assetName, funds, ledger, loss, lossWorth, valueKrw } from './index.ts'

describe('what a coin is worth', () => {
  it('L1 values an amount by the price in force at its time, rounded down to whole won', () => {
    const s = stage()
    s.when('price.load', prices(T0, '215000000000'))
    s.when('price.load', prices(T0 + 1_000, '100999999'))
    expect(valueKrw(s.state, SOL, 1_000_000_000n, T0)).toBe(215_000n)
    expect(valueKrw(s.state, SOL, 1_000_000_000n, T0 + 999)).toBe(215_000n)
    expect(valueKrw(s.state, SOL, 1_000_000_000n, T0 + 1_000)).toBe(100n)
    expect(valueKrw(s.state, SOL, 1n, T0)).toBe(0n)
  })

  it('L1 knows no value before the first price, nor of an asset without one: neither is zero', () => {
    const s = stage()
    s.when('price.load', prices(T0))
    expect(valueKrw(s.state, SOL, 10n ** 9n, T0 - 1)).toBeUndefined()
    expect(valueKrw(s.state, `${CHAIN}/token:unknown`, 1n, T0)).toBeUndefined()
  })

  it('L1 is exact far beyond what a double holds', () => {
    const s = stage()
    const ether = 'eip155:1/slip44:60'
    s.when('price.load', {
      ...prices(T0),
      prices: [{ asset: ether, symbol: 'ETH', decimals: 18, krw_micro: '169591000001' }],
    })
    expect(valueKrw(s.state, ether, 342_000n * 10n ** 18n, T0)).toBe(58_000_122_000n)
    expect(valueKrw(s.state, ether, 10n ** 60n + 1n, T0)).toBe(169_591_000_001n * 10n ** 36n)
  })

  it('L1 takes two spellings of an Ethereum token for one', () => {
    const s = stage()
    const price = { symbol: 'USDC', decimals: 6, krw_micro: '1470000000' }
    s.when('price.load', { ...prices(T0), prices: [{ ...price, asset: `eip155:1/erc20:0x${'AB'.repeat(20)}` }] })
    expect(valueKrw(s.state, `eip155:1/erc20:0x${'ab'.repeat(20)}`, 1_000_000n, T0)).toBe(1_470n)
  })

  it('L2 loads the same list once, and a correction for the same instant replaces the price', () => {
    const s = stage()
    expect(s.when('price.load', prices())).toHaveLength(1)
    expect(s.when('price.load', prices())).toEqual([])
    s.when('price.load', prices(PRICED_AT, '1000000'))
    expect(valueKrw(s.state, SOL, 10n ** 9n, T0)).toBe(1n)
  })

  it('L2 a price that comes late for an earlier time revalues the losses since', () => {
    const s = stage()
    s.when('price.load', prices())
    s.when('loss.record', theft('a', SOL, '2000000000', T0))
    s.when('loss.record', theft('b', SOL, '2000000000', T0 + 10))
    s.when('price.load', prices(T0 + 5, '1000000'))
    expect(loss(s.state, INCIDENT).loss_krw).toBe('430002')
  })

  it('L2 refuses two prices of one asset in a list, and other decimals than before', () => {
    const s = stage()
    const [sol, bonk] = prices().prices
    if (sol === undefined || bonk === undefined) throw new Error('the kit has two prices')
    expect(s.ask('price.load', { ...prices(), prices: [sol, bonk, sol] })).toMatchObject({
      code: 'LIABILITY-001',
      field: 'prices.2.asset',
    })
    s.when('price.load', prices())
    expect(s.ask('price.load', { ...prices(T0), prices: [{ ...sol, decimals: 8 }] })).toMatchObject({
      code: 'LIABILITY-002',
      field: 'prices.0.decimals',
      expected: '9',
    })
  })
})

describe('what was lost', () => {
  it('L3 counts a movement once, by chain, transaction and place', () => {
    const s = stage()
    s.when('price.load', prices())
    const [event] = s.when('loss.record', theft('a', SOL, '2000000000'))
    expect(event).toMatchObject({ type: 'loss.recorded', data: { krw: '430000', decimals: 9 } })
    expect(s.when('loss.record', theft('a', SOL, '2000000000'))).toEqual([])
    s.when('loss.record', { ...theft('a', SOL, '1000000000'), place: 1 })
    expect(loss(s.state, INCIDENT)).toEqual({
      loss: [{ asset: SOL, symbol: 'SOL', decimals: 9, amount: '3000000000', krw: '645000' }],
      loss_krw: '645000',
      unpriced: [],
    })
  })

  it('L3 refuses the same movement with other particulars, and an asset of another chain', () => {
    const s = robbed()
    expect(s.ask('loss.record', theft('theft1', SOL, '1'))).toMatchObject({ code: 'LIABILITY-004', field: 'tx' })
    const elsewhere = { ...theft('theft1', SOL, '100000000000'), incident: 'incident-2' }
    expect(s.ask('loss.record', elsewhere)).toMatchObject({ code: 'LIABILITY-004' })
    expect(s.ask('loss.record', theft('b', 'eip155:1/slip44:60', '1'))).toMatchObject({
      code: 'LIABILITY-005',
      field: 'asset',
    })
  })

  it('L3 says that a value is not known, instead of zero', () => {
    const s = stage()
    const [event] = s.when('loss.record', theft('a', SOL, '5'))
    expect(event?.data).not.toHaveProperty('krw')
    s.when('loss.record', theft('b', BONK, '5'))
    s.when('price.load', {
      ...prices(),
      prices: [{ asset: BONK, symbol: 'BONK', decimals: 5, krw_micro: '100000000000' }],
    })
    expect(loss(s.state, INCIDENT)).toEqual({
      loss: [
        { asset: SOL, symbol: null, decimals: null, amount: '5', krw: null },
        { asset: BONK, symbol: 'BONK', decimals: 5, amount: '5', krw: '5' },
      ],
      loss_krw: '5',
      unpriced: [SOL],
    })
  })

  it('L3 tells the worth of one movement, and the name of its coin', () => {
    const s = robbed()
    expect(lossWorth(s.state, CHAIN, 'theft1', 0)).toBe(21_500_000n)
    expect(lossWorth(s.state, CHAIN, 'theft1', 1)).toBeUndefined()
    s.when('loss.record', theft('early', SOL, '1000000000', PRICED_AT - 1))
    expect(lossWorth(s.state, CHAIN, 'early', 0)).toBeUndefined()
    expect(assetName(s.state, SOL)).toEqual({ symbol: 'SOL', decimals: 9 })
    expect(assetName(s.state, `${CHAIN}/token:none`)).toBeUndefined()
  })

  it('L4 takes a movement back that a reorganisation undid, and counts it anew when it comes again', () => {
    const s = robbed()
    const place = { chain: CHAIN, tx: 'theft1', place: 0 }
    expect(s.when('loss.reverse', place)).toMatchObject([{ type: 'loss.reversed', data: { krw: '21500000' } }])
    expect(loss(s.state, INCIDENT)).toEqual({ loss: [], loss_krw: '0', unpriced: [] })
    expect(s.when('loss.reverse', place)).toEqual([])
    expect(s.when('loss.record', theft('theft1', SOL, '7'))).toHaveLength(1)
    expect(loss(s.state, INCIDENT).loss).toMatchObject([{ amount: '7' }])
  })

  it('L4 ignores the end of a movement that was no loss', () => {
    expect(robbed().when('loss.reverse', { chain: CHAIN, tx: 'other', place: 0 })).toEqual([])
  })

  it('L5 keeps cases apart', () => {
    const s = robbed()
    s.when('loss.record', { ...theft('b', SOL, '1000000000'), incident: 'incident-2' })
    expect(loss(s.state, 'incident-2').loss_krw).toBe('215000')
    expect(loss(s.state, INCIDENT).loss_krw).toBe('21500000')
    expect(loss(s.state, 'incident-3')).toEqual({ loss: [], loss_krw: '0', unpriced: [] })
  })

  it('L5 books what left the wallet against the loss of the case', () => {
    expect(ledger(robbed().state).accounts.filter(({ asset }) => asset === SOL)).toEqual([
      { account: 'assets:wallet:hot-1', asset: SOL, balance: '-100000000000' },
      { account: `equity:loss:${INCIDENT}`, asset: SOL, balance: '100000000000' },
    ])
  })
})

describe('funds', () => {
  it('L6 holds a budget in won for each fund, in the order in which they are drawn on', () => {
    expect(funds(robbed().state)).toEqual([
      { fund: 'reserve', krw: '10000000', drawn: '0', left: '10000000' },
      { fund: 'insurance', krw: '5000000', drawn: '0', left: '5000000' },
      { fund: 'own', krw: '20000000', drawn: '0', left: '20000000' },
    ])
    expect(funds(stage().state).map(({ left }) => left)).toEqual(['0', '0', '0'])
  })

  it('L6 sets a budget anew, lower too, and books only the difference', () => {
    const s = robbed()
    expect(s.when('fund.set', fund('reserve', '10000000'))).toEqual([])
    s.when('fund.set', fund('reserve', '4000000'))
    expect(ledger(s.state).accounts).toContainEqual({
      account: 'assets:fund:reserve',
      asset: 'KRW',
      balance: '4000000',
    })
  })
})
