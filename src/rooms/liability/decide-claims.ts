/** Claims: what customers held of what was stolen. */
import { chainOf, normalAccount, normalAsset } from '../../kernel/caip.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decision, MessageOf } from '../../machine/room.ts'
import type { commands, events } from './messages.ts'
import { refuse } from './refusals.ts'
import type { Case, LiabilityState } from './state.ts'

type Commands = typeof commands
type Decided = Decision<typeof events>
type Filed = Extract<MessageOf<typeof events>, { type: 'claim.filed' }>['data']

/** Two filings of one id must say the same: a repeat is no news, a change is a conflict. */
const sameClaim = (a: Filed, b: Filed): boolean =>
  a.incident === b.incident &&
  a.customer === b.customer &&
  a.asset === b.asset &&
  a.amount === b.amount &&
  a.pay_to === b.pay_to

function filedBefore(state: LiabilityState, id: string): Filed | undefined {
  const known = state.claims.get(id)
  if (known === undefined) return undefined
  const { claim, incident, customer, asset, amount, payTo } = known
  return { claim, incident, customer, asset, amount: String(amount), pay_to: payTo }
}

/** What is left to claim of an asset, within this command too. */
class Room {
  readonly #left = new Map<string, bigint>()
  readonly #case: Case

  constructor(theCase: Case) {
    this.#case = theCase
  }

  left(asset: string): bigint | undefined {
    const loss = this.#case.losses.get(asset)
    return loss && (this.#left.get(asset) ?? loss.amount - loss.claimed)
  }

  take(asset: string, amount: bigint): void {
    this.#left.set(asset, (this.left(asset) ?? 0n) - amount)
  }
}

/** The event of one claim, `undefined` for a repeat, or why it cannot be filed. */
function fileOne(state: LiabilityState, filed: Filed, before: Filed | undefined, room: Room, field: string) {
  const known = before ?? filedBefore(state, filed.claim)
  if (known !== undefined) {
    if (state.claims.get(filed.claim)?.withdrawn === true) {
      return refuse('LIABILITY-008', `claim ${filed.claim} was withdrawn; its id is spent`, { field: `${field}.claim` })
    }
    if (sameClaim(known, filed)) return undefined
    return refuse('LIABILITY-008', `claim ${filed.claim} stands with other particulars`, { field: `${field}.claim` })
  }
  if (chainOf(filed.pay_to) !== chainOf(filed.asset)) {
    const detail = `${filed.pay_to} is not an account of ${chainOf(filed.asset)}`
    return refuse('LIABILITY-005', detail, { field: `${field}.pay_to` })
  }
  const left = room.left(filed.asset)
  if (left === undefined) {
    return refuse('LIABILITY-007', `${filed.incident} lost no ${filed.asset}`, { field: `${field}.asset` })
  }
  if (BigInt(filed.amount) > left) {
    const detail = `claim ${filed.claim} asks ${filed.amount} of ${filed.asset}; ${left < 0n ? 0n : left} are left to claim`
    return refuse('LIABILITY-007', detail, { field: `${field}.amount`, expected: `at most ${left < 0n ? 0n : left}` })
  }
  room.take(filed.asset, BigInt(filed.amount))
  return { type: 'claim.filed' as const, data: filed }
}

/** All claims of the command, or none: a list with one wrong line is to be corrected, not half taken. */
export function fileClaims(state: LiabilityState, data: DataOf<Commands, 'claim.file'>): Decided {
  const theCase = state.cases.get(data.incident)
  if (theCase === undefined || theCase.losses.size === 0) return noLoss(data.incident)
  const room = new Room(theCase)
  const inThis = new Map<string, Filed>()
  const filings: MessageOf<typeof events>[] = []
  for (const [place, claim] of data.claims.entries()) {
    const filed = {
      ...claim,
      incident: data.incident,
      asset: normalAsset(claim.asset),
      pay_to: normalAccount(claim.pay_to),
    }
    const event = fileOne(state, filed, inThis.get(filed.claim), room, `claims.${place}`)
    if (event === undefined) continue
    if ('refused' in event) return event
    inThis.set(filed.claim, filed)
    filings.push(event)
  }
  return filings
}

export const noLoss = (incident: string): Refusal =>
  refuse('LIABILITY-006', `no loss is recorded for ${incident}`, { field: 'incident' })

export function withdrawClaim(state: LiabilityState, data: DataOf<Commands, 'claim.withdraw'>): Decided {
  const claim = state.claims.get(data.claim)
  if (claim === undefined) return refuse('LIABILITY-009', `there is no claim ${data.claim}`, { field: 'claim' })
  if (claim.withdrawn) return []
  const repayment = claim.repayment === undefined ? undefined : state.repayments.get(claim.repayment)
  if (repayment !== undefined && repayment.status !== 'planned') {
    const detail = `repayment ${repayment.repayment} of claim ${data.claim} is ${repayment.status}`
    return refuse('LIABILITY-010', detail, { field: 'claim' })
  }
  const draws = (repayment?.draws ?? []).map(({ fund, krw }) => ({ fund, krw: String(krw) }))
  const planned = repayment === undefined ? {} : { repayment: repayment.repayment }
  return [{ type: 'claim.withdrawn', data: { ...data, incident: claim.incident, ...planned, draws } }]
}
