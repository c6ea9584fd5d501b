/** Seeded chance: a 64-bit SplitMix generator. The same seed gives the same drill, on every machine. */
export interface Random {
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True once in `n` times. */
  oneIn(n: number): boolean
  pick<T>(items: readonly T[]): T
  shuffle<T>(items: readonly T[]): T[]
  /** An independent generator, named so that adding a use elsewhere does not shift this one. */
  fork(name: string): Random
}

const MASK = (1n << 64n) - 1n

function mix(state: bigint): bigint {
  let z = state
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
  return z ^ (z >> 31n)
}

export function seeded(seed: number | bigint): Random {
  const start = BigInt(seed) & MASK
  let state = start
  const next = (): bigint => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK
    return mix(state)
  }
  // 53 bits are plenty for the bounds used here; the bias of the division is below 2^-40.
  const below = (bound: number): number => Number((next() >> 11n) % BigInt(bound))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    oneIn: (n) => below(n) === 0,
    pick,
    shuffle: (items) => {
      const rest = [...items]
      return items.map(() => rest.splice(below(rest.length), 1)[0]).filter((item) => item !== undefined)
    },
    fork: (name) => {
      let hash = start ^ 0xcbf29ce484222325n
      for (const letter of name) hash = ((hash ^ BigInt(letter.codePointAt(0) ?? 0)) * 0x100000001b3n) & MASK
      return seeded(hash)
    },
  }
}
