import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scene, T0 } from '../../../test/kit/given.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { cannotPay, gateRoom, nearPermit, permitFor, spendablePermit } from './index.ts'

const CHAIN = 'eip155:1'
const ETHER = `${CHAIN}/slip44:60`
const HOT = `${CHAIN}:0x${'a'.repeat(40)}`
const COLD = `${CHAIN}:0x${'c'.repeat(40)}`
const REFUGE = `${CHAIN}:0x${'e'.repeat(40)}`
const ALICE = `${CHAIN}:0x${'1'.repeat(40)}`
const BOB = `${CHAIN}:0x${'2'.repeat(40)}`
const assets = [{ asset: ETHER, symbol: 'ETH', decimals: 18 }]
const HOUR = 3_600_000

const wallet = { wallet: 'hot-1', kind: 'hot' as const, chain: CHAIN, account: HOT, refuge: REFUGE, assets }
const limit = { wallet: 'hot-1', asset: ETHER, withdrawal_max: '100', window_max: '300', window_seconds: 3600 }
const policy = { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: 1200, limits: [limit] }
const ask = (withdrawal: string, amount = '10', to = ALICE) => ({
  ...{ withdrawal, wallet: 'hot-1', asset: ETHER, amount, to, purpose: 'customer' as const },
})

function open(holding: bigint | undefined = 1_000n) {
  const stage = scene(gateRoom, { holding: () => holding, valueKrw: (_asset, amount) => amount })
  stage.when('wallet.register', wallet)
  stage.when('policy.set', policy)
  return stage
}
const typesOf = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type)
const reasonsOf = (events: readonly { type: string; data: object }[]): string[] => {
  const { reasons = [] } = (events[0]?.data ?? {}) as { reasons?: { code: string }[] }
  return reasons.map(({ code }) => code)
}

describe('a withdrawal', () => {
  it('G1: within all limits gets a permit that says exactly what may move, and until when', () => {
    const [event] = open().when('withdrawal.request', ask('w1'))
    expect(event).toMatchObject({
      type: 'permit.issued',
      data: {
        ...{ kind: 'withdrawal', subject: 'w1', wallet: 'hot-1', from: HOT, to: ALICE, asset: ETHER, amount: '10' },
        ...{ issued_at: T0, expires_at: T0 + 60_000, halt_epoch: 0 },
      },
    })
  })

  it.each([
    ['GATE-001', { wallet: 'nobody' }],
    ['GATE-002', { asset: `${CHAIN}/erc20:0x${'9'.repeat(40)}` }],
    ['GATE-004', { to: `eip155:10:0x${'1'.repeat(40)}` }],
    ['GATE-004', { to: `${CHAIN}:0x12` }],
    ['GATE-005', { to: HOT }],
    ['GATE-005', { to: REFUGE }],
    ['GATE-008', { amount: '1001' }],
    ['GATE-009', { amount: '301' }],
  ] as const)('G2: what cannot be permitted is denied with %s (%o)', (code, change) => {
    const events = open().when('withdrawal.request', { ...ask('w1'), ...change })
    expect(typesOf(events)).toEqual(['withdrawal.denied'])
    expect(reasonsOf(events)).toContain(code)
  })

  it('G2: without a policy nothing leaves', () => {
    const stage = scene(gateRoom, { holding: () => 10n, valueKrw: () => undefined })
    stage.when('wallet.register', wallet)
    expect(reasonsOf(stage.when('withdrawal.request', ask('w1')))).toEqual(['GATE-003'])
    expect(cannotPay(stage.state, 'hot-1', ETHER)).toContain('limit')
  })

  it('G3: a denied address is denied on every chain and in every spelling', () => {
    const stage = open()
    const address = `0x${'D'.repeat(40)}`
    const import_ = { list: 'ofac', source: 'test', digest: `sha256:${'0'.repeat(64)}`, addresses: [`*:${address}`] }
    stage.when('denylist.import', import_)
    for (const spelt of [address, address.toLowerCase()]) {
      const events = stage.when('withdrawal.request', ask(`w-${spelt.slice(-1)}`, '10', `${CHAIN}:${spelt}`))
      expect(reasonsOf(events)).toEqual(['GATE-006'])
    }
    expect(typesOf(stage.when('withdrawal.request', ask('w2', '10', `${CHAIN}:0x${'D'.repeat(39)}E`)))).toEqual([
      'permit.issued',
    ])
  })

  it('G4: over the limit of one withdrawal it waits for a person, who releases or rejects it', () => {
    const stage = open()
    expect(reasonsOf(stage.when('withdrawal.request', ask('big', '150')))).toEqual(['GATE-011'])
    expect(typesOf(stage.when('withdrawal.release', { withdrawal: 'big', reason: 'known' }))).toEqual([
      'withdrawal.released',
      'permit.issued',
    ])
    stage.when('withdrawal.request', ask('bad', '120'))
    expect(reasonsOf(stage.when('withdrawal.reject', { withdrawal: 'bad', reason: 'no' }))).toEqual(['GATE-015'])
    expect(stage.ask('withdrawal.release', { withdrawal: 'bad', reason: 'no' })).toMatchObject({ code: 'GATE-022' })
    expect(stage.ask('withdrawal.release', { withdrawal: 'none', reason: 'no' })).toMatchObject({ code: 'GATE-021' })
  })

  it('G4: nobody came in time: it is denied', () => {
    const stage = open()
    stage.when('withdrawal.request', ask('big', '150'))
    expect(stage.due()).toBe(T0 + 1_200_000)
    expect(stage.tick(T0 + 1_199_999)).toEqual([])
    expect(reasonsOf(stage.tick(T0 + 1_200_000))).toEqual(['GATE-014'])
  })

  it('G4: a cold wallet always waits for a person', () => {
    const stage = open()
    const cold = { wallet: 'cold-1', kind: 'cold' as const, chain: CHAIN, account: COLD, assets }
    stage.when('wallet.register', cold)
    stage.when('policy.set', { ...policy, limits: [limit, { ...limit, wallet: 'cold-1' }] })
    expect(reasonsOf(stage.when('withdrawal.request', { ...ask('c'), wallet: 'cold-1' }))).toEqual(['GATE-013'])
  })

  it('G6: the same request again changes nothing, a changed one is a conflict, a denied one stays denied', () => {
    const stage = open()
    stage.when('withdrawal.request', ask('w1'))
    expect(stage.ask('withdrawal.request', ask('w1'), T0 + HOUR)).toEqual([])
    expect(stage.ask('withdrawal.request', ask('w1', '11'))).toMatchObject({ code: 'GATE-020', field: 'amount' })
    expect(stage.ask('withdrawal.request', ask('w1', '10', BOB))).toMatchObject({ code: 'GATE-020', field: 'to' })
    stage.when('withdrawal.request', ask('far', '5000'))
    expect(stage.ask('withdrawal.request', ask('far', '5000'))).toEqual([])
  })
})

