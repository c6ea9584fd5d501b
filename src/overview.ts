/** Read models across rooms: the first page, the wallets with what they hold, the page of a case, the entries of the journal. */
import { z } from 'zod'
import type { Rooms } from './app.ts'
import type { Json } from './kernel/canonical.ts'
import { nameSchema } from './kernel/names.ts'
import type { Refusal } from './kernel/refusal.ts'
import type { OutboxState } from './machine/index.ts'
import type { Data } from './machine/room.ts'
import type { AnswerTools, BoundRoute } from './machine/route.ts'
import * as gate from './rooms/gate/index.ts'
import * as incident from './rooms/incident/index.ts'
import * as liability from './rooms/liability/index.ts'
import * as trace from './rooms/trace/index.ts'
import * as watch from './rooms/watch/index.ts'

/** Entries on one page: a screenful many times over, and an answer of a few hundred kilobytes at most. */
export const ENTRIES_PAGE_MAX = 500
const ENTRIES_PAGE_DEFAULT = 100

/** Read models hold nothing but JSON; bigint would not pass `canonical` on its way out. */
const json = (value: object): Json => ({ ...value }) as { [key: string]: Json }

/** Whose first page it is: the platform that is guarded, and the version of this program. */
export interface About {
  readonly platform: string
  readonly version: string
}

/** What the pages are made of. The needs come as an argument: `app.ts` imports this file. */
interface Overview {
  readonly rooms: Rooms
  readonly outbox: { readonly state: OutboxState }
  readonly needs: incident.DetailNeeds
  readonly about: About
}

function stateView({ rooms, outbox, about }: Overview, { now, record }: AnswerTools): Json {
  const { halt_epoch, halts } = gate.haltViews(rooms.gate.state)
  const { size, root, verified } = record
  const [last] = record.entries(Math.max(0, size - 1), 1)
  return json({
    now,
    status: halts.length > 0 ? 'halted' : 'normal',
    halts,
    halt_epoch,
    watchers: watch.watchers(rooms.watch.state),
    nearest_clock: incident.nearestClock(rooms.incident.state),
    waiting: {
      notices: incident.waitingNotices(rooms.incident.state),
      holds: gate.heldCount(rooms.gate.state),
      outbox: outbox.state.waiting.size,
    },
    journal: {
      size,
      root,
      checkpoint_at: last?.at ?? null,
      verified_at: verified?.at ?? null,
      verified_size: verified?.size ?? null,
    },
    incidents_open: incident.openIncidents(rooms.incident.state),
    ...about,
  })
}

function walletsView(rooms: Rooms): Json {
  return gate.walletViews(rooms.gate.state).map((wallet) => {
    const assets = wallet.assets.map((item) => {
      const holding = watch.holdingOf(rooms.watch.state, wallet.wallet, item.asset)
      const krw = holding && liability.valueKrw(rooms.liability.state, item.asset, holding, Number.MAX_SAFE_INTEGER)
      return { ...item, holding: holding?.toString() ?? null, krw: krw?.toString() ?? null }
    })
    return { ...wallet, assets, unpermitted: watch.unpermittedCount(rooms.watch.state, wallet.wallet) }
  })
}

function caseView({ rooms, needs }: Overview, id: string): Json | Refusal {
  const detail = incident.incidentDetail(rooms.incident.state, id, needs)
  if (detail === undefined) return incident.noIncident(id)
  return json({
    ...detail,
    trace: trace.traceOf(rooms.trace.state, id),
    repayment: liability.repaymentSummary(rooms.liability.state, id),
  })
}

const pageSchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(ENTRIES_PAGE_MAX).default(ENTRIES_PAGE_DEFAULT),
})

function entriesView({ after, limit }: Data, { record }: AnswerTools): Json {
  const items = record.entries(Number(after), Number(limit))
  return {
    items: items.map(({ index, at, by, turn, kind, type, data, cause = null }) => ({
      ...{ index, at, by, turn, kind, type, cause },
      data,
    })),
    size: record.size,
  }
}

type View = (data: Data, tools: AnswerTools) => Json | Refusal

const route = (path: string, summary: string, view: View, params?: z.ZodType<Data>, room = 'overview'): BoundRoute => ({
  ...{ method: 'GET', path, who: 'person', summary, room },
  ...(params && { params }),
  answer: async (data, tools) => view(data, tools),
})

export const overviewRoutes = (overview: Overview): BoundRoute[] => [
  route('/v1/state', 'Whether all is well: halts, watchers, nearest clock, what waits, journal head', (_data, tools) =>
    stateView(overview, tools),
  ),
  route('/v1/wallets', 'Wallets with what they hold', () => walletsView(overview.rooms)),
  route(
    '/v1/incidents/:incident',
    'A case: time line, duties, notices, loss, trace, repayment',
    ({ incident: id }) => caseView(overview, String(id)),
    z.strictObject({ incident: nameSchema }),
    'incident',
  ),
  route('/v1/events', 'Entries of the journal, in order', entriesView, pageSchema, 'journal'),
]
