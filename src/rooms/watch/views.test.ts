import { deserialize, serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { scene } from '../../../test/kit/given.ts'
import { answerTools } from '../../../test/kit/tools.ts'
import { routes, transferPage, watchRoom } from './index.ts'
import { block, book, COLD, movement, START } from './kit.ts'
import { TRANSFERS_KEPT } from './limits.ts'

function stage(count: number) {
  const s = scene(watchRoom, book())
  s.when('block.observe', block(-1, START))
  for (let n = 1; n <= count; n++) {
    const to = n % 2 === 0 ? { to: COLD } : {}
    s.when('block.observe', block(START + n - 1, START + n, [movement(`t${n}`, to)]))
  }
  return s
}

test('W17: paging newest first shows every kept movement once, also while new ones arrive', () => {
  const s = stage(25)
  const seen: string[] = []
  let before: number | undefined
  for (let page = 0; page < 10; page++) {
    const { items, next } = transferPage(s.state, { limit: 7, before })
    seen.push(...items.map(({ tx }) => tx))
    if (page === 0) s.when('block.observe', block(START + 25, START + 26, [movement('late')]))
    if (next === null) break
    before = next
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `t${25 - n}`))
})

test('W17: the list can be asked by wallet and kind', () => {
  const s = stage(6)
  expect(transferPage(s.state, { kind: 'internal' }).items.map(({ tx }) => tx)).toEqual(['t6', 't4', 't2'])
  expect(transferPage(s.state, { wallet: 'cold' }).items).toEqual([])
  expect(transferPage(s.state, { kind: 'unpermitted', wallet: 'hot', limit: 1 })).toMatchObject({
    items: [{ tx: 't5', place: 0, kind: 'unpermitted', permit: null, near: null }],
    next: 4,
  })
})

test('W17: only the latest movements are kept', () => {
  const s = stage(TRANSFERS_KEPT + 3)
  expect(s.state.transfers).toHaveLength(TRANSFERS_KEPT)
  const all: string[] = []
  for (let before: number | undefined; ; ) {
    const { items, next } = transferPage(s.state, { limit: 500, before })
    all.push(...items.map(({ tx }) => tx))
    if (next === null) break
    before = next
  }
  expect(all).toHaveLength(TRANSFERS_KEPT)
  expect(all.at(-1)).toBe('t4')
})

test('W17: the state survives serialisation whole', () => {
  const s = stage(5)
  expect(deserialize(serialize(s.state))).toEqual(s.state)
})

test('W17: the endpoint takes its numbers from the query as text and answers as JSON', async () => {
  const s = stage(3)
  const route = routes.find(({ path }) => path === '/v1/transfers')
  if (route === undefined || !('view' in route)) throw new Error('no such view')
  const params = route.params?.parse({ limit: '2', kind: 'unpermitted' }) ?? {}
  const answer = await route.view(s.state, params, answerTools())
  expect(JSON.parse(JSON.stringify(answer))).toMatchObject({ items: [{ tx: 't3' }, { tx: 't1' }] })
})
