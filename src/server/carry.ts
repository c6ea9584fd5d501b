/** One request carried to its route: parameters gathered and checked, a command submitted and awaited, the answer returned. */
import type { z } from 'zod'
import type { Json } from '../kernel/canonical.ts'
import { parse } from '../kernel/input.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Data } from '../machine/room.ts'
import type { AnswerTools, BoundRoute, Params } from '../machine/route.ts'
import type { Caller } from './auth.ts'
import { mustBeProposed, propose } from './propose.ts'
import { refuse } from './refusals.ts'
import type { Served } from './served.ts'

export interface Asked {
  readonly path: Readonly<Record<string, string>>
  /** Without the question mark. */
  readonly query: string
  readonly body: { readonly [key: string]: Json }
}

/** The members of a query, each once. */
export function queryOf(query: string): Record<string, string> | Refusal {
  const members: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    const shown = name.slice(0, 60)
    if (name === '__proto__' || Object.hasOwn(members, name)) {
      return refuse('HTTP-010', `the query names "${shown}" twice or wrongly`, {
        field: shown,
        expected: 'each parameter once',
      })
    }
    members[name] = value
  }
  return members
}

/** One flat object; a name in two places is refused, for one of the two would be ignored. */
function gather(route: BoundRoute, { path, query, body }: Asked): Params | Refusal {
  const asked = queryOf(query)
  if (isRefusal(asked)) return asked
  const [extra] = Object.keys(asked)
  if (extra !== undefined && (route.command !== undefined || route.params === undefined)) {
    return refuse('HTTP-010', `this endpoint takes no query, yet there is "${extra.slice(0, 60)}"`, {
      field: extra.slice(0, 60),
    })
  }
  const rest = route.command === undefined ? asked : body
  const twice = Object.keys(path).find((name) => Object.hasOwn(rest, name) && rest[name] !== path[name])
  if (twice !== undefined) {
    return refuse('HTTP-010', `"${twice}" stands in the path and differently elsewhere`, {
      field: twice,
      expected: `${path[twice]}`,
    })
  }
  return { ...rest, ...path }
}

export interface Carrying {
  readonly served: Served
  readonly schemas: ReadonlyMap<string, z.ZodType<Data>>
  readonly now: () => Instant
}

export const toolsFor = ({ served, now }: Carrying, { by, session }: Caller): AnswerTools => ({
  ...{ now: now(), by, session },
  attest: (kind, claims) => served.attest(kind, claims),
  record: served.record(),
})

export interface Carried {
  /** 202 where the wish became a proposal: nothing of it is done yet. */
  readonly status: 200 | 202
  readonly answer: Json | Refusal
}

const done = (answer: Json | Refusal): Carried => ({ status: 200, answer })

/** The route's answer, or the first refusal on the way to it. A command is durable when this resolves with an answer. */
export async function carry(carrying: Carrying, route: BoundRoute, asked: Asked, caller: Caller): Promise<Carried> {
  const params = gather(route, asked)
  if (isRefusal(params)) return done(params)
  const { served, schemas } = carrying
  const { command } = route
  if (command !== undefined && mustBeProposed(served, command)) {
    return { status: 202, answer: await propose(carrying, command, params, caller) }
  }
  const schema = command === undefined ? route.params : schemas.get(command)
  const data = schema === undefined ? (params as Data) : parse(schema, params)
  if (isRefusal(data)) return done(data)
  if (command !== undefined) {
    const answer = await served.submit({ type: command, data, by: caller.by })
    if (isRefusal(answer)) return done(answer)
  }
  return done(await route.answer(data, toolsFor(carrying, caller)))
}
