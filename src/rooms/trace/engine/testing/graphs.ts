/** Small random flow graphs for property tests: few addresses and moments, so that circles, overspending and ties are common. */
import fc from 'fast-check'
import type { Service, Transfer } from '../types.ts'

export const service = (address: string, more: Partial<Service> = {}): Service => ({
  address,
  name: `${address} service`,
  kind: 'exchange',
  entity: address,
  ...more,
})

/** `[from, to, amount]` at seconds 1, 2, 3, …, or at `at` with transaction `tx`. */
export function transfersOf(rows: readonly (readonly [string, string, number, Partial<Transfer>?])[]): Transfer[] {
  return rows.map(([from, to, amount, more], place) => ({
    at: (place + 1) * 1_000,
    tx: `tx-${String(place).padStart(3, '0')}`,
    from,
    to,
    amount: BigInt(amount),
    ...more,
  }))
}

const address = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'thief', 'vault', 'exchange', 'mixer')

/** Mostly unknown: a known block or position leaves little to order. */
const sometimes = (values: fc.Arbitrary<number>): fc.Arbitrary<number | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values })

const transferArbitrary: fc.Arbitrary<Transfer> = fc
  .record({
    at: fc.integer({ min: 1, max: 4 }),
    tx: fc.constantFrom('t1', 't2', 't3', 't4'),
    from: address,
    to: address,
    amount: fc.bigInt({ min: 0n, max: 12n }),
    block: sometimes(fc.integer({ min: 1, max: 2 })),
    position: sometimes(fc.integer({ min: 0, max: 3 })),
  })
  .map(({ block, position, ...rest }) => ({
    ...rest,
    ...(block === undefined ? {} : { block }),
    ...(position === undefined ? {} : { position }),
  }))

export const graphArbitrary = fc.record({
  transfers: fc.array(transferArbitrary, { maxLength: 40 }),
  sources: fc.subarray(['vault', 'thief', 'mixer'], { minLength: 1 }),
  services: fc.subarray(['exchange', 'mixer', 'e']),
})
