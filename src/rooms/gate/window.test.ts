import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  account,
  ask,
  CHAIN,
  ETHER,
  type GateStage,
  HOUR,
  limit,
  member,
  openGate,
  passTo,
  policy,
  reasonsOf,
  typesOf,
} from '../../../test/kit/gate.ts'
import { T0 } from '../../../test/kit/given.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { gateRoom, withdrawalById } from './index.ts'

const full = (): GateStage => {
  const stage = openGate()
  for (const id of ['a', 'b', 'c']) stage.when('withdrawal.request', ask(id, '100'))
  return stage
}
/** What was permitted lands, so that nothing is given back. */
function land(stage: GateStage, events: readonly { type: string; data: object }[]): void {
  for (const event of events) {
    if (event.type !== 'permit.issued') continue
    const amount = member(event, 'amount')
    stage.when('permit.settle', { permit: member(event, 'permit'), tx: `tx-${member(event, 'permit')}`, amount })
  }
}
const landed = (): GateStage => {
  const stage = openGate()
  for (const id of ['a', 'b', 'c']) land(stage, stage.when('withdrawal.request', ask(id, '100')))
  return stage
}

describe('the waiting line', () => {
  it('G5: tells by when it is decided, and keeps its word to the millisecond', () => {
    const stage = landed()
    const [held] = stage.when('withdrawal.request', ask('d', '50'), T0 + 5_000)
    expect(held).toMatchObject({ type: 'withdrawal.held', data: { until: T0 + HOUR } })
    expect(stage.due()).toBe(T0 + HOUR)
    expect(stage.tick(T0 + HOUR - 1)).toEqual([])
    expect(typesOf(stage.tick(T0 + HOUR))).toEqual(['permit.issued'])
  })

  it('G5: what was permitted counts for exactly its window, to the millisecond', () => {
    const stage = landed()
    expect(reasonsOf(stage.when('withdrawal.request', ask('early', '1'), T0 + HOUR - 1))).toEqual(['GATE-012'])
    const other = landed()
    expect(typesOf(other.when('withdrawal.request', ask('late', '100'), T0 + HOUR))).toEqual(['permit.issued'])
  })

  it('G5: empties, and fills again to the same amount', () => {
    const stage = landed()
    for (let round = 1; round < 4; round++) {
      for (const id of ['d', 'e', 'f']) {
        expect(reasonsOf(stage.when('withdrawal.request', ask(`${id}${round}`, '100')))).toEqual(['GATE-012'])
      }
      expect(reasonsOf(stage.when('withdrawal.request', ask(`g${round}`, '1')))).toEqual(['GATE-010'])
      passTo(stage, T0 + round * HOUR, (events) => land(stage, events))
    }
  })

  it('G5: who comes later waits behind, also where a smaller amount would fit', () => {
    const stage = openGate()
    for (const [place, id] of ['a', 'b', 'c'].entries()) {
      land(stage, stage.when('withdrawal.request', ask(id, '90'), T0 + place))
    }
    stage.when('withdrawal.request', ask('large', '80'), T0 + 10)
    // 270 of 300 are out: 20 would fit, and would starve the one before it.
    expect(reasonsOf(stage.when('withdrawal.request', ask('small', '20'), T0 + 11))).toEqual(['GATE-012'])
    const order = passTo(stage, T0 + HOUR + 5).map((event) => member(event, 'subject'))
    expect(order).toEqual(['large', 'small'])
  })

  it('G5: never holds more than one whole window, so everybody in it is served within one', () => {
    const stage = landed()
    for (const id of ['d', 'e', 'f']) {
      expect(reasonsOf(stage.when('withdrawal.request', ask(id, '100')))).toEqual(['GATE-012'])
    }
    expect(reasonsOf(stage.when('withdrawal.request', ask('g', '1')))).toEqual(['GATE-010'])
    expect(typesOf(passTo(stage, T0 + HOUR))).toEqual(['permit.issued', 'permit.issued', 'permit.issued'])
  })

  it('G5: nobody puts one before its time; but anybody in charge may take it out', () => {
    const stage = landed()
    stage.when('withdrawal.request', ask('d', '50'))
    stage.when('withdrawal.request', ask('e', '60'))
    expect(stage.ask('withdrawal.release', { withdrawal: 'd', reason: 'hurry' })).toMatchObject({ code: 'GATE-022' })
    expect(reasonsOf(stage.when('withdrawal.reject', { withdrawal: 'd', reason: 'fraud' }))).toEqual(['GATE-015'])
    expect(passTo(stage, T0 + HOUR).map((event) => member(event, 'subject'))).toEqual(['e'])
  })

  it('G4, G5: what a person released still waits for the window, and is not shown to him again', () => {
    const stage = landed()
    stage.when('withdrawal.request', ask('big', '150'))
    const released = stage.when('withdrawal.release', { withdrawal: 'big', reason: 'customer was called' })
    expect(typesOf(released)).toEqual(['withdrawal.released', 'withdrawal.held'])
    expect(member(released[1], 'until')).toBe(String(T0 + HOUR))
    expect(stage.state.released.size).toBe(1)
    expect(typesOf(passTo(stage, T0 + HOUR))).toEqual(['permit.issued'])
    // Nothing of a wait is kept once it is over.
    const { until, reasons } = stage.state
    expect([stage.state.released.size, until.size, reasons.size]).toEqual([0, 0, 0])
  })

  it('G5, G7: its turn during a halt is a denial; nothing is let go', () => {
    const stage = landed()
    stage.when('withdrawal.request', ask('d', '50'))
    stage.when('halt.raise', { scope: 'all', reason: 'theft' })
    expect(reasonsOf(passTo(stage, T0 + HOUR))).toEqual(['GATE-007'])
  })

  it('G5: a permit that never landed makes room at once', () => {
    const stage = full()
    stage.when('withdrawal.request', ask('d', '50'))
    const events = passTo(stage, T0 + 600_000)
    expect(typesOf(events)).toContain('permit.unlanded')
    expect(events.filter(({ type }) => type === 'permit.issued').map((event) => member(event, 'subject'))).toEqual([
      'd',
    ])
  })
})

