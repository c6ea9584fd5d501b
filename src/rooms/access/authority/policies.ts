/** Policy files, read strictly: whatever is unclear in them keeps the authority from opening. */
import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { Refused } from '../../../kernel/refusal.ts'
import type { PolicyInForce } from './asked.ts'
import type { Cedar } from './cedar.ts'
import { refuse } from './refusals.ts'
import { schemaText } from './schema.ts'

/** A file of policies in Cedar's own syntax. */
export interface PolicyFile {
  readonly name: string
  readonly text: string
}

export interface PolicyFiles {
  readonly schema: string
  readonly files: readonly PolicyFile[]
}

/** What a policy may name. A person, a service or a proposal by its name would make a decision depend on who asks. */
const NAMEABLE = new Set(['Role', 'Action'])

const broken = (detail: string, file: string): Refused =>
  new Refused(refuse('AUTHORITY-006', `${file}: ${detail}`, { field: file }))

/** The entities that a policy names, anywhere in it. */
function named(value: unknown): { type: string; id: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const { type, id } = value as { type?: unknown; id?: unknown }
  const here = typeof type === 'string' && typeof id === 'string' ? [{ type, id }] : []
  return [...here, ...Object.values(value).flatMap(named)]
}

function idOf(policy: PolicyJson, file: string): string {
  const id = policy.annotations?.id
  if (id === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw broken('a policy has no @id in small letters and dashes', file)
  }
  const stranger = named([policy.principal, policy.action, policy.resource, policy.conditions]).find(
    ({ type }) => !NAMEABLE.has(type),
  )
  if (stranger !== undefined) throw broken(`the policy ${id} names ${stranger.type}::"${stranger.id}"`, file)
  return id
}

function policiesOf(cedar: Cedar, { name, text }: PolicyFile): PolicyInForce[] {
  const parts = cedar.policySetTextToParts(text)
  if (parts.type !== 'success') throw broken(parts.errors.map(({ message }) => message).join('; '), name)
  if (parts.policy_templates.length > 0) throw broken('it holds a template, which nothing fills', name)
  return parts.policies.map((policy) => {
    const answer = cedar.policyToJson(policy)
    if (answer.type !== 'success') throw broken(answer.errors.map(({ message }) => message).join('; '), name)
    return { id: idOf(answer.json, name), effect: answer.json.effect, file: name, text: policy }
  })
}

/**
 * The policies, sorted by file and id. Throws `Refused` AUTHORITY-006 where the schema is not the one of the actions, a policy has no id or
 * another's, names an individual, or does not pass Cedar's strict validation without a warning.
 */
export function readPolicies(cedar: Cedar, { schema, files }: PolicyFiles): readonly PolicyInForce[] {
  if (schema !== schemaText()) throw broken('it is not the schema of the actions', 'pasu.cedarschema')
  const policies = files
    .flatMap((file) => policiesOf(cedar, file))
    .sort((a, b) => (`${a.file} ${a.id}` < `${b.file} ${b.id}` ? -1 : 1))
  const twice = policies.find(({ id }, place) => policies.findIndex((one) => one.id === id) !== place)
  if (twice !== undefined) throw broken(`the id ${twice.id} stands twice`, twice.file)
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]))
  const answer = cedar.validate({ validationSettings: { mode: 'strict' }, schema, policies: { staticPolicies } })
  if (answer.type !== 'success') throw broken(answer.errors.map(({ message }) => message).join('; '), 'policies')
  const fault = [...answer.validationErrors, ...answer.validationWarnings][0]
  if (fault !== undefined) throw broken(fault.error.message, fault.policyId)
  const other = answer.otherWarnings[0]
  if (other !== undefined) throw broken(other.message, 'policies')
  return policies
}
