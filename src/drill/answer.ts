/** The drill's answer: what `pasu drill --json` prints. Its shape is kept stable; amounts are decimal strings of base units, times ISO 8601. */
import { toHex } from '../kernel/bytes.ts'
import type { Instant } from '../kernel/time.ts'
import type { Deployment } from '../world/deployment.ts'
import { ask } from './ask.ts'
import type { Plan } from './plan.ts'
import type { Attempt, LiveFacts, Sum } from './played.ts'

export interface DrillAnswer {
  readonly scenario: string
  readonly sources: readonly string[]
  readonly detection: {
    readonly at: string | null
    readonly firstUnpermitted: string | null
    readonly unpermittedBeforeHalt: number
    readonly halted: string | null
    readonly haltLatencyMs: number | null
  }
  readonly history: {
    readonly lostKrw: string
    readonly chainHaltSeconds: number | null
    readonly allHaltSeconds: number | null
    readonly authoritySeconds: number | null
    readonly customersSeconds: number | null
  } | null
  readonly saved: readonly { readonly asset: string; readonly amount: string; readonly krw: string | null }[]
  readonly permits: { readonly issued: number; readonly matched: number; readonly denied: number }
  readonly incident: {
    readonly id: string
    readonly severity: string
    readonly clocks: readonly { obligation: string; authority: string; dueAt: string | null; status: string }[]
    readonly notices: readonly {
      to: string
      language: string
      channel: string
      status: string
      draftedAt: string
      sentAt: string | null
    }[]
  } | null
  readonly loss: readonly { asset: string; amount: string; decimals: number | null; krw: string | null }[]
  readonly trace: {
    readonly method: string
    readonly edges: number
    readonly addresses: number
    readonly services: readonly { entity: string; kind: string; amount: string; asset: string }[]
    readonly unaccounted: string
  } | null
  readonly repayment: {
    readonly planned: string
    readonly repaid: string
    readonly bySource: { readonly reserve: string; readonly insurance: string; readonly own: string }
  } | null
  readonly journal: { readonly size: number; readonly root: string; readonly verified: boolean }
  readonly wallMs: number
  /** On a real chain alone: each way in which a stolen credential was tried at the signer, and the verifier's answer. */
  readonly attempts?: readonly Attempt[]
}

/** What the drill saw while it played: counts and instants that no view tells. */
export interface Watched {
  firstUnpermittedAt: Instant | undefined
  detectedAt: Instant | undefined
  haltedAt: Instant | undefined
  haltLatencyMs: number | undefined
  unpermittedBeforeHalt: number
  permitsIssued: number
  permitsMatched: number
  denied: number
  incident: string | undefined
}

export const nothingWatched = (): Watched => ({
  firstUnpermittedAt: undefined,
  detectedAt: undefined,
  haltedAt: undefined,
  haltLatencyMs: undefined,
  unpermittedBeforeHalt: 0,
  permitsIssued: 0,
  permitsMatched: 0,
  denied: 0,
  incident: undefined,
})

/** The parts of `GET /v1/incidents/:incident` that a drill tells. */
export interface IncidentDetail {
  readonly incident: string
  readonly severity: string
  readonly chain: string | null
  readonly wallet: string | null
  readonly summary: string
  readonly aware_at: Instant
  readonly timeline: readonly {
    readonly at: Instant
    readonly index: number
    readonly kind: string
    readonly text: string
    readonly text_ko: string
  }[]
  readonly clocks: readonly {
    readonly obligation: string
    readonly authority: string
    readonly state: string
    readonly due_at: Instant | null
    readonly started_at: Instant
    readonly met_at: Instant | null
    readonly late_ms: number | null
    readonly status: string
    readonly title: { readonly en: string; readonly ko: string }
  }[]
  readonly notices: readonly {
    readonly notice: string
    readonly obligation: string
    readonly authority: string
    readonly language: string
    readonly channel: string
    readonly to: string
    readonly subject: string
    readonly body: string
    readonly status: string
    readonly drafted_at: Instant
    readonly sent_at: Instant | null
  }[]
  readonly thefts: readonly { readonly tx: string; readonly amount: string; readonly asset: string }[]
  readonly loss: readonly {
    readonly asset: string
    readonly amount: string
    readonly decimals: number | null
    readonly krw: string | null
  }[]
  readonly loss_krw: string | null
  readonly trace: {
    readonly trace: string
    readonly status: string
    readonly edges: number | null
    readonly addresses: number | null
    readonly services: readonly {
      readonly entity: string
      readonly kind: string
      readonly asset: string
      readonly amount: string
    }[]
    readonly unaccounted: readonly { readonly asset: string; readonly amount: string }[]
    readonly digest: string | null
  } | null
  readonly repayment: {
    /** Repayments that nobody has asked the gate for yet. */
    readonly planned: number
    readonly planned_krw: string
    readonly repaid_krw: string
    readonly by_source: { readonly reserve: string; readonly insurance: string; readonly own: string }
  } | null
}

