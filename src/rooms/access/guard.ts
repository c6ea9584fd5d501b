/** The guard before the machine: what it does not take from outside, and from whom it takes nothing. */
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { isGuarded } from './acts.ts'
import { refuse } from './refusals.ts'
import { type AccessState, activePerson, phaseOf } from './state.ts'

/** The people of a command's actor, `person:kim`. */
export const personOf = (by: string): string | undefined => (by.startsWith('person:') ? by.slice(7) : undefined)
const serviceOf = (by: string): string | undefined => (by.startsWith('service:') ? by.slice(8) : undefined)

/**
 * Why a first command is not taken. While nobody is registered there is nobody to ask, and whoever holds the machine in process has it;
 * the server lets nobody in then but the first enrolment.
 */
export function guardFault(state: AccessState, { type, by }: { type: string; by: string }): Refusal | undefined {
  const phase = phaseOf(state)
  if (phase === 'bare') return undefined
  if (isGuarded(type)) {
    return refuse('ACCESS-001', `${type} is done by a quorum`, { field: 'type', expected: 'a proposal of this act' })
  }
  if (type === 'withdrawal.request' && phase === 'founding') {
    return refuse('ACCESS-002', 'founding is not closed, so no coin moves')
  }
  const person = personOf(by)
  if (person !== undefined) {
    const found = activePerson(state, person)
    return isRefusal(found) ? found : undefined
  }
  const service = serviceOf(by)
  if (service === undefined || state.services.get(service)?.removed_at === null) return undefined
  return refuse('ACCESS-003', `there is no service account ${service}`, { field: 'by' })
}
