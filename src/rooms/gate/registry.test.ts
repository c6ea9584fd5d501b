import { describe, expect, it } from 'vitest'
import {
  ALICE,
  account,
  ask,
  BOB,
  CHAIN,
  COLD,
  ETHER,
  HOT,
  openGate,
  REFUGE,
  reasonsOf,
  TOKEN,
  typesOf,
  wallet,
} from '../../../test/kit/gate.ts'
import { accountsOn, refugeOf, walletByAccount, walletViews } from './index.ts'

const other = { ...wallet, wallet: 'hot-2', account: BOB }
const [ether, token] = wallet.assets

describe('a wallet', () => {
  it('G10: is known by its account in any spelling, and its refuge as that', () => {
    const stage = openGate()
    stage.when('wallet.register', {
      ...other,
      account: `${CHAIN}:0x${'B'.repeat(40)}`,
      refuge: `${CHAIN}:0x${'E'.repeat(40)}`,
    })
    expect(walletByAccount(stage.state, account('b'))).toEqual({ wallet: 'hot-2', kind: 'hot' })
    expect(walletByAccount(stage.state, REFUGE)).toBeUndefined()
    expect(refugeOf(stage.state, REFUGE)).toBe('hot-1')
    expect(refugeOf(stage.state, HOT)).toBeUndefined()
    expect(accountsOn(stage.state, CHAIN)).toEqual([HOT, account('b')])
    expect(accountsOn(stage.state, 'eip155:10')).toEqual([])
  })

  it.each([
    ['GATE-024', 'account', { account: `eip155:10:0x${'b'.repeat(40)}` }],
    ['GATE-024', 'account', { account: `${CHAIN}:0xb` }],
    ['GATE-024', 'refuge', { refuge: `eip155:10:0x${'e'.repeat(40)}` }],
    ['GATE-024', 'refuge', { refuge: `${CHAIN}:nowhere` }],
    ['GATE-024', 'refuge', { refuge: BOB }],
    ['GATE-024', 'assets.1.asset', { assets: [ether, { ...token, asset: 'eip155:10/slip44:60' }] }],
    ['GATE-024', 'assets.1.asset', { assets: [ether, ether] }],
    [
      'GATE-024',
      'assets.1.asset',
      {
        assets: [
          token,
          { ...token, asset: TOKEN.toUpperCase().replace('EIP155', 'eip155').replace('ERC20:0X', 'erc20:0x') },
        ],
      },
    ],
    ['GATE-026', 'account', { account: HOT }],
    ['INPUT-001', 'assets', { assets: [] }],
    ['INPUT-001', 'kind', { kind: 'lukewarm' }],
  ])('G10: is refused with %s at %s', (code, field, change) => {
    expect(openGate().ask('wallet.register', { ...other, ...change } as never)).toMatchObject({ code, field })
  })

  it.each([
    ['account', { account: BOB }],
    ['kind', { kind: 'cold' as const }],
    ['refuge', { refuge: COLD }],
    ['refuge', { refuge: undefined }],
    ['assets', { assets: [ether] }],
    ['assets.0', { assets: [{ ...ether, decimals: 8 }, token] }],
  ])('G10: once registered its %s stays (%o)', (field, change) => {
    expect(openGate().ask('wallet.register', { ...wallet, ...change } as never)).toMatchObject({
      code: 'GATE-025',
      field,
    })
  })

  it('G10: may gain assets, and a refuge where it had none', () => {
    const stage = openGate()
    const { refuge: _, ...without } = other
    stage.when('wallet.register', { ...without, assets: [wallet.assets[0] as never] })
    expect(typesOf(stage.when('wallet.register', other))).toEqual(['wallet.registered'])
    expect(walletViews(stage.state)[1]).toMatchObject({
      refuge: REFUGE,
      assets: [
        { asset: ETHER, symbol: 'ETH', decimals: 18, halted: false },
        { asset: TOKEN, symbol: 'TKN', decimals: 6, halted: false },
      ],
    })
    expect(stage.ask('wallet.register', other)).toEqual([])
  })
})