describe('a changed policy', () => {
  it('G5: a longer window counts again what a shorter one had let go of', () => {
    const stage = landed()
    expect(typesOf(stage.when('withdrawal.request', ask('later', '100'), T0 + 2 * HOUR))).toEqual(['permit.issued'])
    const day = { ...limit, window_seconds: 86_400, window_max: '450' }
    stage.when('policy.set', { ...policy, limits: [day] })
    expect(typesOf(stage.when('withdrawal.request', ask('fits', '50')))).toEqual(['permit.issued'])
    expect(reasonsOf(stage.when('withdrawal.request', ask('over', '1')))).toEqual(['GATE-012'])
  })

  it('G5: also of what was dropped from memory, and without what never landed', () => {
    const stage = openGate()
    stage.when('policy.set', { ...policy, limits: [{ ...limit, window_max: '100000' }] })
    for (let n = 0; n < 600; n++) {
      const events = stage.when('withdrawal.request', ask(`w${n}`, '1'), T0 + n)
      if (n % 2 === 0) land(stage, events)
    }
    passTo(stage, T0 + 2 * HOUR)
    stage.when('withdrawal.request', ask('later', '1'), T0 + 2 * HOUR)
    expect(stage.state.pairs[0]?.window.times).toHaveLength(1)
    // 300 landed, 300 did not, and the last one is out.
    stage.when('policy.set', { ...policy, limits: [{ ...limit, window_seconds: 86_400, window_max: '302' }] })
    expect(typesOf(stage.when('withdrawal.request', ask('fits', '1')))).toEqual(['permit.issued'])
    expect(reasonsOf(stage.when('withdrawal.request', ask('over', '1')))).toEqual(['GATE-012'])
  })

  it('G5: who no longer fits into the whole window is denied at once, and does not keep up the others', () => {
    const stage = landed()
    stage.when('withdrawal.request', ask('d', '90'))
    stage.when('withdrawal.request', ask('e', '40'))
    stage.when('policy.set', { ...policy, limits: [{ ...limit, withdrawal_max: '50', window_max: '50' }] })
    expect(reasonsOf(stage.tick(T0 + 1))).toEqual(['GATE-009'])
    expect(typesOf(passTo(stage, T0 + HOUR))).toEqual(['permit.issued'])
  })

  it('G2, G5: without its limit who waits is denied', () => {
    const stage = landed()
    stage.when('withdrawal.request', ask('d', '90'))
    stage.when('policy.set', { ...policy, limits: [] })
    expect(reasonsOf(stage.tick(T0 + 1))).toEqual(['GATE-003'])
    expect(stage.due()).toBeUndefined()
  })

  it('G4: who waits in line comes before a person where the limit of one withdrawal was lowered', () => {
    const stage = landed()
    stage.when('withdrawal.request', ask('d', '90'))
    stage.when('policy.set', { ...policy, limits: [{ ...limit, withdrawal_max: '80' }] })
    expect(reasonsOf(stage.tick(T0 + HOUR))).toEqual(['GATE-011'])
    expect(typesOf(stage.when('withdrawal.release', { withdrawal: 'd', reason: 'fine' }))).toContain('permit.issued')
  })

  it.each([
    ['GATE-027', 'landing_seconds', { ...policy, permit_seconds: 600 }],
    ['GATE-027', 'limits.0.withdrawal_max', { ...policy, limits: [{ ...limit, withdrawal_max: '301' }] }],
    ['GATE-027', 'limits.1', { ...policy, limits: [limit, limit] }],
    ['GATE-028', 'limits.0', { ...policy, limits: [{ ...limit, wallet: 'hot-9' }] }],
    ['GATE-028', 'limits.0', { ...policy, limits: [{ ...limit, asset: 'eip155:1/slip44:61' }] }],
  ])('G10: a policy is refused with %s at %s', (code, field, data) => {
    expect(openGate().ask('policy.set', data)).toMatchObject({ code, field })
  })

  it('G10: the policy in force set again changes nothing', () => {
    expect(openGate().ask('policy.set', policy)).toEqual([])
  })
})

