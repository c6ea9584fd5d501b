/** Plain answers of the server for the tests of what is derived from them: nothing wrong, nothing open; each test changes what it is about. */
import type { Clock, Incident, IncidentRow, Notice, State, Theft, Wallet } from '../api/types.ts'

export const CHAIN = 'eip155:1'
export const ETHER = 'eip155:1/slip44:60'

export const quiet: State = {
  now: 1_000_000,
  status: 'normal',
  halts: [],
  halt_epoch: 0,
  watchers: [{ chain: CHAIN, status: 'reading', height: 9, block_at: 999_000, sources: [] }],
  nearest_clock: null,
  waiting: { notices: 0, holds: 0, outbox: 0 },
  journal: { size: 5, root: 'ab', checkpoint_at: 1, verified_at: 999_999, verified_size: 5 },
  incidents_open: 0,
  platform: 'demo',
  version: '0.1.0',
}

export const hot: Wallet = {
  wallet: 'hot-1',
  kind: 'hot',
  chain: CHAIN,
  account: `${CHAIN}:0x5e032243d507c743b061ef021e2ec7fcc6d3ab89`,
  refuge: `${CHAIN}:0x1111111111111111111111111111111111111111`,
  halted: false,
  assets: [{ asset: ETHER, symbol: 'ETH', decimals: 18, holding: '5', krw: '10' }],
  permits: { open: 0, settled: 0, unlanded: 0 },
  unpermitted: 0,
}

export const theftCase: IncidentRow = {
  incident: 'incident-1',
  kind: 'theft',
  severity: 'critical',
  status: 'open',
  chain: CHAIN,
  wallet: 'hot-1',
  summary: 'coins left',
  summary_ko: '코인이 나감',
  aware_at: 900_000,
  thefts: 1,
  clocks_running: 1,
}

export const clock: Clock = {
  obligation: 'KR-NET-INIT',
  run: 1,
  title: { en: 'First report', ko: '최초 신고' },
  authority: 'KISA',
  state: 'in_force',
  verified: true,
  trigger: 'intrusion',
  started_at: 900_000,
  due_at: 87_300_000,
  deadline: { kind: 'within', seconds: 86_400 },
  status: 'running',
  met_at: null,
  late_ms: null,
  evidence: null,
  evidence_ko: null,
  source: 'law',
  basis: { en: 'Article 48-3', ko: '제48조의3' },
  sanction: null,
  note: null,
}

export const notice: Notice = {
  notice: 'notice-1',
  obligation: 'KR-NET-INIT',
  run: 1,
  authority: 'KISA',
  language: 'ko',
  channel: 'mail',
  to: 'a@b.example',
  subject: 's',
  body: 'b',
  status: 'drafted',
  drafted_at: 900_001,
  approved_at: null,
  sent_at: null,
  receipt: null,
  why: null,
  reference: null,
  stale_since: null,
}

export const stolen: Theft = {
  tx: '0x1',
  place: 0,
  from: hot.account,
  to: `${CHAIN}:0x2`,
  asset: ETHER,
  symbol: 'ETH',
  decimals: 18,
  amount: '100',
  krw: '20',
  block_at: 899_000,
  retracted: false,
}

export const theCase: Incident = {
  ...theftCase,
  happened_at: 899_000,
  closed_at: null,
  timeline: [],
  clocks: [],
  notices: [],
  thefts: [],
  thefts_total: 0,
  statements: [],
  loss: [],
  loss_krw: '0',
  trace: null,
  repayment: null,
}