describe('halts', () => {
  it.each([
    ['all', true, true],
    ['chain:eip155:1', true, true],
    ['chain:eip155:10', false, false],
    ['wallet:hot-1', true, true],
    ['wallet:hot-2', false, false],
    [`asset:${ETHER}`, true, false],
    [`asset:${TOKEN}`, false, false],
  ])('G7: %s stops a withdrawal: %s; the whole wallet: %s', (scope, stops, whole) => {
    const stage = openGate()
    stage.when('wallet.register', other)
    stage.when('halt.raise', { scope, reason: 'test' })
    expect(reasonsOf(stage.when('withdrawal.request', ask('w1')))).toEqual(stops ? ['GATE-007'] : [])
    expect(walletViews(stage.state)[0]?.halted).toBe(whole)
  })

  it('G7: each new one raises the epoch; raising again and lifting do not; an asset is one in any spelling', () => {
    const stage = openGate()
    const raise = (scope: string) => stage.when('halt.raise', { scope, reason: 'x' })
    const shouted = `asset:${CHAIN}/erc20:0x${'7'.repeat(40)}`
    expect(raise('all')).toMatchObject([{ data: { halt_epoch: 1 } }])
    expect(raise(shouted)).toMatchObject([{ data: { halt_epoch: 2 } }])
    expect(raise(shouted)).toEqual([])
    expect(stage.when('halt.lift', { scope: 'all', reason: 'x' })).toMatchObject([{ data: { halt_epoch: 2 } }])
    expect(stage.ask('halt.lift', { scope: 'all', reason: 'x' })).toEqual([])
    // A new halt after a lift is a new one: what was permitted in between must not outlive it.
    expect(raise('all')).toMatchObject([{ data: { halt_epoch: 3 } }])
  })

  it.each(['wallet:hot-9', 'asset:eip155:1/slip44:61'])('G7: %s would guard nothing, and is refused', (scope) => {
    expect(openGate().ask('halt.raise', { scope, reason: 'x' })).toMatchObject({ code: 'GATE-028', field: 'scope' })
  })

  it('G7: only what the watch saw halts with an alarm; nobody can give their own halt for the machine’s', () => {
    const stage = openGate()
    const forged = { scope: 'all', reason: 'x', alarm: 'theft' }
    expect(stage.ask('halt.raise', forged)).toMatchObject({ code: 'INPUT-001', field: 'alarm' })
    expect(stage.when('halt.alarm', { chain: CHAIN, reason: 'x', alarm: 'theft' })).toMatchObject([
      { type: 'halt.raised', data: { scope: `chain:${CHAIN}`, alarm: 'theft' } },
    ])
    expect(stage.ask('halt.raise', { scope: `chain:${CHAIN}`, reason: 'again' })).toEqual([])
  })

  it.each(['', 'everything', 'chain:*', 'wallet:*', 'all ', 'asset:eip155:1'])('G7: "%s" is no scope', (scope) => {
    expect(openGate().ask('halt.raise', { scope, reason: 'x' })).toMatchObject({ code: 'INPUT-001', field: 'scope' })
  })
})

describe('a request', () => {
  it('G2: names every reason that applies', () => {
    const stage = openGate(new Map([[ETHER, 5n]]))
    stage.when('halt.raise', { scope: 'all', reason: 'x' })
    const events = stage.when('withdrawal.request', ask('w1', '400', HOT))
    expect(reasonsOf(events)).toEqual(['GATE-005', 'GATE-007', 'GATE-009', 'GATE-008'])
  })

  it.each([
    ['to another wallet of ours by a customer', { to: BOB }, ['GATE-005']],
    ['to another wallet of ours for the treasury', { to: BOB, purpose: 'treasury' as const }, []],
    ['into a refuge for the treasury', { to: REFUGE, purpose: 'treasury' as const }, []],
    ['to itself for the treasury', { to: HOT, purpose: 'treasury' as const }, ['GATE-005']],
    ['into a refuge as a repayment', { to: REFUGE, purpose: 'repayment' as const }, ['GATE-005']],
    ['to a customer as a repayment', { purpose: 'repayment' as const }, []],
  ])('G2: %s', (_what, change, reasons) => {
    const stage = openGate()
    stage.when('wallet.register', other)
    expect(reasonsOf(stage.when('withdrawal.request', { ...ask('w1'), ...change }))).toEqual(reasons)
  })

  it('G2: for more than the wallet is known to hold is denied; where nobody knows, the chain decides', () => {
    expect(reasonsOf(openGate(new Map([[ETHER, 9n]])).when('withdrawal.request', ask('w1')))).toEqual(['GATE-008'])
    expect(reasonsOf(openGate(new Map()).when('withdrawal.request', ask('w1')))).toEqual([])
  })

  it.each([
    ['amount', { amount: '0' }],
    ['amount', { amount: '-1' }],
    ['amount', { amount: '1.5' }],
    ['amount', { amount: '1e18' }],
    ['amount', { amount: '01' }],
    ['amount', { amount: '9'.repeat(79) }],
    ['to', { to: ALICE.slice(9) }],
    ['to', { to: `${CHAIN}:*` }],
    ['asset', { asset: 'ETH' }],
    ['withdrawal', { withdrawal: '../etc' }],
    ['customer', { customer: '' }],
    ['purpose', { purpose: 'fun' }],
    ['extra', { extra: 1 }],
  ])('G11: with a wrong %s is refused and leaves nothing behind (%o)', (field, change) => {
    const stage = openGate()
    expect(stage.ask('withdrawal.request', { ...ask('w1'), ...change } as never)).toMatchObject({
      code: 'INPUT-001',
      field,
    })
    expect(stage.state.rows.count).toBe(0)
  })
})
