/** Whether a request comes from our own page. A proof is needed anyhow; this stops another site's request before anything else is asked. */
import type { Refusal } from '../../kernel/refusal.ts'
import { refuse } from './refusals.ts'

export interface FromWhere {
  readonly method: string
  /** `Origin`; Node joins two by a comma, which is no origin. */
  readonly origin: string | undefined
  /** `Sec-Fetch-Site` (W3C Fetch Metadata): set by the browser, never by a page. */
  readonly site: string | undefined
}

const SAFE = new Set(['GET', 'HEAD'])

/**
 * What changes state must name one of our origins; what only reads may leave Origin out, as browsers do, but never name another. Where the
 * browser says from what site it asks, it must be ours; `none` is what a person typed or opened, and changes nothing.
 */
export function originFault({ method, origin, site }: FromWhere, origins: readonly string[]): Refusal | undefined {
  const reads = SAFE.has(method)
  const isOurs = origin === undefined ? reads : origins.includes(origin)
  if (!isOurs) {
    return refuse(
      'DOOR-014',
      origin === undefined ? 'the request names no origin' : 'the request is of another origin',
      {
        field: 'headers.origin',
        expected: origins.join(' '),
      },
    )
  }
  if (site === undefined || site === 'same-origin' || (reads && site === 'none')) return undefined
  return refuse('DOOR-014', 'the browser says that another site asks', { field: 'headers.sec-fetch-site' })
}
