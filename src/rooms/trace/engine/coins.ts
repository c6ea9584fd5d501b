/**
 * The coins of one address, in the order in which they arrived: runs of clean and stolen units in a height-balanced tree whose leaves
 * are the runs. Values are never changed, only replaced, so two addresses can share a part. Taking from the front and adding at the back cost
 * the logarithm of the number of runs; an array would let a hostile file force work in the square of its size, by mixing many small
 * runs at one address and then passing them on through many others.
 */

/** Units of one colour: `stolen` is zero or `total`. */
interface Run {
  readonly height: 0
  readonly total: bigint
  readonly stolen: bigint
  readonly left: undefined
  readonly right: undefined
}

interface Pair {
  readonly height: number
  readonly total: bigint
  readonly stolen: bigint
  readonly left: Coins
  readonly right: Coins
}

/** At least one unit; an address without coins has `undefined`. */
export type Coins = Run | Pair

const run = (total: bigint, stolen: bigint): Run => ({ height: 0, total, stolen, left: undefined, right: undefined })

export const cleanCoins = (amount: bigint): Coins => run(amount, 0n)
export const stolenCoins = (amount: bigint): Coins => run(amount, amount)

const pair = (left: Coins, right: Coins): Pair => ({
  height: Math.max(left.height, right.height) + 1,
  total: left.total + right.total,
  stolen: left.stolen + right.stolen,
  left,
  right,
})

/** A pair whose sides differ in height by at most two, turned so that they differ by at most one (AVL rotations). */
function balanced(left: Coins, right: Coins): Coins {
  if (left.height > right.height + 1 && left.left !== undefined) {
    const inner = left.right
    if (inner.left !== undefined && inner.height > left.left.height) {
      return pair(pair(left.left, inner.left), pair(inner.right, right))
    }
    return pair(left.left, pair(inner, right))
  }
  if (right.height > left.height + 1 && right.left !== undefined) {
    const inner = right.left
    if (inner.left !== undefined && inner.height > right.right.height) {
      return pair(pair(left, inner.left), pair(inner.right, right.right))
    }
    return pair(pair(left, inner), right.right)
  }
  return pair(left, right)
}

/** `back` queued behind `front`. A single run goes down to its neighbour, to melt with it when both are of one colour. */
function joined(front: Coins, back: Coins): Coins {
  if (front.left === undefined && back.left === undefined) {
    const oneColour = (front.stolen === 0n) === (back.stolen === 0n)
    return oneColour ? run(front.total + back.total, front.stolen + back.stolen) : pair(front, back)
  }
  if (front.left !== undefined && (back.left === undefined || front.height > back.height + 1)) {
    return balanced(front.left, joined(front.right, back))
  }
  if (back.left !== undefined && (front.left === undefined || back.height > front.height + 1)) {
    return balanced(joined(front, back.left), back.right)
  }
  return pair(front, back)
}

/** As {@link joined}, where either may be empty. */
export function joinCoins(front: Coins | undefined, back: Coins | undefined): Coins | undefined {
  if (front === undefined) return back
  return back === undefined ? front : joined(front, back)
}

export interface Taken {
  readonly taken: Coins | undefined
  readonly rest: Coins | undefined
}

/** Takes `amount` units, between zero and all there are, from the front. */
export function takeCoins(coins: Coins, amount: bigint): Taken {
  if (amount === 0n) return { taken: undefined, rest: coins }
  if (amount === coins.total) return { taken: coins, rest: undefined }
  if (coins.left === undefined) {
    const stolen = coins.stolen !== 0n
    const rest = coins.total - amount
    return { taken: run(amount, stolen ? amount : 0n), rest: run(rest, stolen ? rest : 0n) }
  }
  if (amount <= coins.left.total) {
    const { taken, rest } = takeCoins(coins.left, amount)
    return { taken, rest: joinCoins(rest, coins.right) }
  }
  const { taken, rest } = takeCoins(coins.right, amount - coins.left.total)
  return { taken: joinCoins(coins.left, taken), rest }
}

/** The runs from front to back, for tests and for a person who asks which coins lie where. */
export function runsOf(coins: Coins | undefined): { readonly amount: bigint; readonly stolen: boolean }[] {
  if (coins === undefined) return []
  if (coins.left === undefined) return [{ amount: coins.total, stolen: coins.stolen !== 0n }]
  return [...runsOf(coins.left), ...runsOf(coins.right)]
}
