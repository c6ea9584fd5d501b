import { expect, test } from 'vitest'
import { CausalOrder, type Movement } from './causal.ts'

/** Movements between numbered addresses that start with `balances`; returns the order and how often a balance was looked at. */
function run(
  balances: number[],
  rows: readonly (readonly [number, number, number])[],
): { order: number[]; asked: number } {
  const movements = rows.map(
    ([from, to, amount]): Movement => ({
      pays: [{ address: from, amount: BigInt(amount) }],
      feeds: [to],
    }),
  )
  let asked = 0
  const order: number[] = []
  const causal = new CausalOrder(movements, (address, amount) => {
    asked += 1
    return BigInt(balances[address] ?? 0) >= amount
  })
  causal.run((place) => {
    order.push(place)
    const [from = 0, to = 0, amount = 0] = rows[place] ?? []
    balances[from] = Math.max(0, (balances[from] ?? 0) - amount)
    balances[to] = (balances[to] ?? 0) + amount
  })
  return { order, asked }
}

test('E8: who cannot pay waits for what is still to come', () => {
  expect(
    run(
      [0, 0, 0, 5],
      [
        [1, 2, 5],
        [0, 1, 5],
        [3, 0, 5],
      ],
    ).order,
  ).toEqual([2, 1, 0])
})

test('E8: who cannot pay and awaits nothing does not hold others up', () => {
  expect(
    run(
      [0, 0, 0],
      [
        [0, 1, 5],
        [1, 2, 5],
      ],
    ).order,
  ).toEqual([0, 1])
})

test('E8: one address pays in canonical order', () => {
  expect(
    run(
      [5, 0, 0, 9],
      [
        [0, 1, 9],
        [0, 2, 5],
        [3, 0, 9],
      ],
    ).order,
  ).toEqual([2, 0, 1])
})

test('E8: with nobody ready the first one left goes', () => {
  expect(
    run(
      [0, 0, 0],
      [
        [0, 1, 1],
        [1, 2, 1],
        [2, 0, 1],
      ],
    ).order,
  ).toEqual([0, 1, 2])
})

test('E8: a block made to be hard to order costs a few looks for each transfer, not one for each pair', () => {
  const rows = Array.from({ length: 20_000 }, (_, place): [number, number, number] => {
    const hub = place % 2 === 0
    return hub ? [0, 1 + (place % 50), 3] : [1 + (place % 50), 0, 2]
  })
  const { order, asked } = run([], rows)
  expect(new Set(order).size).toBe(rows.length)
  expect(asked).toBeLessThan(6 * rows.length)
})
