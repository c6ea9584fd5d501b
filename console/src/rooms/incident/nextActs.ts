/** The next act of each role in a case, derived from the case alone. A role with nothing to do is listed too, so that nobody wonders. */
import type { Incident, State, Wallet } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import type { Say } from '../../i18n/language.tsx'
import { paths } from '../../paths.ts'
import { isHalted, type Role } from '../now/whatNow.ts'
import { dueOf, isOwed } from './Clocks.tsx'
import { isReadingCopy } from './noticeGroups.ts'

export interface NextAct {
  readonly id: string
  readonly text: (t: Say) => string
  /** Absent where the act is outside of the console. */
  readonly link?:
    | ReturnType<typeof paths.now>
    | ReturnType<typeof paths.wallet>
    | ReturnType<typeof paths.incident>
    | ReturnType<typeof paths.trace>
    | ReturnType<typeof paths.duties>
    | ReturnType<typeof paths.repayment>
    | ReturnType<typeof paths.evidence>
  readonly hash?: string
}

export interface RoleActs {
  readonly role: Role
  readonly acts: readonly NextAct[]
}

export interface NextActsInput {
  readonly incident: Incident
  readonly state: State | undefined
  readonly wallets: readonly Wallet[]
  /** How an authority is called. */
  readonly nameOf: (authority: string) => string
}

const here = (incident: Incident, hash: string) => ({ link: paths.incident(incident.incident), hash })

function oncall({ incident, state, wallets }: NextActsInput): NextAct[] {
  if (incident.status === 'closed' || state === undefined) return []
  const acts: NextAct[] = []
  const { chain, wallet } = incident
  if (!isHalted(state, chain, wallet))
    acts.push({
      id: 'halt',
      text: (t) => t('act.case.halt', { chain: chainName(chain) }),
      link: paths.now(),
      hash: 'halts',
    })
  const known = wallets.find((row) => row.wallet === wallet)
  const ordered = incident.timeline.some(({ kind }) => kind.startsWith('evacuat'))
  if (known !== undefined && !ordered && incident.kind !== 'blind')
    acts.push({
      id: 'evacuate',
      text: (t) => t(known.refuge === null ? 'act.case.refuge' : 'act.case.evacuate', { wallet: known.wallet }),
      link: paths.wallet(known.wallet),
    })
  if (incident.trace?.status === 'failed')
    acts.push({ id: 'trace', text: (t) => t('act.case.trace'), link: paths.trace(incident.trace.trace) })
  return acts.length > 0 ? acts : [{ id: 'watch', text: (t) => t('act.case.watch') }]
}

function compliance({ incident, nameOf }: NextActsInput): NextAct[] {
  const unmet = incident.clocks.filter(isOwed).sort((a, b) => dueOf(a) - dueOf(b))
  const acts: NextAct[] = unmet.map(({ obligation, run, authority }) => ({
    id: `clock-${obligation}-${run}`,
    text: (t) => t('act.case.clock', { authority: nameOf(authority), obligation }),
    ...here(incident, 'clocks'),
  }))
  const failed = new Set(incident.notices.filter(({ status }) => status === 'failed').map(({ authority }) => authority))
  for (const authority of failed)
    acts.push({
      id: `failed-${authority}`,
      text: (t) => t('act.case.failed', { authority: nameOf(authority) }),
      ...here(incident, 'notices'),
    })
  const homeless = incident.notices.filter(
    (notice) => notice.channel === 'none' && notice.status === 'drafted' && !isReadingCopy(notice, incident.notices),
  )
  for (const authority of new Set(homeless.map((notice) => notice.authority)))
    acts.push({
      id: `recipient-${authority}`,
      text: (t) => t('act.case.recipient', { authority: nameOf(authority) }),
      link: paths.duties(),
    })
  if (acts.length === 0 && incident.status === 'open')
    acts.push({ id: 'close', text: (t) => t('act.case.close'), ...here(incident, 'close') })
  return acts
}

function approver({ incident }: NextActsInput): NextAct[] {
  const count = incident.notices.filter(({ status, channel }) => status === 'drafted' && channel !== 'none').length
  return count === 0
    ? []
    : [{ id: 'approve', text: (t) => t('act.case.approve', { count }), ...here(incident, 'notices') }]
}

function finance({ incident }: NextActsInput): NextAct[] {
  if (incident.loss.length === 0) return []
  const acts: NextAct[] = []
  const link = paths.repayment(incident.incident)
  const unpriced = incident.loss.filter(({ krw }) => krw === null).length
  if (unpriced > 0) acts.push({ id: 'price', text: (t) => t('act.case.price', { count: unpriced }) })
  const repayment = incident.repayment
  if (repayment === null || repayment.claims === 0)
    return [...acts, { id: 'claims', text: (t) => t('act.case.claims'), link }]
  const { claims, planned, requested, settled, refused } = repayment
  const unplanned = claims - planned - requested - settled - refused
  if (unplanned > 0) acts.push({ id: 'plan', text: (t) => t('act.case.plan', { count: unplanned }), link })
  if (planned > 0) acts.push({ id: 'pay', text: (t) => t('act.case.pay', { count: planned }), link })
  if (refused > 0) acts.push({ id: 'refused', text: (t) => t('act.case.refused', { count: refused }), link })
  return acts
}

function auditor({ state }: NextActsInput): NextAct[] {
  if (state === undefined || state.journal.verified_size === state.journal.size) return []
  return [{ id: 'verify', text: (t) => t('act.case.verify'), link: paths.evidence() }]
}

export const nextActs = (input: NextActsInput): RoleActs[] => [
  { role: 'oncall', acts: oncall(input) },
  { role: 'compliance', acts: compliance(input) },
  { role: 'approver', acts: approver(input) },
  { role: 'finance', acts: finance(input) },
  { role: 'auditor', acts: auditor(input) },
]
