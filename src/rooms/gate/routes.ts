/** The gate's endpoints. */
import { z } from 'zod'
import type { Json } from '../../kernel/canonical.ts'
import { nameSchema } from '../../kernel/names.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Data } from '../../machine/room.ts'
import type { AnswerTools, Route } from '../../machine/route.ts'
import { denyKey, denyKeysOf } from './address.ts'
import { PERMIT_TYPE } from './permit/jws.ts'
import { refuse } from './refusals.ts'
import type { GateState } from './state.ts'
import {
  denyListViews,
  evacuationView,
  haltViews,
  permitClaims,
  permitStatus,
  policyView,
  signedClaims,
  spendablePermit,
  walletByName,
  withdrawalById,
  withdrawalPage,
  withdrawalStatuses,
} from './views.ts'

/** Withdrawals in one page, and how many where the caller does not say. */
const PAGE_MAX = 500
const PAGE_USUAL = 50

/** A permit as it is told: its JWS only while a signer may still spend it. */
async function told(state: GateState, permit: string, tools: AnswerTools) {
  const claims = permitClaims(state, permit)
  if (claims === undefined) return null
  const isSpendable = spendablePermit(state, permit, tools.now) !== undefined
  const jws = isSpendable ? await tools.attest(PERMIT_TYPE, signedClaims(claims)) : null
  return { ...claims, status: permitStatus(state, permit, tools.now) ?? 'expired', jws }
}

const noWithdrawal = (withdrawal: string): Refusal =>
  refuse('GATE-021', `there is no withdrawal ${withdrawal}`, { field: 'withdrawal' })

async function decided(state: GateState, { withdrawal }: Data, tools: AnswerTools): Promise<Json | Refusal> {
  const view = withdrawalById(state, String(withdrawal))
  if (view === undefined) return noWithdrawal(String(withdrawal))
  const permit = typeof view.permit === 'string' ? await told(state, view.permit, tools) : null
  return { ...view, permit }
}

const halts = (state: GateState): Json => haltViews(state)
const policy = (state: GateState): Json => policyView(state)
const wallet = (state: GateState, { wallet: name }: Data): Json | Refusal =>
  walletByName(state, String(name)) ?? refuse('GATE-035', `there is no wallet ${String(name)}`, { field: 'wallet' })

const page = z.strictObject({
  status: z.enum(withdrawalStatuses).optional(),
  wallet: nameSchema.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_USUAL),
  before: z.coerce.number().int().min(0).optional(),
})

const address = z.strictObject({ address: z.string().min(1).max(200).optional() })

/** Whether a destination would be denied; without one, what was imported. */
function denyList(state: GateState, params: Data): Json {
  const { address: asked } = address.parse(params)
  if (asked === undefined) return { lists: denyListViews(state), entries: state.denied.size }
  // A bare address is looked for on any chain, and on none in particular.
  const keys = asked.split(':').length >= 3 ? denyKeysOf(asked) : [denyKey(`*:${asked}`) ?? asked]
  const lists = [...new Set(keys.flatMap((key) => state.denied.get(key) ?? []))]
  return { address: asked, denied: lists.length > 0, lists }
}

const withdrawalRoutes: readonly Route<GateState>[] = [
  {
    method: 'POST',
    path: '/v1/withdrawals',
    who: 'service',
    summary: 'Ask to move coins: a permit, a hold or a denial with reasons. The same id and body get the same answer.',
    command: 'withdrawal.request',
    answer: decided,
  },
  {
    method: 'GET',
    path: '/v1/withdrawals',
    who: 'person',
    summary: 'Withdrawals, newest first.',
    params: page,
    view: (state, params) => withdrawalPage(state, page.parse(params)),
  },
  {
    method: 'GET',
    path: '/v1/withdrawals/:withdrawal',
    who: 'service',
    summary: 'What became of one withdrawal.',
    params: z.strictObject({ withdrawal: nameSchema }),
    view: decided,
  },
  {
    method: 'POST',
    path: '/v1/withdrawals/:withdrawal/release',
    who: 'person',
    summary: 'Let a withdrawal go that waits for a person. Its window still holds.',
    command: 'withdrawal.release',
    answer: decided,
  },
  {
    method: 'POST',
    path: '/v1/withdrawals/:withdrawal/reject',
    who: 'person',
    summary: 'Deny a withdrawal that is held.',
    command: 'withdrawal.reject',
    answer: decided,
  },
  {
    method: 'GET',
    path: '/v1/permits/:permit',
    who: 'service',
    summary: 'A permit, with its JWS while it can be spent.',
    params: z.strictObject({ permit: nameSchema }),
    view: async (state, { permit }, tools) =>
      (await told(state, String(permit), tools)) ??
      refuse('GATE-029', `there is no permit ${String(permit)}`, { field: 'permit' }),
  },
]

const haltRoutes: readonly Route<GateState>[] = [
  {
    method: 'GET',
    path: '/v1/halts',
    who: 'service',
    summary: 'Halts in force and the newest halt epoch, which signers compare with a permit’s.',
    view: halts,
  },
  {
    method: 'POST',
    path: '/v1/halts',
    who: 'person',
    summary: 'Halt everything, a chain, a wallet or an asset.',
    command: 'halt.raise',
    answer: halts,
  },
  {
    method: 'POST',
    path: '/v1/halts/lift',
    who: 'person',
    summary: 'Lift a halt.',
    command: 'halt.lift',
    answer: halts,
  },
  {
    method: 'POST',
    path: '/v1/wallets/:wallet/evacuate',
    who: 'person',
    summary: 'Move what is left of a wallet to its refuge, now.',
    command: 'evacuation.order',
    answer: (state, { wallet: name }, { now }) => evacuationView(state, String(name), now) ?? null,
  },
]

const registryRoutes: readonly Route<GateState>[] = [
  {
    method: 'POST',
    path: '/v1/wallets',
    who: 'person',
    summary: 'Register a wallet, or add assets or a first refuge to one.',
    command: 'wallet.register',
    answer: wallet,
  },
  { method: 'GET', path: '/v1/policy', who: 'person', summary: 'The policy in force, or null.', view: policy },
  {
    method: 'PUT',
    path: '/v1/policy',
    who: 'person',
    summary: 'Replace the policy.',
    command: 'policy.set',
    answer: policy,
  },
  {
    method: 'GET',
    path: '/v1/denylist',
    who: 'person',
    summary: 'Whether an address is denied; without one, which lists were imported.',
    params: address,
    view: denyList,
  },
  {
    method: 'POST',
    path: '/v1/denylist',
    who: 'person',
    summary: 'Add a part of a deny list.',
    command: 'denylist.import',
    answer: (state) => ({ lists: denyListViews(state), entries: state.denied.size }),
  },
]

export const routes: readonly Route<GateState>[] = [...withdrawalRoutes, ...haltRoutes, ...registryRoutes]
