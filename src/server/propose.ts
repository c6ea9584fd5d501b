/** A wish that nobody carries out alone, turned into a proposal: its endpoint answers with what others must approve. */
import { z } from 'zod'
import { asJson, type Json } from '../kernel/canonical.ts'
import { parse } from '../kernel/input.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Recorded } from '../machine/index.ts'
import type { Data } from '../machine/room.ts'
import type { Params } from '../machine/route.ts'
import { isGuarded, phaseOf, proposalView } from '../rooms/access/index.ts'
import type { Caller } from './auth.ts'
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

/** Makes the proposal. The founder, while founding, has it done at once and is told so. */
export async function propose(
  served: Served,
  asked: { readonly command: string; readonly schema: z.ZodType<Data> | undefined; readonly params: Params },
  caller: Caller,
  now: Instant,
): Promise<Json | Refusal> {
  const { command: act, schema } = asked
  const { parameters, reason } = apart(schema, asked.params)
  const checked = schema === undefined ? (parameters as Data) : parse(schema, parameters)
  if (isRefusal(checked)) return checked
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
  return { executed: false, ...(state && (proposalView(state, proposal, now) as { readonly [name: string]: Json })) }
}
