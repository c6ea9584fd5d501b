import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Coins, cleanCoins, joinCoins, runsOf, stolenCoins, takeCoins } from './coins.ts'

const unitsOf = (coins: Coins | undefined): boolean[] =>
  runsOf(coins).flatMap(({ amount, stolen }) => Array.from({ length: Number(amount) }, () => stolen))

/** Sums and heights as each node states them, against what lies below it. */
function expectSound(coins: Coins | undefined): void {
  if (coins?.left === undefined) return
  const { left, right } = coins
  expect(coins.total).toBe(left.total + right.total)
  expect(coins.stolen).toBe(left.stolen + right.stolen)
  expect(coins.height).toBe(Math.max(left.height, right.height) + 1)
  expect(Math.abs(left.height - right.height)).toBeLessThanOrEqual(1)
  expectSound(left)
  expectSound(right)
}

const step = fc.record({
  purse: fc.nat({ max: 2 }),
  to: fc.nat({ max: 2 }),
  amount: fc.nat({ max: 9 }),
  kind: fc.constantFrom('clean', 'stolen', 'move'),
})

test('E2: a queue of coins behaves as an array of units, and stays balanced', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const purses: (Coins | undefined)[] = [undefined, undefined, undefined]
      const arrays: boolean[][] = [[], [], []]
      for (const { purse, to, amount, kind } of steps) {
        if (kind !== 'move') {
          if (amount === 0) continue
          const minted = kind === 'clean' ? cleanCoins(BigInt(amount)) : stolenCoins(BigInt(amount))
          purses[to] = joinCoins(purses[to], minted)
          arrays[to]?.push(...Array.from({ length: amount }, () => kind === 'stolen'))
          continue
        }
        const coins = purses[purse]
        const some = Math.min(amount, arrays[purse]?.length ?? 0)
        if (coins === undefined) continue
        const { taken, rest } = takeCoins(coins, BigInt(some))
        purses[purse] = rest
        purses[to] = joinCoins(purses[to], taken)
        arrays[to]?.push(...(arrays[purse]?.splice(0, some) ?? []))
      }
      purses.forEach((coins, place) => {
        expect(unitsOf(coins)).toEqual(arrays[place])
        expectSound(coins)
      })
    }),
    { numRuns: 1_000 },
  )
})

test('E2: units of one colour melt into one run', () => {
  const coins = [3n, 4n].reduce<Coins | undefined>((all, amount) => joinCoins(all, stolenCoins(amount)), cleanCoins(2n))
  expect(runsOf(joinCoins(coins, cleanCoins(1n)))).toEqual([
    { amount: 2n, stolen: false },
    { amount: 7n, stolen: true },
    { amount: 1n, stolen: false },
  ])
})

test('E2: a hundred thousand runs cost a few dozen steps each to reach', () => {
  let coins: Coins | undefined
  for (let place = 0; place < 50_000; place += 1) {
    coins = joinCoins(joinCoins(coins, cleanCoins(1n)), stolenCoins(1n))
  }
  expect(coins?.height).toBeLessThanOrEqual(24)
})
