import { expect, test } from 'vitest'
import { scene, T0 } from '../../../test/kit/given.ts'
import { watchRoom } from './index.ts'
import { account, block, book, COLD, CUSTOMER, HOT, type KitPermit, movement, REFUGE, START, THIEF } from './kit.ts'

const permit = (name: string, more: Partial<KitPermit> = {}): KitPermit => {
  const { from, asset, amount } = movement('')
  return { permit: name, from, to: CUSTOMER, asset, amount, ...more }
}

function stage(permits: readonly KitPermit[] = []) {
  const s = scene(watchRoom, book(permits))
  s.when('block.observe', block(-1, START))
  return s
}
const types = (events: unknown) => (events as { type: string }[]).map(({ type }) => type)

test('W1: a block that does not follow the last one read is refused and names the cursor', () => {
  const s = stage()
  const answer = s.ask('block.observe', block(START + 3, START + 4))
  expect(answer).toMatchObject({ code: 'WATCH-001', field: 'after', context: { cursor: START, hash: 'h100' } })
  expect(s.ask('block.observe', block(-1, START + 1))).toMatchObject({ code: 'WATCH-001' })
  expect(types(s.when('block.observe', block(START, START + 9)))).toEqual(['block.observed'])
  expect(s.state.chains.get('eip155:1')?.height).toBe(START + 9)
})

test('W2: a block told again makes no event, and a movement counts once though two sources tell it', () => {
  const s = stage()
  const told = block(START, 101, [movement('t1')])
  expect(types(s.when('block.observe', told))).toEqual(['block.observed', 'transfer.unpermitted'])
  expect(s.ask('block.observe', told)).toEqual([])
  expect(s.ask('block.observe', block(-1, 101, [movement('T1'), movement('t1')]))).toEqual([])
  const twice = s.when('block.observe', block(101, 102, [movement('t2'), movement('t2'), movement('t2', { place: 1 })]))
  expect(types(twice)).toEqual(['block.observed', 'transfer.unpermitted', 'transfer.unpermitted'])
})

test('W2: what the first source did not tell and the second does still raises the alarm', () => {
  const s = stage()
  s.when('block.observe', block(START, 101))
  s.when('block.observe', block(101, 105))
  expect(types(s.when('block.observe', block(100, 101, [movement('t1')])))).toEqual(['transfer.unpermitted'])
  // Block 103 was passed over as empty: its hash is unknown, and its theft is none the less a theft.
  expect(types(s.when('block.observe', block(101, 103, [movement('t2')])))).toEqual(['transfer.unpermitted'])
  expect(s.ask('block.observe', block(101, 103, [movement('t2')]))).toEqual([])
  expect(s.ask('block.observe', block(1, 2, [movement('t3')]))).toMatchObject({ code: 'WATCH-004' })
})

test('W3: another hash at a known height is refused until the source rewinds', () => {
  const s = stage()
  s.when('block.observe', block(START, 101))
  const other = block(START, 101, [movement('t1')], { hash: 'fork' })
  expect(s.ask('block.observe', other)).toMatchObject({ code: 'WATCH-002' })
  s.when('chain.rewind', { chain: 'eip155:1', height: 101, reason: 'test' })
  expect(types(s.when('block.observe', other))).toEqual(['block.observed', 'transfer.unpermitted'])
})

test('W4: parts of a block come in order, and the cursor moves with the last', () => {
  const s = stage()
  const part = (number: number, last: boolean, tx: string, hash = 'h101') =>
    block(START, 101, [movement(tx)], { part: number, last, hash })
  expect(s.ask('block.observe', part(1, false, 'x'))).toMatchObject({ code: 'WATCH-003' })
  s.when('block.observe', part(0, false, 't0'))
  expect(s.state.chains.get('eip155:1')?.height).toBe(START)
  expect(s.ask('block.observe', part(0, false, 't0'))).toEqual([])
  expect(s.ask('block.observe', part(2, true, 't2'))).toMatchObject({ code: 'WATCH-003' })
  expect(s.ask('block.observe', part(1, true, 't1', 'fork'))).toMatchObject({ code: 'WATCH-002' })
  expect(s.ask('block.observe', block(START, 102))).toMatchObject({ code: 'WATCH-003' })
  expect(types(s.when('block.observe', part(1, true, 't1')))).toEqual(['block.observed', 'transfer.unpermitted'])
  expect(s.state.chains.get('eip155:1')?.height).toBe(101)
})

test('W5: a movement spends exactly the permit that covers it, and two alike need two', () => {
  const s = stage([permit('p1'), permit('p2')])
  const like = (tx: string) => movement(tx, { to: CUSTOMER })
  const events = s.when('block.observe', block(START, 101, [like('t1'), like('t2'), like('t3')]))
  expect(events.slice(1)).toMatchObject([
    { type: 'transfer.matched', data: { tx: 't1', permit: 'p1' } },
    { type: 'transfer.matched', data: { tx: 't2', permit: 'p2' } },
    { type: 'transfer.unpermitted', data: { tx: 't3' } },
  ])
  // The gate still offers both, as it would if the command that settles them had been refused.
  const later = s.when('block.observe', block(101, 102, [like('t4')]))
  expect(types(later)).toEqual(['block.observed', 'transfer.unpermitted'])
})

