/**
 * What one event causes elsewhere. Read it from the top: a movement that no permit covers halts its chain, evacuates its wallet,
 * opens a case; the case starts its clocks, its trace and its loss; and so on, down to the repaid customer. Rows are pure functions
 * of the event; whether a command applies is for its receiver to decide. `test/house.test.ts` holds that every event has a row.
 */
import { addressOf, chainOf } from './kernel/caip.ts'
import { oneLine } from './kernel/names.ts'
import { none, type Playbook } from './machine/playbook.ts'
import type { Data, DataOf } from './machine/room.ts'
import { accessRows } from './playbook-people.ts'
import { type Command, rows } from './playbook-rows.ts'
import { events as gate, type commands as gateCommands } from './rooms/gate/messages.ts'
import { events as incident } from './rooms/incident/messages.ts'
import { events as liability } from './rooms/liability/messages.ts'
import { events as trace } from './rooms/trace/messages.ts'
import { events as watch } from './rooms/watch/messages.ts'

type Alarm = DataOf<typeof gateCommands, 'halt.alarm'>['alarm']
const raise = (chain: string, reason: string, alarm: Alarm): Command => ({
  type: 'halt.alarm',
  data: { chain, reason, alarm },
})
const evacuate = (wallet: string, reason: string): Command => ({ type: 'evacuation.order', data: { wallet, reason } })

/** `chain:eip155:1` -> which cases it concerns. A halt of an asset concerns that asset's chain. */
function concerns(scope: string): { chain?: string; wallet?: string; asset?: string } {
  const [kind, rest] = [scope.slice(0, scope.indexOf(':')), scope.slice(scope.indexOf(':') + 1)]
  if (kind === 'chain') return { chain: rest }
  if (kind === 'wallet') return { wallet: rest }
  return kind === 'asset' ? { chain: chainOf(rest), asset: rest } : {}
}

const watchRows = rows(watch, {
  'block.observed': none,
  'transfer.matched': {
    commands: (t) => [{ type: 'permit.settle', data: { permit: t.permit, tx: t.tx, amount: t.amount } }],
  },
  'transfer.internal': none,
  'transfer.received': none,
  'transfer.unpermitted': {
    commands: (t) => {
      const why = `transfer ${t.tx} left ${t.wallet} without a permit`
      const { tx, place, from, to, asset, amount, height, block_at } = t
      const theft = { tx, place, from, to, asset, amount, height, block_at }
      const opening = {
        kind: 'theft' as const,
        chain: t.chain,
        wallet: t.wallet,
        summary: why,
        happened_at: block_at,
        theft,
      }
      return [raise(t.chain, why, 'theft'), evacuate(t.wallet, why), { type: 'incident.open', data: opening }]
    },
  },
  'transfer.reverted': {
    commands: (t) => {
      const reopen: Command[] =
        t.permit === undefined ? [] : [{ type: 'permit.reopen', data: { permit: t.permit, tx: t.tx } }]
      const retract: Command[] = t.unpermitted
        ? [{ type: 'incident.retract', data: { chain: t.chain, tx: t.tx, place: t.place } }]
        : []
      return [...reopen, ...retract]
    },
  },
  'delegation.unpermitted': {
    commands: (d) => {
      const why = `${d.tx} lets ${addressOf(d.delegate)} act for ${d.wallet} without a permit`
      const opening = {
        kind: 'delegation' as const,
        chain: d.chain,
        wallet: d.wallet,
        summary: why,
        tx: d.tx,
        to: d.delegate,
        happened_at: d.block_at,
      }
      return [raise(d.chain, why, 'delegation'), evacuate(d.wallet, why), { type: 'incident.open', data: opening }]
    },
  },
  'chain.rewound': none,
  'holding.reported': none,
  'source.reported': none,
  'watch.blinded': {
    commands: (b) => {
      const why = `nobody can see ${b.chain}: ${b.detail}`
      const opening = { kind: 'blind' as const, chain: b.chain, summary: why, detail: b.detail }
      return [raise(b.chain, why, 'blind'), { type: 'incident.open', data: opening }]
    },
  },
  'watch.restored': {
    commands: (r) => [
      {
        type: 'incident.record',
        data: { fact: 'restored', chain: r.chain, lasted_ms: r.blind_ms },
      },
    ],
  },
})

