/** A wish that nobody carries out alone, turned into a proposal: its endpoint answers with what others must approve. */
import { z } from 'zod'
import { asJson, type Json } from '../kernel/canonical.ts'
import { parse } from '../kernel/input.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Recorded } from '../machine/index.ts'
import type { Data } from '../machine/room.ts'
import type { Params } from '../machine/route.ts'
import { isGuarded, phaseOf, proposalView } from '../rooms/access/index.ts'
import type { Caller } from './auth.ts'
import type { Carrying } from './carry.ts'
import { serviceKeyOf } from './door/index.ts'
import type { Served } from './served.ts'

/** While nobody is registered there is nobody to ask. */
export const mustBeProposed = ({ app }: Served, command: string): boolean =>
  app.rooms !== undefined && isGuarded(command) && phaseOf(app.rooms.access.state) !== 'bare'

/** The act's own data, and the reason beside it, where the act knows none. */
function apart(schema: z.ZodType<Data> | undefined, params: Params): { parameters: Params; reason: unknown } {
  const { reason, ...rest } = params
  const takesReason = schema instanceof z.ZodObject && Object.hasOwn(schema.shape, 'reason')
  return { parameters: takesReason ? params : rest, reason }
}

const has = (recorded: readonly Recorded[], type: string): Data | undefined =>
  recorded.find((entry) => entry.kind === 'event' && entry.type === type)?.data

/** What no approver can see in the text: a key that signs nothing soundly. */
function unsound(act: string, { public_key }: Data): Refusal | undefined {
  if (act !== 'service.register' || typeof public_key !== 'string') return undefined
  const key = serviceKeyOf(public_key)
  return isRefusal(key) ? key : undefined
}

/** Makes the proposal. The founder, while founding, has it done at once and is told so. */
export async function proposeAct(
  { served, schemas, now }: Carrying,
  asked: { readonly act: string; readonly parameters: Params; readonly reason: unknown },
  caller: Caller,
): Promise<Json | Refusal> {
  const { act, parameters, reason } = asked
  const schema = schemas.get(act)
  const checked = schema === undefined ? (parameters as Data) : parse(schema, parameters)
  if (isRefusal(checked)) return checked
  const fault = unsound(act, checked)
  if (fault !== undefined) return fault
  const origin = {
    ...(caller.session !== undefined && { session: caller.session }),
    ...(caller.from && { from: caller.from }),
  }
  const data = { act, parameters: asJson(checked), reason: asJson(reason ?? ''), origin }
  const answer = await served.submit({ type: 'proposal.make', data, by: caller.by })
  if (isRefusal(answer)) return answer
  const made = has(answer.recorded, 'proposal.made')
  if (made === undefined) return { executed: true, act }
  const { proposal } = made.proposal as { readonly proposal: string }
  const state = served.app.rooms?.access.state
  return { executed: false, ...(state && (proposalView(state, proposal, now()) as { readonly [name: string]: Json })) }
}

/** The same from a route's parameters, in which the reason stands among the others. */
export const propose = (carrying: Carrying, act: string, params: Params, caller: Caller): Promise<Json | Refusal> =>
  proposeAct(carrying, { act, ...apart(carrying.schemas.get(act), params) }, caller)
