/** How a question is put to Cedar, and how its answer is read. */
import type {
  AuthorizationAnswer,
  CedarValueJson,
  EntityJson,
  StatefulAuthorizationCall,
  TypeAndId,
} from '@cedar-policy/cedar-wasm/nodejs'
import type { Verdict } from './asked.ts'
import type { Question, Who } from './question.ts'
import { refuse } from './refusals.ts'
import { RESOURCES } from './schema.ts'

/** What is used of Cedar's WebAssembly build. Passed in: the room itself loads nothing. */
export type Cedar = Pick<
  typeof import('@cedar-policy/cedar-wasm/nodejs'),
  'policySetTextToParts' | 'policyToJson' | 'validate' | 'preparsePolicySet' | 'statefulIsAuthorized'
>

const PERSON: Readonly<Record<Who, TypeAndId>> = {
  asking: { type: 'Person', id: 'asking' },
  proposer: { type: 'Person', id: 'proposer' },
  other: { type: 'Person', id: 'other' },
}
const SERVICE: TypeAndId = { type: 'Service', id: 'asking' }
const HOST: TypeAndId = { type: 'Host', id: 'asking' }

function principalOf({ asking }: Question): EntityJson {
  if (asking.kind === 'host') return { uid: HOST, attrs: {}, parents: [] }
  if (asking.kind === 'service') return { uid: SERVICE, attrs: { scopes: [...asking.scopes] }, parents: [] }
  const parents = asking.roles.map((id) => ({ type: 'Role', id }))
  return { uid: PERSON.asking, attrs: { founder: asking.founder }, parents }
}

function resourceOf({ action, proposer, about, owner }: Question): EntityJson {
  const attrs: Record<string, CedarValueJson> = {}
  if (proposer !== undefined) attrs.proposer = { __entity: PERSON[proposer] }
  if (about !== undefined) attrs.about = { __entity: PERSON[about] }
  if (owner !== undefined) attrs.owner = { __entity: PERSON[owner] }
  return { uid: { type: RESOURCES[action.on], id: 'asked' }, attrs, parents: [] }
}

/**
 * `set` names the policies that were parsed before. The schema is not sent along: it would cost more than the decision. The question has its
 * form by construction, from the list that the schema is made from, and a test puts every one of them to Cedar with the schema.
 */
export function callOf(question: Question, set: string): StatefulAuthorizationCall {
  const [principal, resource] = [principalOf(question), resourceOf(question)]
  const { action, group } = question.action
  const uid = { type: 'Action', id: action }
  const acted: EntityJson = { uid, attrs: {}, parents: [{ type: 'Action', id: group }] }
  return {
    principal: principal.uid,
    action: uid,
    resource: resource.uid,
    context: { founding: question.founding },
    preparsedPolicySetId: set,
    entities: [principal, resource, acted],
  }
}

/** Only a plain yes without any error is a yes: Cedar leaves out a policy that fails, and the one that failed may have been a forbid. */
export function verdictOf(answer: AuthorizationAnswer, { action }: Question): Verdict {
  if (answer.type !== 'success') return refuse('AUTHORITY-005', `${action.action}: the question was not understood`)
  const { decision, diagnostics } = answer.response
  const failed = diagnostics.errors[0]
  if (failed !== undefined) return refuse('AUTHORITY-005', `${action.action}: the policy ${failed.policyId} failed`)
  const policies = [...diagnostics.reason].sort()
  if (decision === 'allow') return { allowed: true, because: policies }
  if (policies.length === 0) return refuse('AUTHORITY-001', `${action.action} is permitted by no policy`)
  const detail = `${action.action} is forbidden by the policy ${policies.join(', ')}`
  return refuse('AUTHORITY-002', detail, { context: { policies } })
}
