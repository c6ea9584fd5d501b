/** The peer of `authorise.ts`: the same duties, written once more by hand for casbin. It belongs to that bench. */
import { type Enforcer, newEnforcer, newModelFromString } from 'casbin'

/** A rule holds for a role, for actions of a pattern, and where its condition does. One forbidding rule outweighs all permitting ones. */
const MODEL = `
[request_definition]
r = sub, act, rel, about, founder
[policy_definition]
p = role, act, when, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.role == "anybody" || g(r.sub, p.role)) && regexMatch(r.act, p.act) && (p.when == "always" || p.when == r.rel || p.when == r.about || p.when == r.founder || (p.when == "operator too" && g(r.sub, "operator")) || (p.when == "regulator too" && g(r.sub, "regulator")))
`

type Rule = readonly [roles: string, actions: string, when: string, effect: 'allow' | 'deny']

const STAFF = 'operator approver compliance investigator finance guardian'
const EXPORTED_ACTS = 'notice\\.approve|recipient\\.set|reporter\\.set|incident\\.close|clock\\.meet'

/** The conditions: `own`, `others` (a proposal, session or key), `self` (about the one who asks), `founder` (while founding). */
const RULES: readonly Rule[] = [
  [`${STAFF} auditor`, '\\.read$', 'always', 'allow'],
  ['regulator', '^(overview|journal|gate|incident|liability)\\.read$', 'always', 'allow'],
  [STAFF, '^halt\\.raise$', 'always', 'allow'],
  ['operator approver guardian', '^evacuation\\.order$', 'always', 'allow'],
  ['operator approver compliance', '^withdrawal\\.reject$', 'always', 'allow'],
  ['operator compliance', '^(denylist\\.import|notice\\.redraft|notice\\.acknowledge)$', 'always', 'allow'],
  ['operator approver compliance investigator guardian', '^incident\\.(note|record|state)$', 'always', 'allow'],
  ['operator compliance investigator', '^trace\\.start$', 'always', 'allow'],
  ['finance compliance', '^claim\\.(file|withdraw)$', 'always', 'allow'],
  ['finance', '^(price\\.load|repayment\\.plan)$', 'always', 'allow'],
  ['operator compliance guardian', '^(person\\.suspend|service\\.remove|session\\.end)$', 'always', 'allow'],
  ['anybody', '^(session\\.end|key\\.lose|proposal\\.withdraw|call\\.open)$', 'own', 'allow'],
  ['operator guardian', '^enrolment\\.issue$', 'always', 'allow'],
  ['operator', '^propose\\.(policy\\.set|wallet\\.register|withdrawal\\.release|site\\.set)$', 'always', 'allow'],
  ['operator', '^propose\\.(person\\.|key\\.recover|service\\.register|approvals\\.set)', 'always', 'allow'],
  ['operator compliance', '^propose\\.(halt\\.lift|incident\\.close|clock\\.meet|risk\\.clear)$', 'always', 'allow'],
  ['compliance', '^propose\\.(notice\\.approve|pack\\.load|recipient\\.set|reporter\\.set)$', 'always', 'allow'],
  ['finance', '^propose\\.(repayment\\.pay|fund\\.set)$', 'always', 'allow'],
  [STAFF, '^propose\\.key\\.add$', 'always', 'allow'],
  ['approver guardian', '^approve\\.', 'always', 'allow'],
  ['compliance', `^approve\\.(${EXPORTED_ACTS})$`, 'always', 'allow'],
  ['guardian', '^veto\\.', 'always', 'allow'],
  [STAFF, '^(call\\.answer|proposal\\.execute)$', 'always', 'allow'],
  ['anybody', '.', 'founder', 'allow'],
  ['anybody', '^(approve\\.|call\\.answer$)', 'own', 'deny'],
  ['anybody', '^approve\\.', 'self', 'deny'],
  ['operator', '^approve\\.(wallet\\.register|withdrawal\\.release)$', 'always', 'deny'],
  ['approver', '^approve\\.', 'operator too', 'deny'],
  ['auditor regulator', '^(?!.*\\.read$|session\\.end$|key\\.lose$)', 'always', 'deny'],
  ['auditor regulator', '^(session\\.end|key\\.lose)$', 'others', 'deny'],
]

export interface Peer {
  readonly enforcer: Enforcer
  readonly rules: number
}

/** `people`: their names and roles. `more`: actions each of which gets one further rule, as the policies of the bench do. */
export async function casbin(
  people: readonly { readonly name: string; readonly roles: readonly string[] }[],
  more: readonly string[],
): Promise<Peer> {
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  const rules = RULES.flatMap(([roles, ...rest]) => roles.split(' ').map((role) => [role, ...rest]))
  // casbin keeps equal rules once, so each is written a little otherwise.
  const further = more.map((action, place) => ['auditor', `^(${action}|further-${place})$`, 'regulator too', 'deny'])
  const all = [...rules, ...further]
  await enforcer.addPolicies(all)
  await enforcer.addGroupingPolicies(people.flatMap(({ name, roles }) => roles.map((role) => [name, role])))
  return { enforcer, rules: all.length }
}