const gateRows = rows(gate, {
  'wallet.registered': none,
  'policy.changed': none,
  'denylist.imported': none,
  'withdrawal.held': none,
  'withdrawal.denied': {
    commands: (w) => [
      {
        type: 'repayment.refuse',
        data: {
          withdrawal: w.withdrawal,
          why: w.reasons
            .map((r) => `${r.code} ${r.detail}`)
            .join('; ')
            .slice(0, 500),
        },
      },
    ],
  },
  'withdrawal.released': none,
  'permit.issued': {
    effects: (p) => (p.kind === 'evacuation' ? [{ kind: 'evacuation.broadcast', data: { permit: p.permit } }] : []),
  },
  'permit.settled': {
    commands: (p) =>
      p.kind === 'evacuation'
        ? [{ type: 'evacuation.note_landed', data: { permit: p.permit, tx: p.tx } }]
        : [{ type: 'repayment.settle', data: { withdrawal: p.subject, tx: p.tx } }],
  },
  'permit.reopened': { commands: (p) => [{ type: 'repayment.reopen', data: { withdrawal: p.subject, tx: p.tx } }] },
  'permit.unlanded': none,
  'halt.raised': {
    commands: (h) => [
      {
        type: 'incident.record',
        data: {
          ...concerns(h.scope),
          fact: 'halted',
          // Our own reason is told from the alarm, in both languages; a person's as it was written.
          ...(h.alarm === undefined ? { text: h.reason } : { alarm: h.alarm }),
          trigger: 'block',
        },
      },
    ],
  },
  'halt.lifted': {
    commands: (h) => [
      {
        type: 'incident.record',
        data: { ...concerns(h.scope), fact: 'lifted', text: h.reason },
      },
    ],
  },
  'evacuation.ordered': {
    commands: (e) => [
      {
        type: 'incident.record',
        data: { fact: 'evacuation_ordered', wallet: e.wallet, to: e.refuge },
      },
    ],
  },
  'evacuation.landed': {
    commands: (e) => [
      {
        type: 'incident.record',
        data: {
          ...{ fact: 'evacuated', wallet: e.wallet, asset: e.asset, tx: e.tx },
          ...(e.amount !== '0' && { amount: e.amount }),
        },
      },
    ],
  },
})

type Stolen = DataOf<typeof incident, 'incident.opened'>['theft']

/** A stolen movement is followed and counted, whether it opened the case or was added to it. */
function follow(i: {
  incident: string
  chain?: string | undefined
  wallet?: string | undefined
  theft?: Stolen
}): Command[] {
  if (i.theft === undefined || i.wallet === undefined || i.chain === undefined) return []
  const { tx, place, asset, amount, block_at: at, from } = i.theft
  return [
    {
      type: 'loss.record',
      data: { incident: i.incident, chain: i.chain, wallet: i.wallet, asset, amount, tx, place, at },
    },
    { type: 'trace.start', data: { incident: i.incident, chain: i.chain, sources: [from] } },
  ]
}

const incidentRows = rows(incident, {
  'pack.loaded': none,
  'recipient.changed': none,
  'reporter.changed': none,
  'incident.opened': { commands: follow },
  'incident.extended': { commands: follow },
  'incident.retracted': {
    commands: (i) => [{ type: 'loss.reverse', data: { chain: i.chain, tx: i.tx, place: i.place } }],
  },
  'incident.recorded': none,
  'incident.stated': none,
  'incident.closed': none,
  'clock.started': none,
  'clock.met': none,
  'clock.missed': none,
  'notice.drafted': none,
  'notice.approved': {
    effects: (n) => [{ kind: n.channel === 'mail' ? 'mail.send' : 'webhook.post', data: { notice: n.notice } }],
  },
  'notice.sent': none,
  'notice.failed': none,
  'notice.delayed': none,
  'notice.acknowledged': none,
})

