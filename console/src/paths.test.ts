import { describe, expect, it } from 'vitest'
import { closedRow } from './frame/focus.ts'
import { inRoom, ROOMS } from './frame/rooms.ts'
import { paths } from './paths.ts'
import { router } from './routes.tsx'

/** One link of each kind. A builder that is added and not listed here fails the first test. */
const LINKS = {
  now: paths.now(),
  withdrawals: paths.withdrawals({ status: 'held', wallet: 'hot-1', before: '12' }),
  withdrawal: paths.withdrawal('w-1', { status: 'held' }),
  wallets: paths.wallets(),
  wallet: paths.wallet('hot-1'),
  incidents: paths.incidents(),
  incident: paths.incident('incident-1'),
  duties: paths.duties(),
  traces: paths.traces(),
  trace: paths.trace('trace-1'),
  repayments: paths.repayments(),
  repayment: paths.repayment('incident-1'),
  people: paths.people(),
  person: paths.person('kim.minji'),
  sessions: paths.sessions(),
  proposals: paths.proposals({ state: 'executed', before: 12 }),
  proposal: paths.proposal('proposal-1'),
  alerts: paths.alerts({ before: 12 }),
  enrol: paths.enrol(),
  evidence: paths.evidence({ first: 100 }),
  entry: paths.entry(7),
  drills: paths.drills(),
  explain: paths.explain('GATE-014'),
}

const hrefOf = (link: (typeof LINKS)[keyof typeof LINKS]): string => router.buildLocation(link).href

describe('links', () => {
  it('C7 every builder is tried here', () => {
    expect(Object.keys(LINKS).sort()).toEqual(Object.keys(paths).sort())
  })

  it('C7 each leads to a page of the map', () => {
    const lost = Object.entries(LINKS).filter(([, link]) => {
      const matched = router.matchRoutes(router.buildLocation(link)).at(-1)
      return matched === undefined || matched.routeId === '__root__'
    })
    expect(lost.map(([name]) => name)).toEqual([])
  })

  it('C7 a filter survives the way through an address', () => {
    const location = router.buildLocation(LINKS.withdrawals)
    expect(router.matchRoutes(location).at(-1)?.search).toEqual({ status: 'held', wallet: 'hot-1', before: '12' })
    expect(hrefOf(LINKS.entry)).toBe('/evidence/7')
  })

  it('C7 each page of the rail is in exactly one room', () => {
    for (const room of ROOMS) {
      const { pathname } = router.buildLocation(room.link)
      expect(ROOMS.filter((candidate) => inRoom(candidate, pathname)).map(({ id }) => id)).toEqual([room.id])
    }
    expect(ROOMS.filter((room) => inRoom(room, '/incidents/incident-1')).map(({ id }) => id)).toEqual(['incidents'])
  })

  it('C13 a closed panel gives the focus back to its row', () => {
    expect(closedRow('/wallets/hot-1', '/wallets')).toBe('hot-1')
    expect(closedRow('/wallets', '/wallets/hot-1')).toBeUndefined()
    expect(closedRow('/incidents', '/wallets')).toBeUndefined()
    expect(closedRow(undefined, '/wallets')).toBeUndefined()
  })
})
