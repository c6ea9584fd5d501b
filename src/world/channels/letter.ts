/** The text that an effect asks to be sent: looked up when it leaves, so that only an approved notice can. */

import { oneLine } from '../../kernel/names.ts'
import { type Letter, letterOf } from '../../rooms/incident/index.ts'
import type { Deployment } from '../deployment.ts'

/** What a channel reads of a deployment. */
export type LetterSource = Pick<Deployment, 'app'>

/** What is told where the notice was approved no longer: then nothing leaves. */
export const NOT_APPROVED = 'not sent: the notice is no longer approved'

export const letterFor = ({ app }: LetterSource, notice: unknown): Letter | undefined =>
  letterOf(app.rooms.incident.state, String(notice))

/** A subject must not become a header of its own. */
export const headerText = (text: string): string => oneLine(text).trim()

/** The work's result, or a fault when it takes longer than `ms`. The work itself is left to end as it will. */
export async function within<T>(work: Promise<T>, ms: number, fault: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`${fault} within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