/** What may happen to a gate, in any order and at any time. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ask' as const), amount: fc.integer({ min: 1, max: 140 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('settle' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reject' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), hours: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: HOUR }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Issued {
  readonly permit: string
  readonly amount: bigint
  readonly at: number
  isGone: boolean
  tx: string | undefined
}

/** Runs the steps, and knows by its own small books what was let out of the window. */
class Story {
  readonly stage = openGate()
  readonly issued: Issued[] = []
  readonly folded: { event: { type: string; data: object }; at: number }[] = []
  at = T0
  hours = 1
  asked = 0

  take(events: readonly { type: string; data: object }[], at = this.at): void {
    for (const event of events) {
      this.folded.push({ event, at })
      const permit = member(event, 'permit')
      const known = this.issued.find((one) => one.permit === permit)
      if (event.type === 'permit.issued') {
        this.issued.push({ permit, amount: BigInt(member(event, 'amount')), at, isGone: false, tx: undefined })
        this.check(at)
      }
      if (known !== undefined && event.type === 'permit.unlanded') known.isGone = true
      if (known !== undefined && event.type === 'permit.settled') known.tx = member(event, 'tx')
      if (known !== undefined && event.type === 'permit.reopened') known.tx = undefined
    }
  }

  /** The law: whatever is permitted at an instant, the window that ends there holds no more than its limit. */
  check(at: number): void {
    const inside = this.issued.filter((one) => !one.isGone && one.at > at - this.hours * HOUR)
    expect(inside.reduce((sum, { amount }) => sum + amount, 0n)).toBeLessThanOrEqual(300n)
  }

