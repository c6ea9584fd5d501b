import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AccountSet, concerning } from './filter.ts'

const account = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.nat(3_000).map((n) => `eip155:1:0x${n.toString(16).padStart(40, '0')}`),
)

test('W8: the fast set knows exactly the accounts that it was given', () => {
  fc.assert(
    fc.property(fc.array(account, { maxLength: 300 }), fc.array(account, { maxLength: 100 }), (ours, asked) => {
      const [fast, plain] = [new AccountSet(ours), new Set(ours)]
      for (const each of [...ours, ...asked]) expect(fast.has(each)).toBe(plain.has(each))
    }),
  )
})

test('W8: transfers from or to an account of ours are picked, in order', () => {
  const transfers = [
    { from: 'a', to: 'x', n: 1 },
    { from: 'x', to: 'y', n: 2 },
    { from: 'x', to: 'b', n: 3 },
    { from: 'a', to: 'b', n: 4 },
  ]
  expect(concerning(transfers, new AccountSet(['a', 'b'])).map(({ n }) => n)).toEqual([1, 3, 4])
  expect(concerning(transfers, new Set<string>())).toEqual([])
})
