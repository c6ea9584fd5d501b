import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scene } from '../../../test/kit/given.ts'
import { holdingOf, holdings, watchRoom } from './index.ts'
import { block, book, CHAIN, COLD, ETHER, HOT, movement, REFUGE, START, THIEF } from './kit.ts'

const hot = (amount: string, height: number) => ({ wallet: 'hot', asset: ETHER, amount, height })

function stage() {
  const s = scene(watchRoom, book())
  s.when('block.observe', block(-1, START))
  return s
}

test('W12: a holding is the reported balance and what moved above it, whichever came first', () => {
  const s = stage()
  s.when('block.observe', block(START, 101, [movement('t1', { amount: '3' })]))
  s.when('block.observe', block(101, 102, [movement('t2', { from: THIEF, to: HOT, amount: '10' })]))
  s.when('holding.report', hot('50', 101))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(60n)
  s.when('holding.report', hot('80', 105))
  s.when('block.observe', block(102, 104, [movement('t3', { amount: '1' })]))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(80n)
  s.when('block.observe', block(104, 106, [movement('t4', { amount: '1' })]))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(79n)
})

test('W12: coins between our wallets change hands; coins into a refuge leave the wallet', () => {
  const s = stage()
  s.when('holding.report', hot('100', START))
  s.when('block.observe', block(START, 101, [movement('t1', { to: COLD }), movement('t2', { to: REFUGE })]))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(90n)
  expect(holdings(s.state, 'cold')).toEqual([{ asset: ETHER, amount: 5n, short: 0n, height: null }])
  expect(holdingOf(s.state, 'cold', ETHER)).toBeUndefined()
})

test('W12: a report that says what is known makes no event; an older one than the last is passed over', () => {
  const s = stage()
  s.when('holding.report', hot('100', START))
  s.when('block.observe', block(START, 101, [movement('t1')]))
  expect(s.ask('holding.report', hot('95', 101))).toEqual([])
  expect(s.ask('holding.report', hot('1', START - 1))).toEqual([])
  expect(s.ask('holding.report', hot('94', 101))).toMatchObject([{ type: 'holding.reported' }])
  s.when('block.observe', block(101, 10_000))
  expect(s.ask('holding.report', hot('94', 102))).toMatchObject({ code: 'WATCH-004' })
  expect(s.ask('holding.report', { ...hot('1', 1), asset: 'eip155:9/slip44:60' })).toMatchObject({ code: 'WATCH-007' })
})

test('W13: more seen to leave than was there is a shortfall, never a negative holding', () => {
  const s = stage()
  s.when('holding.report', hot('3', START))
  s.when('block.observe', block(START, 101, [movement('t1')]))
  expect(holdings(s.state, 'hot')).toEqual([{ asset: ETHER, amount: 0n, short: 2n, height: START }])
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(0n)
})

type Step =
  | { readonly kind: 'move'; readonly to: string; readonly amount: number }
  | { readonly kind: 'back'; readonly depth: number }
  | { readonly kind: 'read' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('move' as const),
    to: fc.constantFrom(COLD, THIEF, REFUGE),
    amount: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ kind: fc.constant('back' as const), depth: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('read' as const) }),
)

test('W12, W9: whatever moves, is read and is reorganised away, the holding is the balance of the chain', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const s = stage()
      // The chain as it truly is: the balance of `hot` after each block above the first.
      const balances = [1_000n]
      s.when('holding.report', hot('1000', START))
      for (const [number, wish] of steps.entries()) {
        const height = START + balances.length - 1
        const balance = balances.at(-1) ?? 0n
        if (wish.kind === 'move') {
          const moved = movement(`t${number}`, { to: wish.to, amount: String(wish.amount) })
          s.when('block.observe', block(height, height + 1, [moved], { hash: `h${number}` }))
          balances.push(balance - BigInt(wish.amount))
        } else if (wish.kind === 'back') {
          const depth = Math.min(wish.depth, balances.length - 1)
          if (depth === 0) continue
          s.when('chain.rewind', { chain: CHAIN, height: height - depth + 1, reason: 'test' })
          balances.splice(-depth)
        } else if (balance >= 0n) {
          s.when('holding.report', hot(String(balance), height))
        }
        const truth = balances.at(-1) ?? 0n
        expect(holdingOf(s.state, 'hot', ETHER)).toBe(truth > 0n ? truth : 0n)
      }
    }),
    { numRuns: 200 },
  )
})
