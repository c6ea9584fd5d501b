/** Which permits were spent. A permit is good for one signature, so the store is asked last and answers once. */

/** After its expiry no permit is taken, so its record may go; this long after, in case the clock is set back a little. */
export const KEPT_MS = 60 * 60_000

export interface SpentStore {
  /**
   * True exactly once for an id, and only after that is safely recorded. `until` is the instant (epoch ms) from which the permit has
   * expired, `now` the present one. Throws, or rejects, where it can't record: then nothing may be signed.
   */
  spend(id: string, until: number, now: number): boolean | Promise<boolean>
}

/** Forgets everything at a restart: only for a process that is sure to end with its last permit, such as a test or a drill. */
export function memorySpentStore(): SpentStore {
  const spent = new Map<string, number>()
  // What ended by then may have been forgotten, so a clock set back that far must not make it good again.
  let forgotten = 0
  return {
    spend(id, until, now) {
      for (const [old, ended] of spent) {
        if (ended > now - KEPT_MS) break
        spent.delete(old)
        forgotten = Math.max(forgotten, ended)
      }
      if (until <= forgotten || spent.has(id)) return false
      spent.set(id, until)
      return true
    },
  }
}
