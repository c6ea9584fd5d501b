/** Placeholder replaced below. */
import type { Finished } from '../run.ts'
export async function playLive(_options: object): Promise<Finished> {
  throw new Error('not yet')
}