test('W6: between our wallets or into a refuge coins stay ours, and a permit is spent where there is one', () => {
  const s = stage([permit('p1', { to: REFUGE, amount: '7' })])
  const events = s.when(
    'block.observe',
    block(START, 101, [
      movement('t1', { to: COLD }),
      movement('t2', { to: REFUGE }),
      movement('t3', { to: REFUGE, amount: '7' }),
      movement('t4', { to: HOT }),
    ]),
  )
  expect(events.slice(1)).toMatchObject([
    { type: 'transfer.internal', data: { wallet: 'hot', to_wallet: 'cold', into: 'wallet' } },
    { type: 'transfer.internal', data: { wallet: 'hot', to_wallet: 'hot', into: 'refuge' } },
    { type: 'transfer.matched', data: { wallet: 'hot', permit: 'p1' } },
    { type: 'transfer.internal', data: { wallet: 'hot', to_wallet: 'hot', into: 'wallet' } },
  ])
})

test('W7: a movement whose transaction could not stand in the line that halts its chain is refused by name', () => {
  const s = stage()
  for (const tx of ['t1\n', 't\u0000', 't\ud83d', '']) {
    const answer = s.ask('block.observe', block(START, 101, [movement(tx)]))
    expect(answer).toMatchObject({ code: 'INPUT-001', field: 'movements.0.tx' })
  }
})

test('W7: a movement without a permit is an alarm that names the permit it resembles', () => {
  const s = stage([permit('p1')])
  const [, first, second] = s.when(
    'block.observe',
    block(START, 101, [movement('t1', { to: CUSTOMER, amount: '6' }), movement('t2')]),
  )
  expect(first).toMatchObject({ type: 'transfer.unpermitted', data: { near: { permit: 'p1', differs: 'amount' } } })
  expect(second).toMatchObject({ type: 'transfer.unpermitted', data: { wallet: 'hot', to: THIEF, near: undefined } })
})

test('W8: coins that come in are received, and the business of others makes no event', () => {
  const s = stage()
  const events = s.when(
    'block.observe',
    block(START, 101, [movement('t1', { from: THIEF, to: COLD }), movement('t2', { from: THIEF, to: CUSTOMER })]),
  )
  expect(events.slice(1)).toMatchObject([{ type: 'transfer.received', data: { tx: 't1', wallet: 'cold' } }])
})

test('W11: a grant to a stranger is unpermitted, once; one to ourselves or by others is not', () => {
  const s = stage()
  const grant = (tx: string, more: object = {}) => ({
    tx,
    place: 4,
    kind: 'allowance' as const,
    account: HOT,
    delegate: THIEF,
    asset: 'eip155:1/erc20:0xAB00000000000000000000000000000000000000',
    amount: '9',
    ...more,
  })
  const delegations = [
    grant('t1'),
    grant('t1'),
    grant('t2', { kind: 'eip7702', asset: undefined, amount: undefined }),
    grant('t3', { delegate: COLD }),
    grant('t4', { delegate: REFUGE }),
    grant('t5', { account: THIEF }),
  ]
  const told = block(START, 101, [], { delegations })
  expect(s.when('block.observe', told).slice(1)).toMatchObject([
    { type: 'delegation.unpermitted', data: { tx: 't1', wallet: 'hot', delegate: THIEF, amount: '9' } },
    { type: 'delegation.unpermitted', data: { tx: 't2', kind: 'eip7702' } },
  ])
  expect(s.ask('block.observe', told)).toEqual([])
})

test('W18: spelling does not make two accounts of one, and another chain is refused', () => {
  const s = stage([permit('p1')])
  const shouted = movement('0xAB', {
    from: HOT.replace(/a/g, 'A').replace('eip155', 'eip155'),
    to: CUSTOMER.toUpperCase().replace('EIP155:1:0X', 'eip155:1:0x'),
  })
  expect(s.when('block.observe', block(START, 101, [shouted])).slice(1)).toMatchObject([
    { type: 'transfer.matched', data: { tx: '0xab', from: HOT, permit: 'p1' } },
  ])
  expect(s.ask('block.observe', block(101, 102, [movement('t', { asset: 'eip155:8453/slip44:60' })]))).toMatchObject({
    code: 'WATCH-005',
    field: 'movements',
  })
  const foreign = { tx: 't', place: 0, kind: 'eip7702' as const, account: HOT, delegate: 'eip155:5:0x00' }
  expect(s.ask('block.observe', block(101, 102, [], { delegations: [foreign] }))).toMatchObject({ code: 'WATCH-005' })
})

test('W1: a chain is bounded in number, and a malformed block names its field', () => {
  const s = scene(watchRoom, book())
  for (let n = 0; n < 64; n++) s.when('block.observe', block(-1, 1, [], { chain: `eip155:${n}` }), T0)
  expect(s.ask('block.observe', block(-1, 1, [], { chain: 'eip155:64' }))).toMatchObject({ code: 'WATCH-006' })
  const bad = { ...block(1, 2), movements: [movement('t', { amount: '0' })] }
  expect(s.ask('block.observe', bad)).toMatchObject({ code: 'INPUT-001', field: 'movements.0.amount' })
  expect(account('a')).toBe(HOT)
})
