/** The map: every page of the console, its address and its file. Links to it are made by `paths.ts` alone. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import './frame/enrolment-link.ts'
import { BrokenPage, LostPage, Shell } from './frame/Shell.tsx'
import type { AlertSearch, EvidenceSearch, ProposalSearch, WithdrawalSearch } from './paths.ts'

const root = createRootRoute({ component: Shell, notFoundComponent: LostPage, errorComponent: BrokenPage })
const at = () => root

/** The router reads `12` in an address as a number; names and cursors are text here. */
const text = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined

const place = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined

const now = createRoute({
  getParentRoute: at,
  path: '/',
  component: lazyRouteComponent(() => import('./rooms/now/NowPage.tsx'), 'NowPage'),
})

const withdrawals = createRoute({
  getParentRoute: at,
  path: '/withdrawals',
  validateSearch: (search): WithdrawalSearch => ({
    status: text(search.status),
    wallet: text(search.wallet),
    before: text(search.before),
  }),
  component: lazyRouteComponent(() => import('./rooms/gate/WithdrawalsPage.tsx'), 'WithdrawalsPage'),
})
const withdrawal = createRoute({
  getParentRoute: () => withdrawals,
  path: '$withdrawal',
  component: lazyRouteComponent(() => import('./rooms/gate/WithdrawalPanel.tsx'), 'WithdrawalPanel'),
})

const wallets = createRoute({
  getParentRoute: at,
  path: '/wallets',
  component: lazyRouteComponent(() => import('./rooms/gate/WalletsPage.tsx'), 'WalletsPage'),
})
const wallet = createRoute({
  getParentRoute: () => wallets,
  path: '$wallet',
  component: lazyRouteComponent(() => import('./rooms/gate/WalletPanel.tsx'), 'WalletPanel'),
})

const incidents = createRoute({
  getParentRoute: at,
  path: '/incidents',
  component: lazyRouteComponent(() => import('./rooms/incident/IncidentsPage.tsx'), 'IncidentsPage'),
})
const incident = createRoute({
  getParentRoute: at,
  path: '/incidents/$incident',
  component: lazyRouteComponent(() => import('./rooms/incident/IncidentPage.tsx'), 'IncidentPage'),
})
const duties = createRoute({
  getParentRoute: at,
  path: '/duties',
  component: lazyRouteComponent(() => import('./rooms/incident/DutiesPage.tsx'), 'DutiesPage'),
})

const traces = createRoute({
  getParentRoute: at,
  path: '/trace',
  component: lazyRouteComponent(() => import('./rooms/trace/TracesPage.tsx'), 'TracesPage'),
})
const trace = createRoute({
  getParentRoute: at,
  path: '/trace/$trace',
  component: lazyRouteComponent(() => import('./rooms/trace/TracePage.tsx'), 'TracePage'),
})

const repayments = createRoute({
  getParentRoute: at,
  path: '/repayment',
  component: lazyRouteComponent(() => import('./rooms/liability/RepaymentsPage.tsx'), 'RepaymentsPage'),
})
const repayment = createRoute({
  getParentRoute: at,
  path: '/repayment/$incident',
  component: lazyRouteComponent(() => import('./rooms/liability/RepaymentPage.tsx'), 'RepaymentPage'),
})

const people = createRoute({
  getParentRoute: at,
  path: '/people',
  component: lazyRouteComponent(() => import('./rooms/access/PeoplePage.tsx'), 'PeoplePage'),
})
const person = createRoute({
  getParentRoute: () => people,
  path: '$person',
  component: lazyRouteComponent(() => import('./rooms/access/PersonPanel.tsx'), 'PersonPanel'),
})
const sessions = createRoute({
  getParentRoute: at,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./rooms/access/SessionsPage.tsx'), 'SessionsPage'),
})
const alerts = createRoute({
  getParentRoute: at,
  path: '/alerts',
  validateSearch: (search): AlertSearch => ({ before: place(search.before) }),
  component: lazyRouteComponent(() => import('./rooms/access/AlertsPage.tsx'), 'AlertsPage'),
})
const enrol = createRoute({
  getParentRoute: at,
  path: '/enrol',
  component: lazyRouteComponent(() => import('./rooms/access/EnrolPage.tsx'), 'EnrolPage'),
})

const proposals = createRoute({
  getParentRoute: at,
  path: '/proposals',
  validateSearch: (search): ProposalSearch => ({ state: text(search.state), before: place(search.before) }),
  component: lazyRouteComponent(() => import('./rooms/access/ProposalsPage.tsx'), 'ProposalsPage'),
})
const proposal = createRoute({
  getParentRoute: at,
  path: '/proposals/$proposal',
  component: lazyRouteComponent(() => import('./rooms/access/ProposalPage.tsx'), 'ProposalPage'),
})

const evidence = createRoute({
  getParentRoute: at,
  path: '/evidence',
  validateSearch: (search): EvidenceSearch => ({
    first: place(search.first),
  }),
  component: lazyRouteComponent(() => import('./rooms/evidence/EvidencePage.tsx'), 'EvidencePage'),
})
const entry = createRoute({
  getParentRoute: () => evidence,
  path: '$index',
  component: lazyRouteComponent(() => import('./rooms/evidence/EntryPanel.tsx'), 'EntryPanel'),
})

const drills = createRoute({
  getParentRoute: at,
  path: '/drills',
  component: lazyRouteComponent(() => import('./rooms/later/DrillsPage.tsx'), 'DrillsPage'),
})

const explain = createRoute({
  getParentRoute: at,
  path: '/explain/$code',
  component: lazyRouteComponent(() => import('./rooms/evidence/ExplainPage.tsx'), 'ExplainPage'),
})

export const routeTree = root.addChildren([
  now,
  withdrawals.addChildren([withdrawal]),
  wallets.addChildren([wallet]),
  incidents,
  incident,
  duties,
  traces,
  trace,
  repayments,
  repayment,
  people.addChildren([person]),
  sessions,
  proposals,
  proposal,
  alerts,
  enrol,
  evidence.addChildren([entry]),
  drills,
  explain,
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
