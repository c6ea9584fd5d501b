import { expect, test } from 'vitest'
import { scene, T0 } from '../../../test/kit/given.ts'
import { lineSchema } from '../../kernel/names.ts'
import { watchers, watchRoom } from './index.ts'
import { block, book, CHAIN } from './kit.ts'
import { BEHIND_MS_MAX, HEARTBEAT_MS, SILENCE_MS_MAX, SOURCES_MAX } from './limits.ts'
import type { SourceStatus } from './state.ts'

const say = (source: string, status: SourceStatus, detail = 'test') => ({ chain: CHAIN, source, status, detail })
const types = (events: unknown) => (events as { type: string }[]).map(({ type }) => type)
const stage = () => {
  const s = scene(watchRoom, book())
  s.when('source.report', say('a', 'reading'), T0)
  s.when('source.report', say('b', 'reading'), T0)
  return s
}
const sight = (s: ReturnType<typeof stage>) => watchers(s.state)[0]?.status

test('W14: one source that reads is enough; when none reads the chain is blind, once, until one reads again', () => {
  const s = stage()
  expect(types(s.when('source.report', say('a', 'erring'), T0 + 1))).toEqual(['source.reported'])
  expect(sight(s)).toBe('reading')
  const last = s.when('source.report', say('b', 'disagreeing', 'two hashes at 7'), T0 + 2)
  expect(types(last)).toEqual(['source.reported', 'watch.blinded'])
  expect(last[1]?.data).toMatchObject({ chain: CHAIN, detail: 'b is disagreeing: two hashes at 7' })
  expect(types(s.when('source.report', say('a', 'stalled'), T0 + 3))).toEqual(['source.reported'])
  expect(types(s.when('source.report', say('a', 'behind'), T0 + 4))).toEqual(['source.reported'])
  expect(sight(s)).toBe('blind')
  const restored = s.when('source.report', say('a', 'reading'), T0 + 1_002)
  expect(restored[1]).toEqual({ type: 'watch.restored', data: { chain: CHAIN, blind_ms: 1_000 } })
  expect(sight(s)).toBe('reading')
})

test('W14: a chain whose only source errs from the start is blind', () => {
  const s = scene(watchRoom, book())
  expect(types(s.when('source.report', say('a', 'erring')))).toEqual(['source.reported', 'watch.blinded'])
})

test('W14: a blind chain says why in one line, whatever its source said: the halt takes no other', () => {
  for (const detail of [
    '',
    'connect ECONNREFUSED\n  at 127.0.0.1\t:8545',
    `${'x'.repeat(285)}${'\u{1f4a5}'.repeat(7)}`,
  ]) {
    const s = scene(watchRoom, book())
    const [, blinded] = s.when('source.report', say('a', 'erring', detail))
    expect(lineSchema.safeParse(Reflect.get(blinded?.data ?? {}, 'detail'))).toMatchObject({ success: true })
  }
})

test('W15: reading late is tolerated for a while and then counts as blind', () => {
  const s = stage()
  s.when('source.report', say('a', 'behind'), T0 + 10)
  s.when('source.report', say('b', 'behind'), T0 + 20)
  expect(sight(s)).toBe('behind')
  let now = T0 + 20
  for (; now + HEARTBEAT_MS < T0 + 20 + BEHIND_MS_MAX; now += HEARTBEAT_MS) {
    expect(s.tick(now)).toEqual([])
    s.when('source.report', say('a', 'behind'), now)
    s.when('source.report', say('b', 'behind'), now)
  }
  expect(s.due()).toBe(T0 + 20 + BEHIND_MS_MAX)
  expect(types(s.tick(T0 + 20 + BEHIND_MS_MAX))).toEqual(['watch.blinded'])
  expect(s.due()).toBeGreaterThan(T0 + 20 + BEHIND_MS_MAX)
})

test('W15: after a restart, which shows as a long silence, the time to catch up counts anew', () => {
  const s = stage()
  s.when('source.report', say('a', 'behind'), T0 + 10)
  s.when('source.report', say('b', 'behind'), T0 + 10)
  const restart = T0 + 10 + 10 * SILENCE_MS_MAX
  s.when('source.report', say('a', 'behind'), restart)
  s.when('source.report', say('b', 'behind'), restart)
  expect(s.due()).toBe(restart + SILENCE_MS_MAX)
  expect(s.tick(restart + 1)).toEqual([])
})

test('W15: a source that says nothing counts as stalled, and all silent is blind', () => {
  const s = stage()
  s.when('source.report', say('b', 'reading'), T0 + HEARTBEAT_MS)
  expect(s.due()).toBe(T0 + SILENCE_MS_MAX)
  expect(s.tick(T0 + SILENCE_MS_MAX)).toMatchObject([
    { type: 'source.reported', data: { source: 'a', status: 'stalled' } },
  ])
  expect(sight(s)).toBe('reading')
  const rest = s.tick(T0 + HEARTBEAT_MS + SILENCE_MS_MAX)
  expect(types(rest)).toEqual(['source.reported', 'watch.blinded'])
  expect(s.due()).toBeUndefined()
})

test('W15: a chain that no source ever reported on is not called silent', () => {
  const s = scene(watchRoom, book())
  s.when('block.observe', block(-1, 5))
  expect(s.due()).toBeUndefined()
  expect(watchers(s.state)).toMatchObject([{ chain: CHAIN, status: 'reading', height: 5, sources: [] }])
})

test('W16: a report that changes nothing makes no event before half a heartbeat has passed', () => {
  const s = stage()
  expect(s.ask('source.report', say('a', 'reading', 'other words'), T0 + HEARTBEAT_MS / 2 - 1)).toEqual([])
  expect(types(s.when('source.report', say('a', 'reading'), T0 + HEARTBEAT_MS))).toEqual(['source.reported'])
  expect(watchers(s.state)[0]?.sources[0]).toMatchObject({ source: 'a', since: T0 })
})

test('W14: the number of sources is bounded', () => {
  const s = scene(watchRoom, book())
  for (let n = 0; n < SOURCES_MAX; n++) s.when('source.report', say(`s${n}`, 'reading'))
  expect(s.ask('source.report', say('more', 'reading'))).toMatchObject({ code: 'WATCH-006' })
})
