/** Values that every reader checks the same way. */
import { z } from 'zod'
import { timeOf } from './look.ts'

/** A time in any of the ways these products write it; what comes out is milliseconds since 1970. */
export const when = z.unknown().transform((value, context) => {
  const time = timeOf(value)
  if (time !== undefined) return time
  context.addIssue({ code: 'custom', message: 'a time: ISO 8601, or a number of milliseconds' })
  return z.NEVER
})
