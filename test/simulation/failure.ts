/** What a check of the simulation found. The name of the check tells the canaries apart. */
export type Check =
  | 'acknowledged'
  | 'atomic'
  | 'effects'
  | 'redecide'
  | 'refused'
  | 'replay'
  | 'right answer'
  | 'alarms'
  | 'liveness'

export class SimFailure extends Error {
  readonly check: Check
  constructor(check: Check, what: string) {
    super(`${check}: ${what}`)
    this.name = 'SimFailure'
    this.check = check
  }
}

export function hold(isSo: boolean, check: Check, what: () => string): asserts isSo {
  if (!isSo) throw new SimFailure(check, what())
}

/** Compares by JSON: lists of strings and plain records are all that is compared here. */
export function same(is: unknown, expected: unknown, check: Check, what: string): void {
  const [a, b] = [JSON.stringify(is), JSON.stringify(expected)]
  hold(a === b, check, () => `${what}: expected ${b}, got ${a}`)
}