describe('the window', () => {
  it('G5: what does not fit waits, and is permitted when enough has left', () => {
    const stage = open()
    for (const id of ['a', 'b', 'c']) stage.when('withdrawal.request', ask(id, '100'))
    expect(reasonsOf(stage.when('withdrawal.request', ask('d', '50')))).toEqual(['GATE-012'])
    expect(typesOf(stage.tick(T0 + HOUR)).filter((type) => type === 'permit.issued')).toHaveLength(1)
  })

  it('G5: no sliding window ever holds more than its limit, whatever is asked when', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 2_000_000 }), amount: fc.integer({ min: 1, max: 100 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const stage = open(10n ** 9n)
        const permitted: { at: number; amount: bigint }[] = []
        let at = T0
        const note = (events: readonly { type: string; data: object }[]): void => {
          for (const { type, data } of events) {
            const { permit, amount, issued_at } = data as { permit: string; amount: string; issued_at: number }
            if (type !== 'permit.issued') continue
            permitted.push({ at: issued_at, amount: BigInt(amount) })
            // It lands: what never does would give its room back.
            stage.when('permit.settle', { permit, tx: `tx-${permit}`, amount })
          }
        }
        steps.forEach(({ wait, amount }, place) => {
          const next = at + wait
          for (let due = stage.due(); due !== undefined && due <= next; due = stage.due()) note(stage.tick(due))
          at = next
          note(stage.when('withdrawal.request', ask(`w${place}`, String(amount)), at))
        })
        for (const { at: end } of permitted) {
          const inside = permitted.filter((one) => one.at <= end && one.at > end - HOUR)
          expect(inside.reduce((sum, one) => sum + one.amount, 0n)).toBeLessThanOrEqual(300n)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('halts', () => {
  it.each(['all', `chain:${CHAIN}`, 'wallet:hot-1', `asset:${ETHER}`])('G7: %s stops what falls under it', (scope) => {
    const stage = open()
    const before = stage.when('withdrawal.request', ask('before'))
    const { permit } = (before[0]?.data ?? {}) as { permit: string }
    expect(spendablePermit(stage.state, permit, T0 + 1)).toBeDefined()
    expect(stage.when('halt.raise', { scope, reason: 'test' })).toMatchObject([{ data: { halt_epoch: 1 } }])
    expect(spendablePermit(stage.state, permit, T0 + 1)).toBeUndefined()
    expect(reasonsOf(stage.when('withdrawal.request', ask('during')))).toEqual(['GATE-007'])
    expect(stage.ask('halt.raise', { scope, reason: 'again' })).toEqual([])
    stage.when('halt.lift', { scope, reason: 'over' })
    expect(typesOf(stage.when('withdrawal.request', ask('after')))).toEqual(['permit.issued'])
    expect(spendablePermit(stage.state, permit, T0 + 2)).toBeUndefined()
  })

  it('G7: a halt of something that is not registered would guard nothing, and is refused', () => {
    expect(isRefusal(open().ask('halt.raise', { scope: 'wallet:misspelt', reason: 'x' }))).toBe(true)
  })
})

describe('an evacuation', () => {
  it('G8: passes a halt, goes to the refuge only, and is not asked for twice while it is under way', () => {
    const stage = open(77n)
    stage.when('halt.raise', { scope: 'all', reason: 'theft' })
    const events = stage.when('evacuation.order', { wallet: 'hot-1', reason: 'theft' })
    expect(typesOf(events)).toEqual(['evacuation.ordered', 'permit.issued'])
    expect(events[1]).toMatchObject({ data: { kind: 'evacuation', to: REFUGE, amount: '77' } })
    for (let more = 0; more < 500; more++) {
      expect(stage.ask('evacuation.order', { wallet: 'hot-1', reason: 'again' })).toEqual([])
    }
  })

  it('G8: a permit that ran out is renewed while something is left, for a bounded time', () => {
    const stage = open(77n)
    stage.when('evacuation.order', { wallet: 'hot-1', reason: 'theft' })
    let renewed = 0
    for (let due = stage.due(); due !== undefined && due < T0 + 5 * HOUR; due = stage.due()) {
      renewed += typesOf(stage.tick(due)).filter((type) => type === 'permit.issued').length
    }
    expect(renewed).toBeGreaterThan(0)
    expect(renewed).toBeLessThan(40)
  })

  it('G8: without a refuge there is no evacuation, and that is said', () => {
    const stage = open()
    const bare = { wallet: 'bare', kind: 'hot' as const, chain: CHAIN, account: BOB, assets }
    stage.when('wallet.register', bare)
    expect(stage.ask('evacuation.order', { wallet: 'bare', reason: 'x' })).toMatchObject({ code: 'GATE-032' })
  })
})

describe('spending', () => {
  const move = { from: HOT, to: ALICE, asset: ETHER, amount: '10' }

  it('G9: covers exactly its move, once, and a second landing is explained', () => {
    const stage = open()
    const [issued] = stage.when('withdrawal.request', ask('w1'))
    const { permit } = (issued?.data ?? {}) as { permit: string }
    expect(permitFor(stage.state, move, new Set())).toBe(permit)
    expect(permitFor(stage.state, { ...move, amount: '11' }, new Set())).toBeUndefined()
    expect(permitFor(stage.state, { ...move, to: BOB }, new Set())).toBeUndefined()
    expect(permitFor(stage.state, move, new Set([permit]))).toBeUndefined()
    expect(nearPermit(stage.state, { ...move, amount: '11' })).toEqual({ permit, differs: 'amount' })
    expect(typesOf(stage.when('permit.settle', { permit, tx: 't1', amount: '10' }))).toEqual(['permit.settled'])
    expect(permitFor(stage.state, move, new Set())).toBeUndefined()
    expect(nearPermit(stage.state, move)).toEqual({ permit, differs: 'already spent' })
    expect(isRefusal(stage.ask('permit.settle', { permit, tx: 't2', amount: '10' }))).toBe(true)
    expect(typesOf(stage.when('permit.reopen', { permit, tx: 't1' }))).toEqual(['permit.reopened'])
    expect(permitFor(stage.state, move, new Set())).toBe(permit)
  })

  it('G9: what never landed is given up and gives its room in the window back', () => {
    const stage = open()
    for (const id of ['a', 'b', 'c']) stage.when('withdrawal.request', ask(id, '100'))
    stage.when('withdrawal.request', ask('d', '100'))
    const events: { type: string }[] = []
    for (let due = stage.due(); due !== undefined && due <= T0 + 700_000; due = stage.due())
      events.push(...stage.tick(due))
    expect(typesOf(events)).toContain('permit.unlanded')
    expect(typesOf(events)).toContain('permit.issued')
  })
})

describe('the registry', () => {
  it('G10: refuses what contradicts itself or what is registered', () => {
    const stage = open()
    expect(stage.ask('wallet.register', wallet)).toEqual([])
    const refused = [
      { ...wallet, account: BOB },
      { ...wallet, wallet: 'hot-2' },
      { ...wallet, wallet: 'w', account: `eip155:10:0x${'7'.repeat(40)}` },
      { ...wallet, wallet: 'w', account: BOB, refuge: BOB },
    ]
    for (const data of refused) expect(isRefusal(stage.ask('wallet.register', data))).toBe(true)
  })

  it('G11: a refused command changes nothing, and the state survives serialisation', () => {
    const stage = open()
    stage.when('withdrawal.request', ask('w1'))
    stage.when('withdrawal.request', ask('w2', '150'))
    const before = serialize(stage.state)
    stage.ask('withdrawal.request', ask('w1', '99'))
    stage.ask('withdrawal.request', ask('w9'))
    stage.ask('evacuation.order', { wallet: 'hot-1', reason: 'x' })
    expect(serialize(stage.state).equals(before)).toBe(true)
    expect(deserialize(before)).toEqual(stage.state)
  })
})
