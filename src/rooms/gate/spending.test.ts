import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ALICE,
  account,
  ask,
  BOB,
  ETHER,
  HOT,
  HOUR,
  limit,
  member,
  openGate,
  passTo,
  policy,
  typesOf,
} from '../../../test/kit/gate.ts'
import { T0 } from '../../../test/kit/given.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { nearPermit, permitCounts, permitFor } from './index.ts'

const none: ReadonlySet<string> = new Set()
const move = (amount = '10', to = ALICE) => ({ from: HOT, to, asset: ETHER, amount })
const wide = { ...policy, limits: [{ ...limit, withdrawal_max: '1000000', window_max: '1000000000' }] }

function permitted(...requests: ReturnType<typeof ask>[]) {
  const stage = openGate()
  stage.when('policy.set', wide)
  const permits = requests.map((request) => member(stage.when('withdrawal.request', request)[0], 'permit'))
  return { stage, permits }
}

describe('a movement', () => {
  it('G9: spends the oldest of several equal permits, each once', () => {
    const { stage, permits } = permitted(ask('a'), ask('b'), ask('c'))
    const found: string[] = []
    for (let n = 0; n < 4; n++) {
      const permit = permitFor(stage.state, move(), none)
      if (permit === undefined) break
      found.push(permit)
      stage.when('permit.settle', { permit, tx: `t${n}`, amount: '10' })
    }
    expect(found).toEqual(permits)
    expect(permitFor(stage.state, move(), none)).toBeUndefined()
    // Two in one block, of which the first is not settled yet.
    const { stage: other, permits: both } = permitted(ask('a'), ask('b'))
    expect(permitFor(other.state, move(), new Set(both.slice(0, 1)))).toBe(both[1])
  })

  it('G9: may come after the permit expired, until its time to land is over', () => {
    const { stage, permits } = permitted(ask('a'))
    passTo(stage, T0 + 599_999)
    expect(permitFor(stage.state, move(), none)).toBe(permits[0])
    expect(typesOf(passTo(stage, T0 + 600_000))).toEqual(['permit.unlanded'])
    expect(permitFor(stage.state, move(), none)).toBeUndefined()
    expect(nearPermit(stage.state, move())).toEqual({ permit: permits[0], differs: 'too late' })
  })

  it('G9: seen late because nobody watched still spends its permit, if its block was in time', () => {
    const { stage, permits } = permitted(ask('a', '100'))
    passTo(stage, T0 + HOUR)
    const late = { ...move('100'), at: T0 + 600_000 }
    expect(permitFor(stage.state, late, none)).toBe(permits[0])
    expect(permitFor(stage.state, { ...late, at: T0 + 600_001 }, none)).toBeUndefined()
    const settle = { permit: String(permits[0]), tx: 't', amount: '100' }
    expect(typesOf(stage.when('permit.settle', settle))).toEqual(['permit.settled'])
    expect(permitFor(stage.state, late, none)).toBeUndefined()
    expect(permitCounts(stage.state)).toEqual({ open: 0, settled: 1, unlanded: 0, issued: 1 })
  })

  it('G5, G9: a permit that was given up and landed after all counts in the window again', () => {
    const stage = openGate()
    const first = stage.when('withdrawal.request', ask('a', '100'))
    passTo(stage, T0 + 600_000)
    stage.when('permit.settle', { permit: member(first[0], 'permit'), tx: 't', amount: '100' })
    for (const id of ['b', 'c']) {
      expect(typesOf(stage.when('withdrawal.request', ask(id, '100')))).toEqual(['permit.issued'])
    }
    expect(typesOf(stage.when('withdrawal.request', ask('d', '1')))).toEqual(['withdrawal.held'])
  })

  it('G9: taken back by a reorganisation, a permit has its whole time to land again', () => {
    const { stage, permits } = permitted(ask('a'))
    const permit = String(permits[0])
    stage.when('permit.settle', { permit, tx: 't', amount: '10' }, T0 + 300_000)
    stage.when('permit.reopen', { permit, tx: 't' }, T0 + 500_000)
    expect(stage.due()).toBe(T0 + 1_100_000)
    expect(typesOf(passTo(stage, T0 + 1_100_000))).toEqual(['permit.unlanded'])
  })

  it('G9: the end of its first time to land no longer counts then, also behind others that wait', () => {
    const { stage, permits } = permitted(ask('a'))
    const [event] = stage.when('withdrawal.request', ask('b'), T0 + 1)
    const permit = member(event, 'permit')
    stage.when('permit.settle', { permit, tx: 't', amount: '10' })
    stage.when('permit.reopen', { permit, tx: 't' }, T0 + 500_000)
    const events = passTo(stage, T0 + 1_099_999)
    expect(events.map((one) => member(one, 'permit'))).toEqual(permits)
    expect(passTo(stage, T0 + 1_100_000).map((one) => member(one, 'permit'))).toEqual([permit])
  })

  it.each([
    ['GATE-029', 'permit.settle', { permit: 'permit-7', tx: 't', amount: '10' }],
    ['GATE-029', 'permit.settle', { permit: 'permit-00', tx: 't', amount: '10' }],
    ['GATE-029', 'permit.settle', { permit: 'nonsense', tx: 't', amount: '10' }],
    ['GATE-031', 'permit.settle', { permit: 'permit-0', tx: 't', amount: '9' }],
    ['GATE-029', 'permit.reopen', { permit: 'permit-7', tx: 't' }],
  ] as const)('G9: is refused with %s (%s %o)', (code, type, data) => {
    const { stage } = permitted(ask('a'))
    expect(stage.ask(type, data as never)).toMatchObject({ code })
  })

  it('G9: told twice changes nothing; of another transaction it is refused', () => {
    const { stage } = permitted(ask('a'))
    expect(stage.ask('permit.reopen', { permit: 'permit-0', tx: 't' })).toEqual([])
    stage.when('permit.settle', { permit: 'permit-0', tx: 't', amount: '10' })
    expect(stage.ask('permit.settle', { permit: 'permit-0', tx: 't', amount: '10' })).toEqual([])
    expect(stage.ask('permit.settle', { permit: 'permit-0', tx: 'u', amount: '10' })).toMatchObject({
      code: 'GATE-030',
    })
    expect(stage.ask('permit.reopen', { permit: 'permit-0', tx: 'u' })).toMatchObject({ code: 'GATE-030' })
  })

  it('G9: a denied or held withdrawal has no permit that could be spent', () => {
    const stage = openGate()
    stage.when('withdrawal.request', ask('held', '150'))
    stage.when('withdrawal.request', ask('denied', '999'))
    for (const permit of ['permit-0', 'permit-1']) {
      expect(stage.ask('permit.settle', { permit, tx: 't', amount: '150' })).toMatchObject({ code: 'GATE-029' })
    }
    expect(permitFor(stage.state, move('150'), none)).toBeUndefined()
  })

  it('G9: of a stranger’s account, or of an asset that the wallet has not, is covered by nothing', () => {
    const { stage } = permitted(ask('a'))
    for (const change of [{ from: account('9') }, { asset: 'eip155:1/slip44:61' }]) {
      expect(permitFor(stage.state, { ...move(), ...change }, none)).toBeUndefined()
      expect(nearPermit(stage.state, { ...move(), ...change })).toBeUndefined()
    }
  })

  it('G9: is explained by the permit that it resembles most', () => {
    const { stage, permits } = permitted(ask('a', '10', ALICE), ask('b', '20', BOB))
    expect(nearPermit(stage.state, move('10', BOB))).toEqual({ permit: permits[1], differs: 'amount' })
    expect(nearPermit(stage.state, move('10', account('3')))).toEqual({ permit: permits[0], differs: 'to' })
    expect(nearPermit(stage.state, move('11', account('3')))).toBeUndefined()
  })
})

