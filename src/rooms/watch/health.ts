/** Whether anybody sees a chain: what its sources say of themselves, and what their silence says. */
import { oneLine } from '../../kernel/names.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { DataOf, Decision } from '../../machine/room.ts'
import { BEHIND_MS_MAX, CHAINS_MAX, HEARTBEAT_MS, SILENCE_MS_MAX, SOURCES_MAX } from './limits.ts'
import { type commands, DETAIL_MAX, type events, type WatchEvent } from './messages.ts'
import { refuse } from './refusals.ts'
import type { ChainState, SourceState, SourceStatus, WatchState } from './state.ts'

export type Sight = 'reading' | 'behind' | 'blind'

/** One source that reads is enough to see; one that reads late sees late. A chain without sources never promised to be watched by any. */
export function sightOf(statuses: Iterable<SourceStatus>): Sight {
  const all = [...statuses]
  if (all.length === 0 || all.includes('reading')) return 'reading'
  return all.includes('behind') ? 'behind' : 'blind'
}

const statusesOf = (chain: ChainState | undefined): Map<string, SourceStatus> =>
  new Map([...(chain?.sources ?? [])].map(([source, { status }]) => [source, status]))

/** What the change of some sources means for the chain as a whole. */
function consequence(
  name: string,
  blind: ChainState['blind'],
  sight: Sight,
  detail: string,
  at: Instant,
): readonly WatchEvent[] {
  if (sight === 'blind' && blind === null) return [{ type: 'watch.blinded', data: { chain: name, detail } }]
  if (sight === 'reading' && blind !== null) {
    return [{ type: 'watch.restored', data: { chain: name, blind_ms: Math.max(0, at - blind.since) } }]
  }
  return []
}

export function report(
  state: WatchState,
  data: DataOf<typeof commands, 'source.report'>,
  turn: { readonly at: Instant },
): Decision<typeof events> {
  const { chain: name, source, status, detail } = data
  const chain = state.chains.get(name)
  const before = chain?.sources.get(source)
  if (chain === undefined && state.chains.size >= CHAINS_MAX) {
    return refuse('WATCH-006', `chain: ${CHAINS_MAX} chains are watched already`, { field: 'chain' })
  }
  if (before === undefined && (chain?.sources.size ?? 0) >= SOURCES_MAX) {
    return refuse('WATCH-006', `source: ${name} has ${SOURCES_MAX} sources already`, { field: 'source' })
  }
  // Half a heartbeat, so that a source whose timer runs a little early is not passed over until its next one.
  if (before !== undefined && before.status === status && turn.at - before.heardAt < HEARTBEAT_MS / 2) return []
  const sight = sightOf(statusesOf(chain).set(source, status).values())
  // One line, whatever the source said: a blind chain's halt and case must not fail at a line break in an error message.
  const what = oneLine(`${source} is ${status}: ${detail}`, DETAIL_MAX)
  return [{ type: 'source.reported', data }, ...consequence(name, chain?.blind ?? null, sight, what, turn.at)]
}

const listens = ({ status }: SourceState): boolean => status === 'reading' || status === 'behind'

const overdue = (chain: ChainState): Instant | undefined =>
  chain.behindSince === null || chain.blind !== null ? undefined : chain.behindSince + BEHIND_MS_MAX

/** The first moment at which silence, or reading late for too long, becomes blindness. Few chains and few sources: no index needed. */
export function due(state: WatchState): Instant | undefined {
  let first: Instant | undefined
  const consider = (at: Instant | undefined): void => {
    if (at !== undefined && (first === undefined || at < first)) first = at
  }
  for (const chain of state.chains.values()) {
    consider(overdue(chain))
    for (const source of chain.sources.values()) if (listens(source)) consider(source.heardAt + SILENCE_MS_MAX)
  }
  return first
}

function tickChain(name: string, chain: ChainState, at: Instant): WatchEvent[] {
  const statuses = statusesOf(chain)
  const made: WatchEvent[] = []
  const detail = `nothing was heard of it for ${SILENCE_MS_MAX / SECOND_MS} s`
  for (const [source, heard] of chain.sources) {
    if (!listens(heard) || heard.heardAt + SILENCE_MS_MAX > at) continue
    statuses.set(source, 'stalled')
    made.push({ type: 'source.reported', data: { chain: name, source, status: 'stalled', detail } })
  }
  const late = overdue(chain)
  const sight = sightOf(statuses.values())
  if (sight === 'behind' && late !== undefined && late <= at) {
    const why = `it has been read late for ${BEHIND_MS_MAX / SECOND_MS} s`
    made.push({ type: 'watch.blinded', data: { chain: name, detail: why } })
  } else if (made.length > 0) {
    made.push(...consequence(name, chain.blind, sight, 'no source of it says anything', at))
  }
  return made
}

export const tick = (state: WatchState, turn: { readonly at: Instant }): readonly WatchEvent[] =>
  [...state.chains].flatMap(([name, chain]) => tickChain(name, chain, turn.at))

/** Folds a report. A restart, which shows as a long silence, gets its time to catch up anew. */
export function heard(
  chain: ChainState,
  { source, status, detail }: DataOf<typeof events, 'source.reported'>,
  at: Instant,
): void {
  const before = chain.sources.get(source)
  const lastHeard = Math.max(-1, ...[...chain.sources.values()].map(({ heardAt }) => heardAt))
  const since = before?.status === status ? before.since : at
  chain.sources.set(source, { status, detail, since, heardAt: at })
  const sight = sightOf([...chain.sources.values()].map((each) => each.status))
  const restarted = lastHeard >= 0 && at - lastHeard >= SILENCE_MS_MAX
  if (sight !== 'behind') chain.behindSince = null
  else if (chain.behindSince === null || restarted) chain.behindSince = at
}
