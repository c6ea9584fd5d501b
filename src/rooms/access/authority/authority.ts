/** The authority: policies that were read and checked, asked one question at a time. */
import { sha256, toHex, utf8 } from '../../../kernel/bytes.ts'
import { canonical } from '../../../kernel/canonical.ts'
import { Refused } from '../../../kernel/refusal.ts'
import { ACTIONS, type ResourceKind } from './actions.ts'
import type { Asked, Authority, Context, Principal, Verdict } from './asked.ts'
import { type Cedar, callOf, verdictOf } from './cedar.ts'
import { remembering } from './memory.ts'
import { type PolicyFiles, readPolicies } from './policies.ts'
import { keyOf, type Question, questionOf } from './question.ts'
import { refuse } from './refusals.ts'

/** Everybody that could stand in an action's question beside the one who asks: what `may` tries. */
const SOMEBODY = '(somebody else)'
const RELATIONS: Readonly<Record<ResourceKind, (self: string) => readonly Partial<Asked>[]>> = {
  platform: () => [{}],
  proposal: (self) => [{ proposer: SOMEBODY }, { proposer: self }],
  belonging: (self) => [{ owner: SOMEBODY }, { owner: self }],
}

export interface AuthorityOptions {
  /** Whether decisions are remembered. Default true; a bench and a test ask without. */
  readonly remember?: boolean
}

/** Named by their digest: what stays parsed in the engine under a name is always the same. */
function prepare(cedar: Cedar, set: string, staticPolicies: Record<string, string>): void {
  if (cedar.preparsePolicySet(set, { staticPolicies }).type === 'success') return
  throw new Refused(refuse('AUTHORITY-006', 'Cedar does not take the policies'))
}

/** Opens the policies. Throws `Refused` AUTHORITY-006 where they do not hold, so that nothing starts without them. */
export function openAuthority(cedar: Cedar, given: PolicyFiles, { remember = true }: AuthorityOptions = {}): Authority {
  const policies = readPolicies(cedar, given)
  const texts = Object.fromEntries(policies.map(({ id, text }) => [id, text]))
  const digest = `sha256:${toHex(sha256(utf8(canonical({ schema: given.schema, policies: texts }))))}`
  prepare(cedar, digest, texts)

  const fresh = (question: Question): Verdict => {
    const { by, action } = question.action
    if (!by.includes(question.asking.kind)) {
      return refuse('AUTHORITY-001', `${action} is not for a ${question.asking.kind} to ask for`)
    }
    try {
      return verdictOf(cedar.statefulIsAuthorized(callOf(question, digest)), question)
    } catch {
      // A trap inside WebAssembly. What it says may hold addresses; the action is enough to look for it.
      return refuse('AUTHORITY-005', `${action}: the policy engine failed`)
    }
  }
  const answer = remember ? remembering(keyOf, fresh) : fresh

  const decide = (asked: Asked): Verdict => {
    try {
      const question = questionOf(asked)
      return 'refused' in question ? question : answer(question)
    } catch {
      // A question of another shape than its type says.
      return refuse('AUTHORITY-004', 'the question has the wrong shape')
    }
  }
  const may = (principal: Principal, context: Context): readonly string[] => {
    const self = principal.kind === 'person' ? principal.person : SOMEBODY
    return ACTIONS.filter(({ action, on }) =>
      RELATIONS[on](self).some((people) => 'allowed' in decide({ principal, action, context, ...people })),
    )
      .map(({ action }) => action)
      .sort()
  }
  return { decide, may, digest, policies }
}
