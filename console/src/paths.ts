/** Every link of the console is made here, and a test takes each through the routes: a link can't lead nowhere. */

export interface WithdrawalSearch {
  readonly status?: string | undefined
  readonly wallet?: string | undefined
  readonly before?: string | undefined
}

export interface ProposalSearch {
  /** `mine`, `open`, or a state; absent for the page that begins with what waits. */
  readonly state?: string | undefined
  readonly before?: number | undefined
}

export interface AlertSearch {
  readonly before?: number | undefined
}

export interface EvidenceSearch {
  /** The first entry shown; absent for the newest ones. */
  readonly first?: number | undefined
}

export const paths = {
  now: () => ({ to: '/' }) as const,
  withdrawals: (search: WithdrawalSearch = {}) => ({ to: '/withdrawals', search }) as const,
  withdrawal: (withdrawal: string, search: WithdrawalSearch = {}) =>
    ({ to: '/withdrawals/$withdrawal', params: { withdrawal }, search }) as const,
  wallets: () => ({ to: '/wallets' }) as const,
  wallet: (wallet: string) => ({ to: '/wallets/$wallet', params: { wallet } }) as const,
  incidents: () => ({ to: '/incidents' }) as const,
  incident: (incident: string) => ({ to: '/incidents/$incident', params: { incident } }) as const,
  /** Who is told of what: the recipients and the rule packs. */
  duties: () => ({ to: '/duties' }) as const,
  traces: () => ({ to: '/trace' }) as const,
  trace: (trace: string) => ({ to: '/trace/$trace', params: { trace } }) as const,
  repayments: () => ({ to: '/repayment' }) as const,
  repayment: (incident: string) => ({ to: '/repayment/$incident', params: { incident } }) as const,
  people: () => ({ to: '/people' }) as const,
  person: (person: string) => ({ to: '/people/$person', params: { person } }) as const,
  sessions: () => ({ to: '/sessions' }) as const,
  proposals: (search: ProposalSearch = {}) => ({ to: '/proposals', search }) as const,
  proposal: (proposal: string) => ({ to: '/proposals/$proposal', params: { proposal } }) as const,
  alerts: (search: AlertSearch = {}) => ({ to: '/alerts', search }) as const,
  /** Where a one-time link leads; its secret stands in the fragment and is made by the server alone. */
  enrol: () => ({ to: '/enrol' }) as const,
  evidence: (search: EvidenceSearch = {}) => ({ to: '/evidence', search }) as const,
  entry: (index: number, search: EvidenceSearch = {}) =>
    ({ to: '/evidence/$index', params: { index: String(index) }, search }) as const,
  drills: () => ({ to: '/drills' }) as const,
  explain: (code: string) => ({ to: '/explain/$code', params: { code } }) as const,
} as const
