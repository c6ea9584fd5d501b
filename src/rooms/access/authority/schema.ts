/** The Cedar schema, made from the list of actions. The file that an auditor reads beside the policies must be this text to the letter. */
import { ACTIONS, type Action, type Group, type PrincipalKind, type ResourceKind, ROLES } from './actions.ts'

const PRINCIPALS: Readonly<Record<PrincipalKind, string>> = { person: 'Person', service: 'Service', host: 'Host' }
export const RESOURCES: Readonly<Record<ResourceKind, string>> = {
  platform: 'Platform',
  proposal: 'Proposal',
  belonging: 'Belonging',
}
const GROUPS: readonly Group[] = ['read', 'command', 'propose', 'approve', 'veto']

const ENTITIES = `// What the policies speak of. Made from src/rooms/access/authority/actions.ts; a test compares the two.

// A role that is not listed here cannot be named by a policy, nor held.
entity Role enum [${ROLES.map((role) => `"${role}"`).join(', ')}];

// Somebody who signed in. The founder enrolled first, by the one-time link.
entity Person in [Role] { founder: Bool };

// A machine of the platform with a key or certificate of its own. Its scopes are names of actions.
entity Service { scopes: Set<String> };

// The terminal of the server's own machine.
entity Host;

// The deployment as a whole.
entity Platform;

// "about" is the person whose roles, keys, suspension or risk the proposal would change, if there is one.
entity Proposal { proposer: Person, about?: Person };

// A session or a key.
entity Belonging { owner: Person };

// Founding is true until it is closed for good.
type Phase = { founding: Bool };
`

const actionText = ({ action, group, by, on }: Action): string =>
  `action "${action}" in [Action::"${group}"] appliesTo { principal: [${by.map((kind) => PRINCIPALS[kind]).join(', ')}], resource: ${RESOURCES[on]}, context: Phase };`

/** Cedar's own syntax for schemas. */
export function schemaText(): string {
  const groups = GROUPS.map((group) =>
    [
      `action "${group}";`,
      ...ACTIONS.filter((one) => one.group === group)
        .map(actionText)
        .sort(),
    ].join('\n'),
  )
  return `${[ENTITIES, ...groups].join('\n')}\n`
}