const iso = (at: Instant | undefined | null): string | null => (at == null ? null : new Date(at).toISOString())

export const incidentDetail = (deployment: Deployment, incident: string): Promise<IncidentDetail> =>
  ask(deployment, '/v1/incidents/:incident', { incident })

/** What the thief had in history and not here. A recorded theft without history saves nothing that could be told. */
function sparedOf(plan: Plan, loss: IncidentDetail['loss']): Sum[] {
  const lost = new Map(loss.map(({ asset, amount }) => [asset, BigInt(amount)]))
  return (plan.history?.stolen ?? []).map(({ asset, amount }) => ({ asset, amount: amount - (lost.get(asset) ?? 0n) }))
}

function valued(plan: Plan, sums: readonly Sum[]): DrillAnswer['saved'] {
  return sums.flatMap(({ asset, amount }) => {
    if (amount <= 0n) return []
    const known = plan.assets.find((item) => item.asset === asset)
    const krw =
      known?.krwMicro === undefined ? null : (amount * known.krwMicro) / (10n ** BigInt(known.decimals) * 1_000_000n)
    return [{ asset, amount: amount.toString(), krw: krw === null ? null : krw.toString() }]
  })
}

function incidentOf(detail: IncidentDetail): NonNullable<DrillAnswer['incident']> {
  return {
    id: detail.incident,
    severity: detail.severity,
    clocks: detail.clocks.map(({ obligation, authority, due_at, status }) => ({
      obligation,
      authority,
      dueAt: iso(due_at),
      status,
    })),
    notices: detail.notices.map(({ to, language, channel, status, drafted_at, sent_at }) => ({
      to,
      language,
      channel,
      status,
      draftedAt: iso(drafted_at) ?? '',
      sentAt: iso(sent_at),
    })),
  }
}

export interface AnswerInput {
  readonly plan: Plan
  readonly deployment: Deployment
  readonly watched: Watched
  readonly detail: IncidentDetail | undefined
  readonly live: LiveFacts | undefined
  readonly verified: boolean
  readonly wallMs: number
}

export function answerOf({ plan, deployment, watched, detail, live, verified, wallMs }: AnswerInput): DrillAnswer {
  const { history } = plan
  const { journal } = deployment
  return {
    scenario: plan.scenario,
    sources: plan.sources,
    detection: {
      at: iso(watched.detectedAt),
      firstUnpermitted: iso(watched.firstUnpermittedAt),
      unpermittedBeforeHalt: watched.unpermittedBeforeHalt,
      halted: iso(watched.haltedAt),
      haltLatencyMs: watched.haltLatencyMs ?? null,
    },
    history: history && {
      lostKrw: history.lostKrw.toString(),
      chainHaltSeconds: history.chainHaltSeconds,
      allHaltSeconds: history.allHaltSeconds,
      authoritySeconds: history.authoritySeconds,
      customersSeconds: history.customersSeconds,
    },
    // Without a history to compare with, what counts is what the evacuation brought to the refuge.
    saved: valued(plan, live?.saved ?? sparedOf(plan, detail?.loss ?? [])),
    permits: { issued: watched.permitsIssued, matched: watched.permitsMatched, denied: watched.denied },
    incident: detail === undefined ? null : incidentOf(detail),
    loss: (detail?.loss ?? []).map(({ asset, amount, decimals, krw }) => ({ asset, amount, decimals, krw })),
    trace: detail?.trace
      ? {
          method: 'fifo',
          edges: detail.trace.edges ?? 0,
          addresses: detail.trace.addresses ?? 0,
          services: detail.trace.services,
          unaccounted: detail.trace.unaccounted.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString(),
        }
      : null,
    repayment: detail?.repayment
      ? {
          planned: detail.repayment.planned_krw,
          repaid: detail.repayment.repaid_krw,
          bySource: detail.repayment.by_source,
        }
      : null,
    journal: { size: journal.size, root: toHex(journal.root()), verified },
    wallMs: Math.round(wallMs),
    ...(live && { attempts: live.attempts }),
  }
}
