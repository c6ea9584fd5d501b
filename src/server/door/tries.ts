/** Slows those who try: sign-ins, links, signatures and cookies that were wrong, counted by address. */
import type { Refusal } from '../../kernel/refusal.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import { WRONG_TOKENS_MAX, WrongTokens } from '../auth.ts'
import { countedAs } from './address.ts'
import { refuse } from './refusals.ts'

export class Tries {
  readonly #wrong = new WrongTokens()
  readonly #now: () => Instant

  constructor(now: () => Instant) {
    this.#now = now
  }

  /**
   * Counts a wrong try; the refusal to answer with: the given one, or `DOOR-020` where it was one too many. A right try is never counted and
   * always taken, so nobody is locked out by others behind the same address.
   */
  wrong(address: string, refusal: Refusal): Refusal {
    const wait = this.#wrong.count(countedAs(address), this.#now())
    if (wait === undefined) return refusal
    return refuse('DOOR-020', `more than ${WRONG_TOKENS_MAX} wrong tries in a minute`, {
      context: { retry_after: Math.ceil(wait / SECOND_MS) },
    })
  }
}