  /** The same events folded into a new gate. */
  replayed(): unknown {
    const { state } = openGate()
    this.folded.forEach(({ event, at }, index) => {
      const fold: (state: object, data: object, happened: object) => void = Reflect.get(gateRoom.evolve, event.type)
      fold(state, event.data, { at, by: 'test', index })
    })
    return state
  }

  run(one: Step): void {
    const { stage } = this
    const try_ = (
      type: 'permit.settle' | 'permit.reopen' | 'withdrawal.release' | 'withdrawal.reject',
      data: never,
    ) => {
      const decided = stage.ask(type, data, this.at)
      if (!isRefusal(decided)) this.take(stage.when(type, data, this.at))
    }
    if (one.kind === 'wait') {
      this.at += one.ms
      passTo(stage, this.at, (events, at) => this.take(events, at))
    } else if (one.kind === 'ask') {
      this.take(stage.when('withdrawal.request', ask(`w${this.asked++}`, String(one.amount)), this.at))
    } else if (one.kind === 'policy') {
      this.hours = one.hours
      const wider = { ...policy, limits: [{ ...limit, window_seconds: one.hours * 3600 }] }
      this.take(stage.when('policy.set', wider, this.at))
    } else if (one.kind === 'settle' || one.kind === 'reopen') {
      const permit = this.issued[one.which % Math.max(1, this.issued.length)]
      // One that was given up is not settled here: that it then counts again may break the limit, and is tested apart.
      if (permit === undefined || permit.isGone) return
      const data = { permit: permit.permit, tx: permit.tx ?? `tx-${this.folded.length}`, amount: String(permit.amount) }
      if (one.kind === 'settle') try_('permit.settle', data as never)
      else try_('permit.reopen', { permit: data.permit, tx: data.tx } as never)
    } else {
      const withdrawal = `w${one.which % Math.max(1, this.asked)}`
      try_(`withdrawal.${one.kind}`, { withdrawal, reason: 'story' } as never)
    }
  }
}

describe('whatever happens', () => {
  it('G5: no window ever holds more than its limit; every wait ends by its time; a replay and a snapshot agree', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const story = new Story()
        for (const one of steps) {
          story.run(one)
          const due = story.stage.due()
          if (due !== undefined) expect(due).toBeGreaterThan(0)
        }
        expect(deserialize(serialize(story.stage.state))).toEqual(story.stage.state)
        expect(story.replayed()).toEqual(story.stage.state)
        passTo(story.stage, story.at + 8 * HOUR, (events, at) => story.take(events, at))
        for (let n = 0; n < story.asked; n++) {
          const status = withdrawalById(story.stage.state, `w${n}`)?.status
          expect(['settled', 'unlanded', 'denied']).toContain(status)
        }
        expect(story.stage.due()).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it('G6: every request told again, at any later time, changes nothing; every other one is a conflict', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 3 * HOUR }), (asked, later) => {
        const stage = openGate()
        asked.forEach((amount, place) => {
          stage.when('withdrawal.request', ask(`w${place}`, String(amount), account('b')))
        })
        passTo(stage, T0 + later)
        asked.forEach((amount, place) => {
          expect(stage.ask('withdrawal.request', ask(`w${place}`, String(amount), account('b')), T0 + later)).toEqual(
            [],
          )
          const shouted = { ...ask(`w${place}`, String(amount), account('b')), to: `${CHAIN}:0x${'B'.repeat(40)}` }
          expect(stage.ask('withdrawal.request', shouted, T0 + later)).toEqual([])
          for (const change of [
            { amount: String(amount + 1) },
            { wallet: 'hot-2' },
            { customer: 'c-1' },
            { purpose: 'treasury' as const },
            { asset: `${ETHER}1` },
          ]) {
            const changed = { ...ask(`w${place}`, String(amount), account('b')), ...change }
            expect(stage.ask('withdrawal.request', changed, T0 + later)).toMatchObject({ code: 'GATE-020' })
          }
        })
      }),
      { numRuns: 40 },
    )
  })
})
