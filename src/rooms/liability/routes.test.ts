import { describe, expect, it } from 'vitest'
import { claim, filing, INCIDENT, pay, prices, robbed, SOL, stage, theft } from '../../../test/kit/liability-stage.ts'
import { answerTools } from '../../../test/kit/tools.ts'
import type { Data } from '../../machine/room.ts'
import { bindRoutes } from '../../machine/route.ts'
import { commands, routes } from './index.ts'

const ask = (
  s: { readonly state: ReturnType<typeof stage>['state'] },
  method: string,
  path: string,
  data: Data = {},
) => {
  const route = bindRoutes(routes, s).find((one) => one.method === method && one.path === path)
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  return route.answer(data, answerTools())
}

describe('the endpoints', () => {
  it('L13 are for operators only, and every command of one exists', () => {
    for (const route of routes) {
      expect(route.who).toBe('person')
      if (route.method !== 'GET') expect(Object.keys(commands)).toContain(route.command)
    }
  })

  it('L10 tell how the case stands after filing, planning and paying', async () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, '1000000000'), claim('b', SOL, '1000000000')))
    expect(await ask(s, 'POST', '/v1/claims', { incident: INCIDENT })).toMatchObject({
      ...{ incident: INCIDENT, claims: 2, planned: 0, planning: false },
    })
    s.when('repayment.plan', { incident: INCIDENT })
    expect(await ask(s, 'POST', '/v1/repayments/plan', { incident: INCIDENT })).toMatchObject({ planned: 2 })
    s.when('repayment.pay', pay(1))
    expect(await ask(s, 'POST', '/v1/repayments/pay', { incident: INCIDENT })).toMatchObject({
      ...{ planned: 1, requested: 1, planned_krw: '430000' },
    })
    expect(await ask(s, 'POST', '/v1/repayments/plan', { incident: 'none' })).toMatchObject({ code: 'LIABILITY-006' })
  })

  it('L10 list repayments in pages that repeat and skip none', async () => {
    const s = robbed()
    s.when('claim.file', filing(...['a', 'b', 'c'].map((id) => claim(id, SOL, '1000000000'))))
    s.when('repayment.plan', { incident: INCIDENT })
    const query = { incident: INCIDENT, limit: '2' }
    expect(await ask(s, 'GET', '/v1/repayments', query)).toMatchObject({
      items: [
        { claim: 'a', customer: 'customer-a', symbol: 'SOL', decimals: 9, krw: '215000', tx: null, why: null },
        { claim: 'b' },
      ],
      next: 2,
      unfunded: [],
      summary: { by_source: { reserve: '645000', insurance: '0', own: '0' } },
    })
    const rest = await ask(s, 'GET', '/v1/repayments', { ...query, after: '2' })
    expect(rest).toMatchObject({ items: [{ claim: 'c' }], next: null })
    expect(await ask(s, 'GET', '/v1/repayments', { incident: 'none' })).toMatchObject({ code: 'LIABILITY-006' })
  })

  it('L9 tell that a claim is withdrawn', async () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, '1')))
    const path = '/v1/claims/:claim/withdraw'
    expect(await ask(s, 'POST', path, { claim: 'a' })).toEqual({ claim: 'a', withdrawn: false })
    s.when('claim.withdraw', { claim: 'a', reason: 'filed in error' })
    expect(await ask(s, 'POST', path, { claim: 'a' })).toEqual({ claim: 'a', withdrawn: true })
  })

  it('L6 tell the funds, and the one that was just set', async () => {
    const s = robbed()
    expect(await ask(s, 'GET', '/v1/funds')).toHaveLength(3)
    expect(await ask(s, 'PUT', '/v1/funds', { fund: 'own' })).toEqual({
      ...{ fund: 'own', krw: '20000000', drawn: '0', left: '20000000' },
    })
  })

  it('L2 tell how many prices were loaded', async () => {
    expect(await ask(stage(), 'POST', '/v1/prices', prices())).toMatchObject({ prices: 2 })
  })

  it('L17 give balances as signed whole numbers, and the journal as text', async () => {
    const s = stage()
    s.when('loss.record', theft('a', SOL, '5'))
    expect(await ask(s, 'GET', '/v1/ledger')).toEqual({
      accounts: [
        { account: 'assets:wallet:hot-1', asset: SOL, balance: '-5' },
        { account: `equity:loss:${INCIDENT}`, asset: SOL, balance: '5' },
      ],
    })
    const text = await ask(s, 'GET', '/v1/ledger.journal')
    expect(text).toContain('decimal-mark .')
    expect(routes.find(({ path }) => path === '/v1/ledger.journal')).toMatchObject({
      mediaType: 'text/plain; charset=utf-8',
    })
  })
})
