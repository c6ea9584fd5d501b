import { expect, test } from 'vitest'
import { scene } from '../../../test/kit/given.ts'
import { holdingOf, standing, transferPage, unpermittedCount, watchRoom } from './index.ts'
import { block, book, CHAIN, COLD, CUSTOMER, ETHER, HOT, type KitPermit, movement, START, THIEF } from './kit.ts'
import { LANDMARKS_MIN, REVERTS_MAX, reorganisationBlocks } from './limits.ts'

const permits: KitPermit[] = [{ permit: 'p1', from: HOT, to: CUSTOMER, asset: ETHER, amount: '5' }]
const rewindTo = (height: number) => ({ chain: CHAIN, height, reason: 'test' })

function stage() {
  const s = scene(watchRoom, book(permits))
  s.when('block.observe', block(-1, START))
  s.when('holding.report', { wallet: 'hot', asset: ETHER, amount: '100', height: START })
  return s
}

test('W9: a reorganisation undoes movements newest first, frees the permit and retracts the alarm', () => {
  const s = stage()
  s.when('block.observe', block(START, 101, [movement('t1', { to: CUSTOMER })]))
  s.when('block.observe', block(101, 102, [movement('t2'), movement('t3', { from: THIEF, to: HOT })]))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(95n)
  expect(unpermittedCount(s.state, 'hot')).toBe(1)
  expect(s.when('chain.rewind', rewindTo(101))).toMatchObject([
    { type: 'chain.rewound', data: { height: 101 } },
    { type: 'transfer.reverted', data: { tx: 't3', wallet: 'hot', unpermitted: false, permit: undefined } },
    { type: 'transfer.reverted', data: { tx: 't2', unpermitted: true, permit: undefined } },
    { type: 'transfer.reverted', data: { tx: 't1', unpermitted: false, permit: 'p1' } },
  ])
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(100n)
  expect(unpermittedCount(s.state, 'hot')).toBe(0)
  expect(transferPage(s.state, {}).items.map(({ kind }) => kind)).toEqual(['reverted', 'reverted', 'reverted'])
  expect(standing(s.state, CHAIN)).toMatchObject({ height: START, hash: 'h100' })
})

test('W9: what comes again on the new branch counts anew and spends its permit anew', () => {
  const s = stage()
  s.when('block.observe', block(START, 101, [movement('t1', { to: CUSTOMER }), movement('t2')]))
  s.when('chain.rewind', rewindTo(101))
  const again = s.when('block.observe', block(START, 102, [movement('t2'), movement('t1', { to: CUSTOMER })]))
  expect(again).toMatchObject([
    { type: 'block.observed' },
    { type: 'transfer.unpermitted', data: { tx: 't2', height: 102 } },
    { type: 'transfer.matched', data: { tx: 't1', permit: 'p1', height: 102 } },
  ])
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(90n)
})

test('W9: a balance reported on the lost branch no longer hides movements of the new one', () => {
  const s = stage()
  s.when('block.observe', block(START, 103, [movement('t1')]))
  s.when('holding.report', { wallet: 'hot', asset: ETHER, amount: '94', height: 103 })
  s.when('chain.rewind', rewindTo(102))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(99n)
  s.when('block.observe', block(101, 102, [movement('t1')], { hash: 'other' }))
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(94n)
})

test('W9: a rewind within a half-told block drops its parts; one above the cursor undoes nothing', () => {
  const s = stage()
  expect(s.ask('chain.rewind', rewindTo(101))).toEqual([])
  s.when('block.observe', block(START, 101, [movement('t1')], { last: false }))
  expect(standing(s.state, CHAIN)).toMatchObject({ height: START, open: 101 })
  const events = s.when('chain.rewind', rewindTo(101))
  expect(events).toMatchObject([{ type: 'chain.rewound' }, { type: 'transfer.reverted', data: { tx: 't1' } }])
  expect(standing(s.state, CHAIN)).toMatchObject({ height: START, hash: 'h100', open: null })
})

test('W9: a grant comes again after a reorganisation', () => {
  const s = stage()
  const delegations = [{ tx: 't', place: 1, kind: 'eip7702' as const, account: HOT, delegate: THIEF }]
  s.when('block.observe', block(START, 101, [], { delegations }))
  expect(s.when('chain.rewind', rewindTo(101))).toHaveLength(1)
  expect(s.when('block.observe', block(START, 101, [], { delegations, hash: 'x' }))).toHaveLength(2)
})

test('W10: below the oldest remembered block, or on an unread chain, a rewind is refused', () => {
  const s = stage()
  expect(s.ask('chain.rewind', rewindTo(START))).toMatchObject({ code: 'WATCH-004', context: { oldest: START } })
  expect(s.ask('chain.rewind', { ...rewindTo(1), chain: 'eip155:5' })).toMatchObject({ code: 'WATCH-007' })
})

test('W10: movements beyond the reach of a reorganisation are forgotten, and the state stays bounded', () => {
  const s = stage()
  const deep = reorganisationBlocks(CHAIN)
  let cursor = START
  for (let n = 1; n <= deep * 2; n++) {
    s.when('block.observe', block(cursor, START + n, [movement(`t${n}`, { to: COLD })]))
    cursor = START + n
  }
  const chain = s.state.chains.get(CHAIN)
  expect(chain?.blocks.length).toBe(deep + 1)
  expect(chain?.seen.size).toBe(deep + 1)
  expect(s.state.holdings.get('hot')?.get(ETHER)?.after.length).toBeLessThanOrEqual(deep + 2)
  expect(holdingOf(s.state, 'hot', ETHER)).toBe(0n)
})

test('W10: after a long pause some blocks to go back to remain, however old', () => {
  const s = stage()
  for (let n = 1; n <= 40; n++) s.when('block.observe', block(START + (n - 1) * 10_000, START + n * 10_000))
  expect(standing(s.state, CHAIN)?.landmarks).toHaveLength(LANDMARKS_MIN)
})

test('W10: a rewind of very many movements comes in steps, and each asks to be followed by the next', () => {
  const s = stage()
  const many = (prefix: string) => Array.from({ length: 30 }, (_, n) => movement(`${prefix}${n}`))
  for (let n = 1; n <= 5; n++) s.when('block.observe', block(START + n - 1, START + n, many(`b${n}-`)))
  const heights: number[] = []
  for (let height = 105; height > START; height = standing(s.state, CHAIN)?.height ?? 0) {
    const events = s.when('chain.rewind', rewindTo(101))
    expect(events.length - 1).toBeLessThanOrEqual(REVERTS_MAX)
    heights.push(standing(s.state, CHAIN)?.height ?? -1)
  }
  expect(heights).toEqual([103, 101, 100])
  expect(unpermittedCount(s.state, 'hot')).toBe(0)
})
