/** Every reading of the API as query options: one name, one key, one address each. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Alerts,
  ApprovalRules,
  Founding,
  Me,
  PersonRow,
  ProposalDetail,
  ProposalRow,
  ServiceRow,
  SessionRow,
} from './access.ts'
import { ask, withQuery } from './client.ts'
import type {
  Events,
  Explanation,
  FundRow,
  Incident,
  IncidentRecord,
  IncidentRow,
  JournalEntry,
  Language,
  Pack,
  Page,
  Recipient,
  Repayments,
  Reporter,
  State,
  TraceView,
  Transfer,
  Wallet,
  Withdrawal,
  WithdrawalDetail,
} from './types.ts'

/** Rows of one page of a long list. */
export const PAGE_ROWS = 50
/** Repayments are read in longer pages: finance goes through all of them. */
export const REPAYMENT_ROWS = 200
/** The live stream says when something changed; this is only for the case that it is cut without a sign. */
const STATE_REFRESH_MS = 10_000

const get = <Answer>(path: string) => ask<Answer>('GET', path)

/** The server's own limit of one page of entries, and how many such pages the list of recent facts may read. */
const ENTRIES_READ = 500
const PAGES_READ_MAX = 6

async function factsBefore(
  size: number,
  enough: (entries: readonly JournalEntry[]) => boolean,
): Promise<readonly JournalEntry[]> {
  let entries: readonly JournalEntry[] = []
  let end = size
  for (let page = 0; page < PAGES_READ_MAX && end > 0 && !enough(entries); page++) {
    const first = Math.max(0, end - ENTRIES_READ)
    const { items } = await get<Events>(withQuery('/v1/events', { after: first, limit: end - first }))
    entries = [...items, ...entries]
    end = first
  }
  return entries
}

export interface WithdrawalFilter {
  readonly status?: string | undefined
  readonly wallet?: string | undefined
  readonly before?: string | undefined
  readonly limit?: number | undefined
}

export interface ProposalFilter {
  /** `mine`: what waits for the asking person's approval. `open`: whatever has not ended. Else a state. */
  readonly state?: string | undefined
  readonly before?: number | undefined
  readonly limit?: number | undefined
}

export const queries = {
  state: () =>
    queryOptions({
      queryKey: ['state'],
      queryFn: () => get<State>('/v1/state'),
      refetchInterval: STATE_REFRESH_MS,
    }),
  wallets: () => queryOptions({ queryKey: ['wallets'], queryFn: () => get<readonly Wallet[]>('/v1/wallets') }),
  withdrawals: (filter: WithdrawalFilter) =>
    queryOptions({
      queryKey: ['withdrawals', filter],
      queryFn: () => get<Page<Withdrawal>>(withQuery('/v1/withdrawals', { limit: PAGE_ROWS, ...filter })),
      placeholderData: keepPreviousData,
    }),
  withdrawal: (id: string) =>
    queryOptions({ queryKey: ['withdrawal', id], queryFn: () => get<WithdrawalDetail>(`/v1/withdrawals/${id}`) }),
  transfers: (filter: { wallet?: string; kind?: string; before?: string }) =>
    queryOptions({
      queryKey: ['transfers', filter],
      queryFn: () => get<Page<Transfer, number>>(withQuery('/v1/transfers', { limit: PAGE_ROWS, ...filter })),
      placeholderData: keepPreviousData,
    }),
  incidents: () =>
    queryOptions({ queryKey: ['incidents'], queryFn: () => get<readonly IncidentRow[]>('/v1/incidents') }),
  incident: (id: string) =>
    queryOptions({ queryKey: ['incident', id], queryFn: () => get<Incident>(`/v1/incidents/${id}`) }),
  record: (id: string) =>
    queryOptions({
      queryKey: ['record', id],
      queryFn: () => get<IncidentRecord>(`/v1/incidents/${id}/record`),
    }),
  reporter: () => queryOptions({ queryKey: ['reporter'], queryFn: () => get<Reporter | null>('/v1/reporter') }),
  recipients: () =>
    queryOptions({ queryKey: ['recipients'], queryFn: () => get<readonly Recipient[]>('/v1/recipients') }),
  packs: () => queryOptions({ queryKey: ['packs'], queryFn: () => get<readonly Pack[]>('/v1/packs') }),
  trace: (id: string) => queryOptions({ queryKey: ['trace', id], queryFn: () => get<TraceView>(`/v1/traces/${id}`) }),
  /** The picture of one recorded run: the digest names the run, so a new run is a new picture. */
  tracePicture: (id: string, digest: string, language: Language) =>
    queryOptions({
      queryKey: ['trace-picture', id, digest, language],
      queryFn: () => get<string>(withQuery(`/v1/traces/${id}/picture.svg`, { lang: language })),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  repayments: (incident: string, after = 0) =>
    queryOptions({
      queryKey: ['repayments', incident, after],
      queryFn: () => get<Repayments>(withQuery('/v1/repayments', { incident, after, limit: REPAYMENT_ROWS })),
      placeholderData: keepPreviousData,
    }),
  funds: () => queryOptions({ queryKey: ['funds'], queryFn: () => get<readonly FundRow[]>('/v1/funds') }),
  /** From the entry at `first` on, in the order of the journal. */
  events: (first: number, limit = PAGE_ROWS) =>
    queryOptions({
      queryKey: ['events', first, limit],
      queryFn: () => get<Events>(withQuery('/v1/events', { after: first, limit })),
      placeholderData: keepPreviousData,
    }),
  /** Facts before `size`, oldest first: read backwards page by page until `enough` of them are news, or the reading gets long. */
  factsBefore: (size: number, enough: (entries: readonly JournalEntry[]) => boolean) =>
    queryOptions({
      queryKey: ['facts-before', size],
      queryFn: () => factsBefore(size, enough),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  me: () => queryOptions({ queryKey: ['me'], queryFn: () => get<Me>('/v1/me') }),
  sessions: () => queryOptions({ queryKey: ['sessions'], queryFn: () => get<readonly SessionRow[]>('/v1/sessions') }),
  people: () => queryOptions({ queryKey: ['people'], queryFn: () => get<readonly PersonRow[]>('/v1/people') }),
  services: () => queryOptions({ queryKey: ['services'], queryFn: () => get<readonly ServiceRow[]>('/v1/services') }),
  founding: () => queryOptions({ queryKey: ['founding'], queryFn: () => get<Founding>('/v1/founding') }),
  approvals: () => queryOptions({ queryKey: ['approvals'], queryFn: () => get<ApprovalRules | null>('/v1/approvals') }),
  proposals: (filter: ProposalFilter) =>
    queryOptions({
      queryKey: ['proposals', filter],
      queryFn: () => get<Page<ProposalRow, number>>(withQuery('/v1/proposals', { limit: PAGE_ROWS, ...filter })),
      placeholderData: keepPreviousData,
    }),
  proposal: (id: string) =>
    queryOptions({ queryKey: ['proposal', id], queryFn: () => get<ProposalDetail>(`/v1/proposals/${id}`) }),
  alerts: (before: number | undefined) =>
    queryOptions({
      queryKey: ['alerts', before],
      queryFn: () => get<Alerts>(withQuery('/v1/alerts', { limit: PAGE_ROWS, before })),
      placeholderData: keepPreviousData,
    }),
  explanation: (code: string) =>
    queryOptions({
      queryKey: ['explain', code],
      queryFn: () => get<Explanation>(`/v1/explain/${code}`),
      staleTime: Number.POSITIVE_INFINITY,
    }),
} as const
