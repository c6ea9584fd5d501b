import { describe, expect, it } from 'vitest'
import {
  account,
  BONK,
  CHAIN,
  claim,
  filing,
  fund,
  INCIDENT,
  pay,
  robbed,
  SOL,
  stage,
  theft,
  types,
} from '../../../test/kit/liability-stage.ts'
import { funds, ledger, repaymentSummary } from './index.ts'

describe('filing', () => {
  it('L7 takes claims up to the loss of each asset, and not one unit more', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, '60000000000'), claim('b', SOL, '39999999999')))
    expect(s.ask('claim.file', filing(claim('c', SOL, '2')))).toMatchObject({
      code: 'LIABILITY-007',
      field: 'claims.0.amount',
      expected: 'at most 1',
    })
    expect(types(s.when('claim.file', filing(claim('c', SOL, '1'))))).toEqual(['claim.filed'])
    expect(repaymentSummary(s.state, INCIDENT)).toMatchObject({ claims: 3, planned: 0, planned_krw: '0' })
  })

  it('L7 counts what the same list asks, and files all of it or nothing', () => {
    const s = robbed()
    const list = filing(claim('a', SOL, '60000000000'), claim('b', SOL, '40000000001'))
    expect(s.ask('claim.file', list)).toMatchObject({ field: 'claims.1.amount', expected: 'at most 40000000000' })
    expect(repaymentSummary(s.state, INCIDENT)).toBeNull()
  })

  it('L7 refuses an asset that the case did not lose, and a case without a loss', () => {
    expect(robbed().ask('claim.file', filing(claim('a', BONK, '1')))).toMatchObject({
      code: 'LIABILITY-007',
      field: 'claims.0.asset',
    })
    expect(stage().ask('claim.file', filing(claim('a', SOL, '1')))).toMatchObject({
      code: 'LIABILITY-006',
      field: 'incident',
    })
  })

  it('L7 refuses an account on another chain than the coin', () => {
    const abroad = { ...claim('a', SOL, '1'), pay_to: 'eip155:1:0x01' }
    expect(robbed().ask('claim.file', filing(abroad))).toMatchObject({
      code: 'LIABILITY-005',
      field: 'claims.0.pay_to',
    })
  })

  it('L8 takes the same claim again without an event, in the same list too, and refuses a changed one', () => {
    const s = robbed()
    const a = claim('a', SOL, '5')
    expect(s.when('claim.file', filing(a, a))).toHaveLength(1)
    expect(s.when('claim.file', filing(a))).toEqual([])
    for (const changed of [
      { ...a, amount: '6' },
      { ...a, customer: 'somebody' },
      { ...a, pay_to: account(2) },
    ]) {
      expect(s.ask('claim.file', filing(changed))).toMatchObject({ code: 'LIABILITY-008', field: 'claims.0.claim' })
    }
    const twice = filing(claim('b', SOL, '5'), claim('b', SOL, '6'))
    expect(s.ask('claim.file', twice)).toMatchObject({ code: 'LIABILITY-008', field: 'claims.1.claim' })
  })

  it('L8 a claim is of one case only', () => {
    const s = robbed()
    s.when('loss.record', { ...theft('b', SOL, '10'), incident: 'incident-2' })
    s.when('claim.file', filing(claim('a', SOL, '5')))
    const other = { incident: 'incident-2', claims: [claim('a', SOL, '5')] }
    expect(s.ask('claim.file', other)).toMatchObject({ code: 'LIABILITY-008' })
  })
})

describe('withdrawing', () => {
  it('L9 frees the loss for other claims and gives back the money of its plan', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, '100000000000')))
    s.when('repayment.plan', { incident: INCIDENT })
    expect(funds(s.state).map(({ left }) => left)).toEqual(['0', '0', '13500000'])
    s.when('claim.withdraw', { claim: 'a', reason: 'filed in error' })
    expect(funds(s.state).map(({ left }) => left)).toEqual(['10000000', '5000000', '20000000'])
    expect(repaymentSummary(s.state, INCIDENT)).toBeNull()
    expect(s.when('repayment.pay', pay())).toEqual([])
    s.when('claim.file', filing(claim('b', SOL, '100000000000')))
    expect(ledger(s.state).accounts).toContainEqual({
      ...{ account: `liabilities:claims:${INCIDENT}`, asset: SOL, balance: '-100000000000' },
    })
  })

  it('L9 refuses once the gate was asked to pay, and for an unknown claim', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, '5')))
    s.when('repayment.plan', { incident: INCIDENT })
    s.when('repayment.pay', pay())
    expect(s.ask('claim.withdraw', { claim: 'a', reason: 'too late' })).toMatchObject({ code: 'LIABILITY-010' })
    expect(s.ask('claim.withdraw', { claim: 'z', reason: 'none' })).toMatchObject({ code: 'LIABILITY-009' })
  })

  it('L9 is done once, and spends the id', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, '5')))
    s.when('claim.withdraw', { claim: 'a', reason: 'filed in error' })
    expect(s.when('claim.withdraw', { claim: 'a', reason: 'again' })).toEqual([])
    expect(s.ask('claim.file', filing(claim('a', SOL, '5')))).toMatchObject({ code: 'LIABILITY-008' })
  })

  it('L9 after a reorganisation, what claims exceed is neither planned nor paid until claims are withdrawn', () => {
    const s = robbed()
    s.when('loss.record', theft('theft2', SOL, '10000000000'))
    s.when('claim.file', filing(claim('a', SOL, '100000000000'), claim('b', SOL, '10000000000')))
    s.when('fund.set', fund('own', '90000000'))
    s.when('repayment.plan', { incident: INCIDENT })
    s.when('loss.reverse', { chain: CHAIN, tx: 'theft2', place: 0 })
    expect(s.ask('repayment.pay', pay())).toMatchObject({ code: 'LIABILITY-013', field: 'wallets.0.asset' })
    expect(s.ask('claim.file', filing(claim('c', SOL, '1')))).toMatchObject({ expected: 'at most 0' })
    s.when('claim.withdraw', { claim: 'b', reason: 'the chain took it back' })
    expect(types(s.when('repayment.pay', pay()))).toEqual(['repayment.requested'])
  })
})
