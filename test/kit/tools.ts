/** What an answer may use, for tests of views that use none of it. */
import type { AnswerTools } from '../../src/machine/route.ts'
import { T0 } from './given.ts'

export const answerTools = (now = T0): AnswerTools => ({
  now,
  by: 'operator',
  attest: async (kind, claims) => `${kind} ${JSON.stringify(claims)}`,
  record: { size: 0, root: '', verified: null, entries: () => [] },
})
