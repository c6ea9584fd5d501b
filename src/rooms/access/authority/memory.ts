/** What was decided, remembered by exactly what it depended on. */
import type { Verdict } from './asked.ts'

/**
 * Far more than a deployment's combinations of roles and scopes with all actions; about 10 MB at most. Only registered accounts reach this
 * map, so nobody outside can fill it.
 */
export const REMEMBERED_MAX = 50_000

/** The same function, asked once for each key. A verdict that something is broken is not kept: the next try may find it whole. */
export function remembering<Question>(
  keyOf: (question: Question) => string,
  decide: (question: Question) => Verdict,
  max: number = REMEMBERED_MAX,
): (question: Question) => Verdict {
  const known = new Map<string, Verdict>()
  return (question) => {
    const key = keyOf(question)
    const before = known.get(key)
    if (before !== undefined) return before
    const verdict = decide(question)
    if ('refused' in verdict && verdict.kind === 'broken') return verdict
    // Emptied at once rather than one by one: simple, and what is still asked for comes back within milliseconds.
    if (known.size >= max) known.clear()
    known.set(key, frozen(verdict))
    return verdict
  }
}

/** Handed out again and again, so nobody may change it. */
function frozen(verdict: Verdict): Verdict {
  if ('allowed' in verdict) Object.freeze(verdict.because)
  else if (verdict.context !== undefined) {
    Object.freeze(verdict.context)
    Object.freeze(verdict.context.policies)
  }
  return Object.freeze(verdict)
}
