/** Whether a caller may: the authority is asked before anything of a request is carried. Whoever cannot be judged is denied. */
import type { Json } from '../kernel/canonical.ts'
import { faultLine } from '../kernel/names.ts'
import { isRefusal, type Refusal, Refused, refuser } from '../kernel/refusal.ts'
import type { Who } from '../machine/route.ts'
import { type Authority, actionOf, type Context, type Principal } from '../rooms/access/authority/index.ts'
import { type AccessState, accessRoom, isGuarded, personOf, phaseOf, rolesNow } from '../rooms/access/index.ts'
import type { Caller } from './auth.ts'
import { refuse } from './refusals.ts'
import type { Served } from './served.ts'

/** What is asked for; `own`: what is the caller's own, whoever the person is. */
export interface Asks {
  readonly action: string
  readonly proposer?: string
  readonly about?: string
  readonly owner?: string
}
export const OWN: Asks = { action: 'own' }

export interface PermissionOptions {
  readonly served: Served
  /** Opened when it is first asked. */
  readonly authority: () => Promise<Pick<Authority, 'decide' | 'may'>>
  /**
   * A throw-away deployment of a drill, a test or a bench: while nobody is registered the host's token may ask for anything. Code alone can
   * say so; no setting and no flag does.
   */
  readonly rehearsal: boolean
  readonly log: (line: string) => void
}

const accessRefuse = refuser(accessRoom.refusals)
const missing = (what: string, id: string, code = 'ACCESS-012', field = what): Refusal =>
  accessRefuse(code, `there is no ${what} ${id.slice(0, 64)}`, { field })

/** The proposal that a path names, and whom it is about. */
function proposalOf(state: AccessState, id: string): (Omit<Asks, 'action'> & { readonly act: string }) | Refusal {
  const found = state.proposals.get(id)?.proposal
  if (found === undefined) return missing('proposal', id, 'ACCESS-013')
  const { person } = found.parameters as { readonly [name: string]: Json }
  const about = typeof person === 'string' && person !== '' ? { about: person } : {}
  return { act: found.act, proposer: found.proposed_by, ...about }
}

const ON_PROPOSALS = /^(proposal\.(approve|veto|withdraw|execute)|call\.(open|answer))$/

/** What a command of a route asks the authority for. `path`: the members of its path. */
export function asksOf(state: AccessState | undefined, command: string, path: Readonly<Record<string, string>>) {
  const { proposal = '', session = '', key = '' } = path
  if (state === undefined) return { action: command }
  if (ON_PROPOSALS.test(command)) {
    const found = proposalOf(state, proposal)
    if (isRefusal(found)) return found
    const { act, ...people } = found
    return { action: actionOf(command, act) ?? command, ...people }
  }
  if (command === 'session.end') {
    const owner = state.sessions.get(session)?.person
    return owner === undefined ? missing('session', session) : { action: command, owner }
  }
  if (command === 'key.lose') {
    const owner = state.credentials.get(key)
    return owner === undefined ? missing('key', key) : { action: command, owner }
  }
  return { action: isGuarded(command) ? `propose.${command}` : command }
}

/** While nobody is registered the terminal looks on and stops a theft, and that is all. */
const isOfHostWhileBare = (action: string): boolean => action.endsWith('.read') || action === 'halt.raise'

export class Permission {
  readonly #options: PermissionOptions

  constructor(options: PermissionOptions) {
    this.#options = options
  }

  get #state(): AccessState | undefined {
    return this.#options.served.app.rooms?.access.state
  }

  #principalOf({ kind, by }: Caller): Principal | undefined {
    const state = this.#state
    if (kind === 'host') return { kind }
    if (kind === 'service') {
      const service = state?.services.get(by.slice('service:'.length))
      return service?.removed_at === null ? { kind, service: service.service, scopes: service.scopes } : undefined
    }
    const person = kind === 'person' ? state?.people.get(personOf(by) ?? '') : undefined
    if (person === undefined) return undefined
    return { kind: 'person', person: person.person, roles: rolesNow(person), founder: state?.founder === person.person }
  }

  get #context(): Context {
    return { founding: this.#state !== undefined && phaseOf(this.#state) === 'founding' }
  }

  /** The authority, or why there is none: then nobody may anything. */
  async #authority(): Promise<Pick<Authority, 'decide' | 'may'> | Refusal> {
    try {
      return await this.#options.authority()
    } catch (fault) {
      this.#options.log(`the policies could not be opened: ${faultLine(fault, 200)}`)
      return fault instanceof Refused ? fault.refusal : refuse('HTTP-023', 'the policies could not be read')
    }
  }

  /** Why the caller may not, if so. `who`: for whom the endpoint is at all. */
  async fault(caller: Caller, who: Who, asks: Asks | Refusal): Promise<Refusal | undefined> {
    if (who === 'public') return undefined
    const isBare = this.#state === undefined || phaseOf(this.#state) === 'bare'
    if (isBare && caller.kind === 'host' && this.#options.rehearsal) return undefined
    if (isRefusal(asks)) return asks
    const { action } = asks
    if (isBare && !this.#options.rehearsal) {
      if (caller.kind === 'host' && isOfHostWhileBare(action)) return undefined
      return refuse('HTTP-022', `${action} before anybody is registered`)
    }
    if (action === OWN.action) return caller.kind === 'person' ? undefined : noPerson(caller)
    if (who === 'person' && caller.kind === 'service') return noPerson(caller)
    const authority = await this.#authority()
    if (isRefusal(authority)) return authority
    const principal = this.#principalOf(caller)
    if (principal === undefined) return noPerson(caller)
    const verdict = authority.decide({ principal, context: this.#context, ...asks })
    return 'allowed' in verdict ? undefined : verdict
  }

  /** The actions that a person may do at all. */
  async may(caller: Caller): Promise<readonly string[] | Refusal> {
    const principal = this.#principalOf(caller)
    const authority = await this.#authority()
    if (isRefusal(authority)) return authority
    return principal === undefined ? [] : authority.may(principal, this.#context)
  }
}

/** What only somebody who signed in does. */
export const noPerson = ({ by }: Caller): Refusal => refuse('HTTP-003', `${by} is no person who signed in`)
