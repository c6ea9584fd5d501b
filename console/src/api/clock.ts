/**
 * The server's clock, for the proofs of requests: a phone whose clock is wrong could not sign in otherwise. The exact word of an answer's
 * `now` counts; until there is one, the whole second of the Date header does.
 */

/** A Date header has whole seconds, and an answer takes its time: less than this is no difference. */
const UNSURE_MS = 2_000

let offset = 0
let exact = false

export const serverNow = (): number => Date.now() + offset

export function learnNow(now: number): void {
  offset = now - Date.now()
  exact = true
}

export function learnDate(header: string | null): void {
  const at = header === null ? Number.NaN : Date.parse(header)
  if (exact || Number.isNaN(at)) return
  const gap = at - Date.now()
  offset = Math.abs(gap) < UNSURE_MS ? 0 : gap
}
