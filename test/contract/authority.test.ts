import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../../src/app.ts'
import {
  ACTIONS,
  type Action,
  type Authority,
  actionOf,
  type Context,
  GUARDED_ACTS,
  openAuthority,
  type Principal,
  READ_ROOMS,
  ROLES,
  SCOPES,
  type Verdict,
} from '../../src/rooms/access/authority/index.ts'
import { loadAuthority, readPolicyFiles } from '../../src/world/authority.ts'
import {
  CASES,
  decidedBy,
  FOUNDED,
  FOUNDING,
  HOST,
  PAIRS,
  person,
  type Relation,
  relationsOf,
  service,
} from '../kit/authority.ts'
import { commandSchemas } from '../kit/rooms.ts'

let authority: Authority
beforeAll(async () => {
  authority = await loadAuthority()
})

const ask = (
  { action }: Action,
  { people }: Relation,
  principal: Principal,
  context: Context,
  of: Authority = authority,
): Verdict => of.decide({ principal, action, context, ...people })

/** `yes`; `-` no policy permits it; `NO` a policy forbids it. */
const cell = (verdict: Verdict): string =>
  'allowed' in verdict ? 'yes' : verdict.code === 'AUTHORITY-001' ? '-' : verdict.code === 'AUTHORITY-002' ? 'NO' : '?!'

const NAME_WIDTH = 28

interface Column {
  readonly head: string
  readonly principal: Principal
  readonly context: Context
}
const COLUMNS: readonly Column[] = [
  ...ROLES.map((role) => ({ head: role, principal: person([role]), context: FOUNDED })),
  { head: 'no role', principal: person([]), context: FOUNDED },
  { head: 'host', principal: HOST, context: FOUNDED },
  { head: 'founder while founding', principal: person([], true), context: FOUNDING },
]

/** The answers of one relation in all columns, and behind them the relations with the same answers; a single line needs no such words. */
function rows(action: Action): string[] {
  const same = new Map<string, string[]>()
  for (const relation of relationsOf(action)) {
    const cells = COLUMNS.map(({ head, principal, context }) =>
      cell(ask(action, relation, principal, context)).padEnd(head.length),
    ).join('  ')
    same.set(cells, [...(same.get(cells) ?? []), relation.words])
  }
  return [...same].map(([cells, words]) =>
    `${action.action.padEnd(NAME_WIDTH)}${cells}${same.size > 1 ? `  ${words.join('; ')}` : ''}`.trimEnd(),
  )
}

