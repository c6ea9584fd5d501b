/**
 * Every action that somebody may or may not do: the one list from which the Cedar schema is made. An action is the type of a command that has
 * a route, `<room>.read` for a room's views, and `propose.`, `approve.` and `veto.` with a guarded act.
 */

export const ROLES = [
  'operator',
  'approver',
  'compliance',
  'investigator',
  'finance',
  'guardian',
  'auditor',
  'regulator',
] as const
export type Role = (typeof ROLES)[number]

/** Who asks: somebody who signed in, a machine of the platform, the terminal of the server's own machine. */
export type PrincipalKind = 'person' | 'service' | 'host'
/** On what: the platform as a whole, one proposal (which has a proposer), or a session or key (which has an owner). */
export type ResourceKind = 'platform' | 'proposal' | 'belonging'
/** Groups that policies name as a whole: `action in Action::"approve"`. */
export type Group = 'read' | 'command' | 'propose' | 'approve' | 'veto'

export interface Action {
  readonly action: string
  readonly group: Group
  /** Nobody else can ask for it, whatever a policy says. */
  readonly by: readonly PrincipalKind[]
  readonly on: ResourceKind
}

/** Commands that nobody does alone: as a first command each is a proposal. */
export const GUARDED_ACTS = [
  'policy.set',
  'wallet.register',
  'halt.lift',
  'withdrawal.release',
  'repayment.pay',
  'notice.approve',
  'pack.load',
  'recipient.set',
  'reporter.set',
  'incident.close',
  'clock.meet',
  'fund.set',
  'person.invite',
  'person.change',
  'person.restore',
  'key.add',
  'key.recover',
  'service.register',
  'approvals.set',
  'risk.clear',
  'site.set',
] as const

/** Rooms with pages, then the first page and the journal itself. */
export const READ_ROOMS = ['gate', 'watch', 'incident', 'trace', 'liability', 'access', 'overview', 'journal'] as const
const READ_BY_SERVICES: readonly string[] = ['gate', 'journal']

const ON_PROPOSALS = ['proposal.withdraw', 'proposal.execute', 'call.open', 'call.answer']
const ON_BELONGINGS = ['session.end', 'key.lose']
const BY_PEOPLE = [
  ...['withdrawal.reject', 'denylist.import'],
  ...['incident.record', 'incident.state', 'notice.redraft', 'notice.acknowledge'],
  ...['price.load', 'claim.file', 'claim.withdraw', 'repayment.plan'],
  ...['person.suspend', 'service.remove', 'enrolment.issue', 'founding.close'],
]
/** What must work at the terminal while nobody can sign in. */
const BY_PEOPLE_AND_HOST = ['halt.raise', 'evacuation.order', 'incident.note', 'trace.start']
const BY_SERVICES = ['withdrawal.request', 'block.observe', 'chain.rewind', 'source.report', 'admin.report']

const commands = (names: readonly string[], by: readonly PrincipalKind[], on: ResourceKind): Action[] =>
  names.map((action) => ({ action, group: 'command', by, on }))
const ofActs = (group: 'propose' | 'approve' | 'veto', on: ResourceKind): Action[] =>
  GUARDED_ACTS.map((act) => ({ action: `${group}.${act}`, group, by: ['person'], on }))

export const ACTIONS: readonly Action[] = [
  ...READ_ROOMS.map((room): Action => {
    const by: readonly PrincipalKind[] = READ_BY_SERVICES.includes(room)
      ? ['person', 'service', 'host']
      : ['person', 'host']
    return { action: `${room}.read`, group: 'read', by, on: 'platform' }
  }),
  ...commands(BY_PEOPLE_AND_HOST, ['person', 'host'], 'platform'),
  ...commands(BY_PEOPLE, ['person'], 'platform'),
  ...commands(ON_BELONGINGS, ['person'], 'belonging'),
  ...commands(ON_PROPOSALS, ['person'], 'proposal'),
  ...commands(BY_SERVICES, ['service'], 'platform'),
  ...ofActs('propose', 'platform'),
  ...ofActs('approve', 'proposal'),
  ...ofActs('veto', 'proposal'),
]

const byName: ReadonlyMap<string, Action> = new Map(ACTIONS.map((one) => [one.action, one]))
export const actionNamed = (action: string): Action | undefined => byName.get(action)

/** What a service account's scopes may name. */
export const SCOPES: readonly string[] = ACTIONS.filter(({ by }) => by.includes('service')).map(({ action }) => action)

const guarded: ReadonlySet<string> = new Set(GUARDED_ACTS)
const ON_ACTS: Readonly<Record<string, string>> = {
  'proposal.make': 'propose',
  'proposal.approve': 'approve',
  'proposal.veto': 'veto',
}

/**
 * The action to ask for before a command is taken from outside. `act` is the act of the proposal that the command is about. Undefined where
 * no action covers it: then it is to be refused.
 */
export function actionOf(command: string, act?: string): string | undefined {
  const group = Object.hasOwn(ON_ACTS, command) ? ON_ACTS[command] : undefined
  const action = group === undefined ? (guarded.has(command) ? `propose.${command}` : command) : `${group}.${act}`
  return byName.has(action) ? action : undefined
}
