/** Who may do what: questions, verdicts, the list of actions. Policies stand in `../policies`; `world/authority.ts` opens them. */
export {
  ACTIONS,
  type Action,
  actionNamed,
  actionOf,
  GUARDED_ACTS,
  READ_ROOMS,
  ROLES,
  type Role,
  SCOPES,
} from './actions.ts'
export type { Allowed, Asked, Authority, Context, PolicyInForce, Principal, Verdict } from './asked.ts'
export { type AuthorityOptions, openAuthority } from './authority.ts'
export type { Cedar } from './cedar.ts'
export type { PolicyFile, PolicyFiles } from './policies.ts'
export { authorityRefusals } from './refusals.ts'
export { schemaText } from './schema.ts'