const traceRows = rows(trace, {
  'trace.started': { effects: (t) => [{ kind: 'trace.compute', data: { trace: t.trace, run: t.run } }] },
  'trace.postponed': none,
  'trace.recorded': {
    commands: (t) => [
      {
        type: 'incident.record',
        data: {
          fact: 'traced',
          incident: t.incident,
          traced: { trace: t.trace, addresses: t.addresses, edges: t.edges },
        },
      },
    ],
  },
  'trace.failed': {
    commands: (t) => [
      {
        type: 'incident.record',
        data: { fact: 'trace_failed', incident: t.incident, text: oneLine(`${t.trace}: ${t.why}`) },
      },
    ],
  },
})

const liabilityRows = rows(liability, {
  'price.loaded': none,
  'fund.changed': none,
  'loss.recorded': none,
  'loss.reversed': none,
  'claim.filed': none,
  'claim.withdrawn': none,
  'repayment.plan_started': none,
  'repayment.planned': none,
  'repayment.unfunded': none,
  'repayment.plan_finished': {
    commands: (p) => [
      {
        type: 'incident.record',
        data: {
          fact: 'repayment_planned',
          incident: p.incident,
          repaid: { claims: p.claims, planned: p.planned, unfunded: p.unfunded, krw: p.planned_krw },
        },
      },
    ],
  },
  'repayment.requested': {
    commands: (r) => [
      {
        type: 'withdrawal.request',
        data: {
          withdrawal: r.repayment,
          wallet: r.wallet,
          asset: r.asset,
          amount: r.amount,
          to: r.pay_to,
          purpose: 'repayment',
          customer: r.customer,
        },
      },
    ],
  },
  'repayment.settled': none,
  'repayment.refused': none,
  'repayment.reopened': none,
  'repayment.completed': {
    commands: (r) => [
      {
        type: 'incident.record',
        data: { fact: 'repaid', incident: r.incident, repaid: { claims: r.claims, krw: r.krw } },
      },
    ],
  },
})

/** What the machine's own events cause. */
const machineRows: Playbook = {
  'outbox.delivered': {
    commands: ({ kind, data, detail }) =>
      kind === 'mail.send' || kind === 'webhook.post'
        ? [{ type: 'notice.mark_sent', data: { notice: (data as Data).notice, receipt: detail } }]
        : [],
  },
  // A report that does not get through is a person's matter long before the outbox gives it up: there is a telephone.
  'outbox.failed': {
    commands: ({ kind, data, detail }) =>
      kind === 'mail.send' || kind === 'webhook.post'
        ? [{ type: 'notice.mark_delayed', data: { notice: (data as Data).notice, why: detail } }]
        : [],
  },
  'outbox.abandoned': {
    commands: ({ kind, data, detail, key }) => [
      ...(kind === 'mail.send' || kind === 'webhook.post'
        ? [{ type: 'notice.mark_failed', data: { notice: (data as Data).notice, why: detail } }]
        : []),
      // A trace that nobody computes any more must not stay under way, or no later movement would be followed.
      ...(kind === 'trace.compute' ? [{ type: 'trace.fail', data: { ...(data as Data), why: detail } }] : []),
      {
        type: 'incident.record',
        // A server may say nothing, or say it in many lines.
        data: { fact: 'delivery_failed', effect: `${kind} ${key}`, text: oneLine(String(detail)) || undefined },
      },
    ],
  },
  /** A consequence that was refused is a fact of its own; the alarm that caused it stands. */
  'consequence.refused': none,
}

export const playbook: Playbook = {
  ...accessRows,
  ...watchRows,
  ...gateRows,
  ...incidentRows,
  ...traceRows,
  ...liabilityRows,
  ...machineRows,
}