function table(): string {
  const heads = COLUMNS.map(({ head }) => head).join('  ')
  const groups = ['read', 'command', 'propose', 'approve', 'veto'].map((group) => {
    const actions = ACTIONS.filter((one) => one.group === group && one.by.some((kind) => kind !== 'service'))
    return [`${`## ${group}`.padEnd(NAME_WIDTH)}${heads}`, ...actions.flatMap(rows)].join('\n')
  })
  return groups.join('\n\n')
}

/** Where two roles in one hand give less than each of them alone would. */
function pairs(): string {
  const lines = PAIRS.map(([one, other]) => {
    const lost = CASES.filter(({ action, relation }) => {
      const alone = [one, other].some((role) => 'allowed' in ask(action, relation, person([role]), FOUNDED))
      return alone && !('allowed' in ask(action, relation, person([one, other]), FOUNDED))
    })
    const by = new Set(
      lost.flatMap(({ action, relation }) => decidedBy(ask(action, relation, person([one, other]), FOUNDED))),
    )
    const which = [...new Set(lost.map(({ action }) => action.action))].sort()
    const names = which.length > 4 ? `${which.length} actions` : which.join(', ')
    return `${one} + ${other}: ${lost.length === 0 ? 'both' : `not ${names}: ${[...by].sort().join(', ')}`}`
  })
  return lines.join('\n')
}

const machines = (): string =>
  SCOPES.map((scope) => {
    const [founded, founding] = [FOUNDED, FOUNDING].map((context) => authority.may(service(scope), context).join(', '))
    return `${scope}: ${founded || 'nothing'}${founding === founded ? '' : `; while founding ${founding || 'nothing'}`}`
  }).join('\n')

/** How founding changes what somebody may who is not the founder, and what a role takes from the founder. */
function founding(): string {
  const people = ACTIONS.filter(({ by }) => by.includes('person')).length
  return ROLES.map((role) => {
    const usual = authority.may(person([role]), FOUNDED).join()
    const meanwhile = authority.may(person([role]), FOUNDING).join()
    const founder = authority.may(person([role], true), FOUNDING)
    const after = authority.may(person([role], true), FOUNDED).join()
    const same = `${usual === meanwhile ? 'as usual' : 'OTHERWISE'}; as the founder ${founder.length} of ${people} actions`
    return `${role}: while founding ${same}, afterwards ${after === usual ? 'as anybody with the role' : 'OTHERWISE'}`
  }).join('\n')
}

const inForce = (): string =>
  authority.policies.map(({ file, effect, id }) => `${file.padEnd(18)} ${effect.padEnd(6)} ${id}`).join('\n')

describe('who may do what', () => {
  it('Z1 is what a reviewer agreed to', async () => {
    const text = [
      `yes: permitted.  -: no policy permits it.  NO: a policy forbids it, whatever else permits it.`,
      table(),
      `## two roles in one hand: what each gives alone, unless it says not\n${pairs()}`,
      `## service accounts: what each scope gives\n${machines()}`,
      `## founding\n${founding()}`,
      `## policies in force\n${inForce()}`,
    ].join('\n\n')
    expect(text).not.toContain('?!')
    await expect(`${text}\n`).toMatchFileSnapshot('../golden/authority.txt')
  })

  it('Z12 would be another without any one of the policies', () => {
    const files = readPolicyFiles()
    const withoutForbids = openAuthority(cedar, {
      ...files,
      files: files.files.filter(({ name }) => name !== 'separation.cedar'),
    })
    expect(withoutForbids.policies.filter(({ effect }) => effect === 'forbid')).toEqual([])
    const principals: readonly Principal[] = [
      ...ROLES.map((role) => person([role])),
      ...[person(['operator', 'approver']), person(['operator', 'guardian'])],
      ...[person(['auditor', 'guardian']), person([], true), HOST, ...SCOPES.map((scope) => service(scope))],
    ]
    const needed = new Set(
      principals.flatMap((principal) =>
        [FOUNDED, FOUNDING].flatMap((context) =>
          CASES.flatMap(({ action, relation }) => {
            const verdict = ask(action, relation, principal, context)
            const deciding = decidedBy(verdict)
            // Alone in what it decides, and for a forbid: of something that is permitted otherwise.
            if (deciding.length !== 1) return []
            const turns = 'allowed' in verdict || 'allowed' in ask(action, relation, principal, context, withoutForbids)
            return turns ? deciding : []
          }),
        ),
      ),
    )
    expect(authority.policies.map(({ id }) => id).filter((id) => !needed.has(id))).toEqual([])
  })
})

/** Reading has no command; these are not rooms of the machine. */
const PAGES_OF_NO_ROOM: readonly string[] = ['overview', 'journal']

describe('the gaps, in the open', () => {
  it('are what nobody may do, what no route asks for, and routes that no action covers', async () => {
    const { machine, routes } = openApp()
    const everybody = [...ROLES.map((role) => person([role])), ...SCOPES.map((scope) => service(scope)), HOST]
    const done = new Set(everybody.flatMap((principal) => authority.may(principal, FOUNDED)))
    const guarded: ReadonlySet<string> = new Set(GUARDED_ACTS)
    const served = routes.flatMap(({ command, method, path }) =>
      command === undefined ? [] : [{ command, name: `${method} ${path} ${command}` }],
    )
    const rooms = new Set([...machine.rooms.map(({ name }) => name), ...PAGES_OF_NO_ROOM])
    const asked = new Set([
      ...served.map(({ command }) => (guarded.has(command) ? command : actionOf(command))),
      ...READ_ROOMS.filter((room) => rooms.has(room)).map((room) => `${room}.read`),
    ])
    const list = (head: string, lines: readonly string[]): string =>
      [`## ${head}`, ...(lines.length === 0 ? ['(none)'] : [...new Set(lines)].sort())].join('\n')
    const text = [
      list(
        'actions that nobody may do once founding is closed',
        ACTIONS.map(({ action }) => action).filter((action) => !done.has(action)),
      ),
      list(
        'actions that no route asks for',
        ACTIONS.filter(({ group }) => group === 'read' || group === 'command')
          .map(({ action }) => action)
          .filter((action) => !asked.has(action)),
      ),
      list(
        'guarded acts without a route of their own (they can be proposed by POST /v1/proposals)',
        GUARDED_ACTS.filter((act) => !asked.has(act)),
      ),
      list(
        'guarded acts that no room carries out',
        GUARDED_ACTS.filter((act) => !Object.hasOwn(commandSchemas, act)),
      ),
      list(
        'routes whose command no action covers: the door refuses them',
        served.filter(({ command }) => actionOf(command, 'halt.lift') === undefined).map(({ name }) => name),
      ),
      list(
        'rooms whose pages no action covers',
        machine.rooms
          .map(({ name }) => name)
          .filter((name) => name !== 'outbox' && !READ_ROOMS.some((room) => room === name)),
      ),
    ].join('\n\n')
    await expect(`${text}\n`).toMatchFileSnapshot('../golden/authority-gaps.txt')
  })
})
