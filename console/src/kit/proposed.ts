/** The act that was just turned into a proposal, until the person has read so. */
import type { ProposalRow, ProposedAnswer } from '../api/access.ts'

let latest: ProposalRow | undefined
const listeners = new Set<() => void>()

export const latestProposed = (): ProposalRow | undefined => latest

export function tellProposed(proposal: ProposalRow | undefined): void {
  latest = proposal
  for (const listener of listeners) listener()
}

export function onProposed(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const has = (answer: unknown, member: string): boolean =>
  typeof answer === 'object' && answer !== null && member in answer

/** What the server made of an act: a proposal (202), something done at once because there is nobody else yet, or just the act. */
export function madeOf(status: number, answer: unknown): ProposedAnswer | undefined {
  if (has(answer, 'executed') && Reflect.get(Object(answer), 'executed') === true) return answer as ProposedAnswer
  return status === 202 && has(answer, 'proposal') && has(answer, 'outcome') ? (answer as ProposedAnswer) : undefined
}
