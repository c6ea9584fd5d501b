import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scene } from '../../../test/kit/given.ts'
import { answerTools } from '../../../test/kit/tools.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { ENTRY_BYTES_MAX, encodeEntry } from '../../machine/entry.ts'
import type { Data } from '../../machine/room.ts'
import { bindRoutes } from '../../machine/route.ts'
import {
  routes,
  runOf,
  TRACE_SERVICES_TOLD_MAX,
  TRACE_SOURCES_MAX,
  TRACE_UNACCOUNTED_TOLD_MAX,
  traceOf,
  traceRoom,
  traceView,
} from './index.ts'

const chain = 'eip155:1'
const account = (n: number): string => `${chain}:0x${n.toString(16).padStart(40, '0')}`
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`
const start = (...sources: string[]) => ({ incident: 'incident-1', chain, sources, method: 'fifo' as const })
const result = (trace: string, run: number, letter = 'a') => ({
  ...{ trace, run, digest: digest(letter), input_digest: digest('0'), edges: 12, addresses: 9 },
  services: [{ entity: 'Some Exchange', kind: 'exchange', asset: `${chain}/slip44:60`, amount: '70' }],
  unaccounted: [{ asset: `${chain}/slip44:60`, amount: '0' }],
})
const stage = () => scene(traceRoom, undefined)
const types = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type)

/** A stage on which the first run of a trace is under way. */
function running() {
  const s = stage()
  const [begun] = s.when('trace.start', start(account(1)))
  if (begun?.type !== 'trace.started') throw new Error('no trace began')
  return { s, trace: begun.data.trace }
}

describe('starting', () => {
  it('T1 begins one trace for each incident and chain, with its first run', () => {
    const { s, trace } = running()
    expect(traceOf(s.state, 'incident-1')).toMatchObject({ trace, status: 'running', run: 1, edges: 0, digest: null })
    expect(runOf(s.state, trace, 1)).toEqual({ incident: 'incident-1', chain, method: 'fifo', sources: [account(1)] })

    const other = { incident: 'incident-1', chain: 'eip155:10', sources: [`eip155:10:0x${'1'.repeat(40)}`] }
    const [second] = s.when('trace.start', { ...other, method: 'fifo' })
    expect(second).toMatchObject({ type: 'trace.started', data: { run: 1, chain: 'eip155:10' } })
    expect(second?.data.trace).not.toBe(trace)
    expect(traceOf(s.state, 'incident-1')?.trace).toBe(trace)
  })

  it('T1 knows no trace of an incident that has none', () => {
    const { s, trace } = running()
    expect(traceOf(s.state, 'incident-2')).toBeNull()
    expect(traceView(s.state, 'trace-9')).toBeUndefined()
    expect(runOf(s.state, trace, 2)).toBeUndefined()
  })

  it('T2 takes two spellings of an Ethereum account for one', () => {
    const s = stage()
    const [begun] = s.when('trace.start', start(`${chain}:0x${'AB'.repeat(20)}`, `${chain}:0x${'ab'.repeat(20)}`))
    expect(begun?.data).toMatchObject({ sources: [`${chain}:0x${'ab'.repeat(20)}`] })
  })

  it('T2 refuses a source on another chain, and names it', () => {
    const answer = stage().ask('trace.start', start(account(1), 'eip155:10:0x01'))
    expect(answer).toMatchObject({ code: 'TRACE-001', field: 'sources.1' })
  })

  it('T2 refuses more sources in all than a trace may have, and changes nothing', () => {
    const { s, trace } = running()
    const many = Array.from({ length: TRACE_SOURCES_MAX }, (_, n) => account(n + 2))
    expect(s.ask('trace.start', start(...many))).toMatchObject({ code: 'TRACE-002', field: 'sources' })
    expect(traceView(s.state, trace)?.postponed).toBe(false)
    s.when('trace.start', start(...many.slice(1)))
    expect(s.ask('trace.start', start(account(5_000)))).toMatchObject({ code: 'TRACE-002' })
  })
})

describe('while a run is under way', () => {
  it('T3 postpones once, however many movements come, and once more for each new source', () => {
    const { s, trace } = running()
    expect(s.when('trace.start', start(account(1)))).toEqual([
      { type: 'trace.postponed', data: { trace, run: 1, sources: [] } },
    ])
    for (let n = 0; n < 500; n += 1) expect(s.when('trace.start', start(account(1)))).toEqual([])
    expect(s.when('trace.start', start(account(1), account(2)))).toEqual([
      { type: 'trace.postponed', data: { trace, run: 1, sources: [account(2)] } },
    ])
    expect(s.when('trace.start', start(account(2)))).toEqual([])
  })

  it('T4 records and at once begins the next run, over all sources', () => {
    const { s, trace } = running()
    s.when('trace.start', start(account(2)))
    const [recorded, next] = s.when('trace.record', result(trace, 1))
    expect(recorded).toMatchObject({ type: 'trace.recorded', data: { incident: 'incident-1', run: 1 } })
    expect(next).toMatchObject({ type: 'trace.started', data: { trace, run: 2, sources: [account(1), account(2)] } })
    expect(traceOf(s.state, 'incident-1')).toMatchObject({ status: 'running', run: 2, edges: 12, digest: digest('a') })
  })

  it('T4 begins no further run where nothing came', () => {
    const { s, trace } = running()
    expect(types(s.when('trace.record', result(trace, 1)))).toEqual(['trace.recorded'])
    expect(traceOf(s.state, 'incident-1')).toMatchObject({ status: 'recorded', run: 1, addresses: 9 })
  })

  it('T4 asks for no computation of a run that has ended or been overtaken', () => {
    const { s, trace } = running()
    s.when('trace.record', result(trace, 1))
    expect(runOf(s.state, trace, 1)).toBeUndefined()
    s.when('trace.start', start(account(1)))
    expect([runOf(s.state, trace, 1), runOf(s.state, trace, 2)?.sources]).toEqual([undefined, [account(1)]])
    s.when('trace.fail', { trace, run: 2, why: 'the node is down' })
    expect(runOf(s.state, trace, 2)).toBeUndefined()
  })

  it('T4 runs again on the next start after a record', () => {
    const { s, trace } = running()
    s.when('trace.record', result(trace, 1))
    expect(s.when('trace.start', start(account(1)))).toMatchObject([{ type: 'trace.started', data: { trace, run: 2 } }])
  })
})

describe('results', () => {
  it('T5 takes the same result again without an event, and refuses another for the same run', () => {
    const { s, trace } = running()
    s.when('trace.record', result(trace, 1))
    expect(s.when('trace.record', result(trace, 1))).toEqual([])
    expect(s.ask('trace.record', result(trace, 1, 'b'))).toMatchObject({ code: 'TRACE-004', expected: digest('a') })
  })

  it('T5 does not take the late result of an earlier run for that of the present one', () => {
    const { s, trace } = running()
    s.when('trace.record', result(trace, 1))
    s.when('trace.start', start(account(1)))
    expect(s.when('trace.record', result(trace, 1))).toEqual([])
    expect(s.ask('trace.record', result(trace, 1, 'b'))).toMatchObject({ code: 'TRACE-004' })
    expect(traceOf(s.state, 'incident-1')).toMatchObject({ status: 'running', run: 2 })
  })

  it('T5 refuses a result for a run that has not begun or a trace that does not exist', () => {
    const { s, trace } = running()
    expect(s.ask('trace.record', result(trace, 2))).toMatchObject({ code: 'TRACE-005', field: 'run' })
    expect(s.ask('trace.record', result('trace-9', 1))).toMatchObject({ code: 'TRACE-003', field: 'trace' })
    expect(s.ask('trace.fail', { trace, run: 2, why: 'no' })).toMatchObject({ code: 'TRACE-005' })
  })

  it('T6 a failed run leaves the earlier findings, and what came meanwhile is followed at once', () => {
    const { s, trace } = running()
    s.when('trace.record', result(trace, 1))
    s.when('trace.start', start(account(1)))
    s.when('trace.start', start(account(3)))
    const events = s.when('trace.fail', { trace, run: 2, why: 'the node is down' })
    expect(types(events)).toEqual(['trace.failed', 'trace.started'])
    expect(traceView(s.state, trace)).toMatchObject({ run: 3, status: 'running', digest: digest('a'), recorded_run: 1 })
  })

  it('T6 a failed run is told with its reason, once, and starts again when asked', () => {
    const { s, trace } = running()
    s.when('trace.fail', { trace, run: 1, why: 'the node is down' })
    expect(traceView(s.state, trace)).toMatchObject({ status: 'failed', why: 'the node is down' })
    expect(s.when('trace.fail', { trace, run: 1, why: 'again' })).toEqual([])
    expect(types(s.when('trace.start', start(account(1))))).toEqual(['trace.started'])
    expect(traceView(s.state, trace)).toMatchObject({ status: 'running', run: 2, why: null })
  })

  it('T6 a result that comes after its run failed counts, and a failure after its result does not', () => {
    const { s, trace } = running()
    s.when('trace.fail', { trace, run: 1, why: 'timed out' })
    expect(types(s.when('trace.record', result(trace, 1)))).toEqual(['trace.recorded'])
    expect(s.when('trace.fail', { trace, run: 1, why: 'late' })).toEqual([])
    expect(traceOf(s.state, 'incident-1')?.status).toBe('recorded')
  })
})

describe('the endpoints', () => {
  const ask = (s: ReturnType<typeof stage>, method: string, data: Data) => {
    const route = bindRoutes(routes, s).find((one) => one.method === method)
    return route?.answer(data, answerTools())
  }

  it('T1 tell how a trace stands, by its id or by its incident, and refuse an unknown one', async () => {
    const { s, trace } = running()
    s.when('trace.record', result(trace, 1))
    expect(await ask(s, 'GET', { trace })).toEqual({
      ...{ trace, incident: 'incident-1', chain, method: 'fifo', sources: [account(1)], run: 1, status: 'recorded' },
      ...{ why: null, postponed: false, edges: 12, addresses: 9, digest: digest('a'), input_digest: digest('0') },
      ...{ recorded_run: 1, services: result(trace, 1).services, unaccounted: result(trace, 1).unaccounted },
    })
    expect(await ask(s, 'POST', { incident: 'incident-1' })).toMatchObject({ trace, status: 'recorded' })
    expect(await ask(s, 'GET', { trace: 'trace-9' })).toMatchObject({ code: 'TRACE-003' })
    expect(await ask(s, 'POST', { incident: 'incident-9' })).toMatchObject({ code: 'TRACE-003' })
  })
})

describe('limits', () => {
  it('T7 the longest result still fits a journal entry', () => {
    const wide = '파'
    const widest = {
      ...result('t'.repeat(64), 999_999),
      services: Array.from({ length: TRACE_SERVICES_TOLD_MAX }, () => ({
        ...{ entity: wide.repeat(100), kind: wide.repeat(40), asset: 'a'.repeat(200), amount: '9'.repeat(78) },
      })),
      unaccounted: Array.from({ length: TRACE_UNACCOUNTED_TOLD_MAX }, () => ({
        asset: 'a'.repeat(200),
        amount: '9'.repeat(78),
      })),
    }
    expect(traceRoom.commands['trace.record'].safeParse(widest).success).toBe(true)
    const data = { ...widest, incident: 'i'.repeat(64) }
    const entry = encodeEntry({ kind: 'event', turn: 1, at: 0, by: '', type: 'trace.recorded', data })
    expect(entry.length).toBeLessThan(ENTRY_BYTES_MAX - 512)
  })
})

describe('any order of starts, results and failures', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('start' as const), source: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('record' as const), back: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ kind: fc.constant('fail' as const), back: fc.integer({ min: 0, max: 2 }) }),
  )

  it('T3 every start is followed by a run that begins after it, and a run makes few events', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const { s, trace } = running()
        const given = new Set([account(1)])
        let events = 1
        for (const one of acts) {
          const run = traceOf(s.state, 'incident-1')?.run ?? 1
          if (one.kind === 'start') {
            given.add(account(one.source))
            events += s.when('trace.start', start(account(one.source))).length
            const view = traceView(s.state, trace)
            // Either it waits for the next run, or a run that begins now follows it.
            expect(view?.status === 'running' && (view.postponed || view.run > run)).toBe(true)
          } else {
            const at = Math.max(1, run - one.back)
            const made =
              one.kind === 'record'
                ? s.ask('trace.record', result(trace, at))
                : s.ask('trace.fail', { trace, run: at, why: 'x' })
            if (isRefusal(made)) throw new Error(made.detail)
            s.given(...made)
            events += made.length
          }
        }
        const view = traceView(s.state, trace)
        const ended =
          view?.status === 'running' && view.postponed ? s.when('trace.record', result(trace, view.run)) : []
        events += ended.length
        expect(new Set(traceView(s.state, trace)?.sources)).toEqual(given)
        // A run: started, postponed once and once for each new source, failed, recorded.
        expect(events).toBeLessThanOrEqual(4 * (traceView(s.state, trace)?.run ?? 0) + given.size)
      }),
    )
  })
})
