/**
 * What each guarded act brings about, as it stands in the journal: the event, and how its data follow from the parameters that were
 * approved. The events of other rooms are named here as words of the journal; this room knows nothing else of them.
 */
import { normalAccount, normalAsset } from '../../../kernel/caip.ts'
import { asJson, canonical, type Json } from '../../../kernel/canonical.ts'
import type { Data } from '../../../machine/room.ts'
import type { GuardedAct } from '../acts.ts'

export interface Brings {
  readonly event: string
  /** Whether these data are what those parameters bring about. */
  readonly fits: (parameters: Data, data: Data) => boolean
  /** How often one execution brings it about; once where absent. */
  readonly times?: (parameters: Data) => number
}

const same = (a: unknown, b: unknown): boolean => canonical(asJson(a)) === canonical(asJson(b))

/** The event repeats the parameters; members that nobody gave have their defaults. */
const repeats =
  (defaults: Data = {}, normal: (parameters: Data) => Data = (parameters) => parameters) =>
  (parameters: Data, data: Data): boolean =>
    same(normal({ ...defaults, ...parameters }), data)

/** The event has these members of the parameters as they are, and others of its own. */
const carries =
  (...members: readonly string[]) =>
  (parameters: Data, data: Data): boolean =>
    members.every((name) => same(parameters[name] ?? null, data[name] ?? null))

const listOf = (value: Json | undefined): readonly Data[] =>
  Array.isArray(value)
    ? value.map((item: Json) => (typeof item === 'object' && item !== null ? (item as Data) : {}))
    : []

const assetIn = (item: Data): Data => ({ ...item, asset: normalAsset(String(item.asset)) })

function normalWallet({ account, refuge, assets, ...rest }: Data): Data {
  const safe = refuge === undefined ? {} : { refuge: normalAccount(String(refuge)) }
  return { ...rest, ...safe, account: normalAccount(String(account)), assets: listOf(assets).map(assetIn) }
}

const normalScope = (scope: string): string =>
  scope.startsWith('asset:') ? `asset:${normalAsset(scope.slice('asset:'.length))}` : scope

/** Asked of the gate in one turn at most, where nobody gave a number: the liability room's own default. */
const PAID_AT_ONCE = 50

const paysFrom = (parameters: Data, data: Data): boolean =>
  same(parameters.incident, data.incident) &&
  listOf(parameters.wallets).some(
    ({ asset, wallet }) => wallet === data.wallet && normalAsset(String(asset)) === data.asset,
  )

const person = repeats({ accounts: [] })

export const EFFECTS: Readonly<Record<GuardedAct, Brings>> = {
  'policy.set': {
    event: 'policy.changed',
    fits: repeats({}, ({ limits, ...rest }) => ({ ...rest, limits: listOf(limits).map(assetIn) })),
  },
  'wallet.register': { event: 'wallet.registered', fits: repeats({}, normalWallet) },
  'halt.lift': {
    event: 'halt.lifted',
    fits: ({ scope, reason }, data) => normalScope(String(scope)) === data.scope && reason === data.reason,
  },
  'withdrawal.release': { event: 'withdrawal.released', fits: repeats() },
  'repayment.pay': {
    event: 'repayment.requested',
    fits: paysFrom,
    times: ({ count_max }) => (typeof count_max === 'number' ? count_max : PAID_AT_ONCE),
  },
  'notice.approve': { event: 'notice.approved', fits: carries('notice') },
  'pack.load': { event: 'pack.loaded', fits: repeats() },
  'recipient.set': { event: 'recipient.changed', fits: repeats() },
  'reporter.set': { event: 'reporter.changed', fits: repeats() },
  'incident.close': { event: 'incident.closed', fits: carries('incident', 'summary') },
  'clock.meet': { event: 'clock.met', fits: carries('incident', 'obligation', 'evidence') },
  'fund.set': { event: 'fund.changed', fits: repeats() },
  'person.invite': { event: 'person.invited', fits: person },
  'person.change': { event: 'person.changed', fits: person },
  'person.restore': { event: 'person.restored', fits: repeats() },
  'key.add': { event: 'key.registered', fits: repeats() },
  'key.recover': { event: 'key.recovered', fits: repeats() },
  'service.register': { event: 'service.registered', fits: repeats() },
  'approvals.set': { event: 'approvals.changed', fits: repeats() },
  'risk.clear': { event: 'risk.cleared', fits: repeats() },
  'site.set': { event: 'site.changed', fits: repeats() },
}

/** Event -> the act that alone brings it about. */
const ACTS: ReadonlyMap<string, GuardedAct> = new Map(
  Object.entries(EFFECTS).map(([act, { event }]) => [event, act as GuardedAct]),
)
export const actBehind = (event: string): GuardedAct | undefined => ACTS.get(event)
