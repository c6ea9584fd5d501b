/**
 * What was used once and must not be used again: nonces of signed requests, identifiers of proofs. Bounded, and what does not fit is refused
 * rather than forgotten: a forgotten nonce is one that can be replayed. Only what carried a valid signature comes here, so no stranger fills it.
 */
import type { Instant } from '../../kernel/time.ts'

/** One owner (a service, a session) may fill this much; the rest stays for the others. */
export const SEEN_PER_OWNER_MAX = 400_000
/** Some 150 bytes each: 150 MB at the worst, on a machine that takes several thousand signed requests a second for a minute on end. */
export const SEEN_MAX = 1_000_000

export interface SeenLimits {
  readonly keepMs: number
  readonly perOwnerMax?: number
  readonly max?: number
}

export class Seen {
  /** In the order of their coming, so the eldest is first. */
  readonly #at = new Map<string, { readonly owner: string; readonly at: Instant }>()
  readonly #counts = new Map<string, number>()
  readonly #keepMs: number
  readonly #perOwnerMax: number
  readonly #max: number

  constructor({ keepMs, perOwnerMax = SEEN_PER_OWNER_MAX, max = SEEN_MAX }: SeenLimits) {
    this.#keepMs = keepMs
    this.#perOwnerMax = perOwnerMax
    this.#max = max
  }

  get size(): number {
    return this.#at.size
  }

  #forget(now: Instant): void {
    for (const [id, { owner, at }] of this.#at) {
      if (now - at <= this.#keepMs) return
      this.#at.delete(id)
      const left = (this.#counts.get(owner) ?? 0) - 1
      if (left > 0) this.#counts.set(owner, left)
      else this.#counts.delete(owner)
    }
  }

  /** Notes it as used. `seen`: it was used before; `full`: it cannot be remembered, so it must not be taken. */
  use(owner: string, id: string, now: Instant): 'new' | 'seen' | 'full' {
    this.#forget(now)
    // No name of an owner and no identifier holds a space.
    const key = `${owner} ${id}`
    if (this.#at.has(key)) return 'seen'
    const count = this.#counts.get(owner) ?? 0
    if (count >= this.#perOwnerMax || this.#at.size >= this.#max) return 'full'
    this.#at.set(key, { owner, at: now })
    this.#counts.set(owner, count + 1)
    return 'new'
  }
}