describe('whatever moves', () => {
  const step = fc.record({
    what: fc.constantFrom('ask', 'move', 'move', 'revert', 'wait'),
    to: fc.constantFrom(ALICE, BOB),
    amount: fc.integer({ min: 1, max: 3 }),
    ms: fc.integer({ min: 0, max: 400_000 }),
    which: fc.nat(),
  })

  it('G9: no permit is ever spent by two movements at once, and none is denied its own', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { stage } = permitted()
        const open: { permit: string; to: string; amount: string }[] = []
        const spent: { permit: string; tx: string; to: string; amount: string }[] = []
        let at = T0
        let issued = 0
        const gone = (permit: string): void => {
          const place = open.findIndex((one) => one.permit === permit)
          if (place >= 0) open.splice(place, 1)
        }
        steps.forEach(({ what, to, amount: size, ms, which }, place) => {
          const amount = String(size)
          if (what === 'ask') {
            const [event] = stage.when('withdrawal.request', ask(`w${place}`, amount, to), at)
            open.push({ permit: member(event, 'permit'), to, amount })
            issued += 1
          } else if (what === 'move') {
            const permit = permitFor(stage.state, move(amount, to), none)
            const covered = open.filter((one) => one.to === to && one.amount === amount)
            expect(permit === undefined).toBe(covered.length === 0)
            if (permit === undefined) return
            expect(covered.map((one) => one.permit)).toContain(permit)
            gone(permit)
            spent.push({ permit, tx: `t${place}`, to, amount })
            stage.when('permit.settle', { permit, tx: `t${place}`, amount }, at)
          } else if (what === 'revert') {
            const [one] = spent.splice(which % Math.max(1, spent.length), 1)
            if (one === undefined) return
            open.push(one)
            stage.when('permit.reopen', { permit: one.permit, tx: one.tx }, at)
          } else {
            at += ms
            for (const event of passTo(stage, at)) gone(member(event, 'permit'))
          }
          for (const { permit } of spent)
            expect(isRefusal(stage.ask('permit.settle', { permit, tx: 'x', amount }))).toBe(true)
          expect(permitCounts(stage.state)).toMatchObject({ open: open.length, settled: spent.length, issued })
        })
      }),
      { numRuns: 80 },
    )
  })
})
