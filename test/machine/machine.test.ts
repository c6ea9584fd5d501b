import { describe, expect, it } from 'vitest'
import { fromUtf8 } from '../../src/kernel/bytes.ts'
import { canonical } from '../../src/kernel/canonical.ts'
import { isRefusal, Refused } from '../../src/kernel/refusal.ts'
import {
  confirm,
  encodeEntry,
  fail,
  fold,
  loadSnapshot,
  type Machine,
  redecide,
  retryWait,
  stateDigests,
  TICK,
  type TurnDone,
  takeSnapshot,
} from '../../src/machine/index.ts'
import { T0 } from '../kit/given.ts'
import { openEcho } from './echo.ts'

const say = (word: string, times?: number) => ({
  type: 'echo.say',
  data: times === undefined ? { word } : { word, times },
  by: 'test',
})

function done(machine: Machine, command: { type: string; data: object; by: string }, at = T0): TurnDone {
  const result = machine.run(command as never, at)
  if (isRefusal(result)) throw new Error(`${result.code} ${result.detail}`)
  return result
}
const types = (turn: TurnDone): string[] => turn.recorded.map((entry) => entry.type)

describe('a turn', () => {
  it('records the command, its events and their consequences, in order', () => {
    const { machine, echo } = openEcho()
    const turn = done(machine, say('hello', 2))
    expect(types(turn)).toEqual(['echo.say', 'echo.said', 'echo.said', 'echo.answered', 'echo.answered'])
    expect(turn.recorded.map((entry) => entry.index)).toEqual([0, 1, 2, 3, 4])
    expect(turn.recorded[3]?.cause).toBe('echo.answer')
    expect(echo.state).toMatchObject({ answered: 2 })
    expect(JSON.parse(fromUtf8(turn.entries[1] ?? new Uint8Array()))).toEqual({
      kind: 'event',
      turn: 1,
      at: T0,
      by: 'test',
      type: 'echo.said',
      data: { word: 'hello', id: 'echo-1-1' },
    })
  })

  it('a refused command changes nothing and uses up no number', () => {
    const { machine } = openEcho()
    const before = stateDigests(machine)
    for (const command of [
      say(''),
      say('crash'),
      { type: 'echo.say', data: { word: 7 }, by: 'test' },
      { type: 'nobody.knows', data: {}, by: 'test' },
      say('x'.repeat(65_600)),
      say('x'.repeat(65_300)),
      say('half a pair: \ud800'),
    ]) {
      expect(isRefusal(machine.run(command as never, T0))).toBe(true)
    }
    expect(stateDigests(machine)).toEqual(before)
    expect(machine.position).toEqual({ size: 0, turn: 0, lastAt: 0 })
    expect(machine.run(say('\udfff'), T0)).toMatchObject({ code: 'MACHINE-010', kind: 'invalid' })
    expect(done(machine, say('well')).entries.length).toBeGreaterThan(0)
  })

  it('an entry is its canonical JSON, whatever stands in it', () => {
    const { machine } = openEcho(() => true)
    for (const word of ['hello', 'é"\\\u0000\u2028', '가나다', '😀']) {
      const { entries, recorded } = done(machine, { type: 'echo.say', data: { word }, by: 'test "quoted"' })
      entries.forEach((bytes, place) => {
        const { index: _index, ...entry } = recorded[place] ?? {}
        expect(Buffer.from(bytes).toString()).toBe(canonical(entry))
      })
    }
  })

  it('a wish that is fulfilled already makes no entry', () => {
    const { machine } = openEcho()
    expect(done(machine, say('hello', 0)).entries).toEqual([])
    expect(machine.position.turn).toBe(0)
  })

  it('a refused consequence is recorded and loses nothing of what caused it', () => {
    const { machine } = openEcho(() => true)
    const turn = done(machine, say('hello'))
    expect(types(turn)).toEqual(['echo.say', 'echo.said', 'consequence.refused'])
    expect(turn.recorded[2]?.data).toMatchObject({ command: 'echo.answer', code: 'ECHO-001' })
  })

  it('consequences are bounded: a loop in the playbook ends with a recorded refusal', () => {
    const { machine } = openEcho()
    const turn = done(machine, say('loop'))
    expect(turn.recorded.at(-1)).toMatchObject({ type: 'consequence.refused', data: { code: 'MACHINE-008' } })
    expect(turn.recorded.length).toBe(2 + 256 + 1)
  })

  it('a fold that fails stops the machine for good', () => {
    const { machine } = openEcho()
    expect(() => machine.run(say('poison'), T0)).toThrow(Refused)
    expect(machine.run(say('hello'), T0)).toMatchObject({ refused: true, code: 'MACHINE-006' })
  })

  it('time never goes back: a small step is held, a large one refused but for what is urgent', () => {
    const { machine } = openEcho()
    done(machine, say('hello'), T0)
    expect(done(machine, say('hello'), T0 - 3_000).recorded[0]?.at).toBe(T0)
    expect(machine.run(say('hello'), T0 - 60_000)).toMatchObject({ refused: true, code: 'MACHINE-004' })
    const shout = done(machine, { type: 'echo.shout', data: { word: 'fire' }, by: 'test' }, T0 - 60_000)
    expect(shout.recorded[0]?.at).toBe(T0)
  })
})

describe('timers', () => {
  it('what is due is told by a tick, once', () => {
    const { machine } = openEcho()
    done(machine, { type: 'echo.remind', data: { word: 'tea', at: T0 + 5_000 }, by: 'test' })
    const tick = { type: TICK, data: {}, by: 'clock' }
    expect(machine.due()).toBe(T0 + 5_000)
    expect(done(machine, tick, T0 + 4_999).entries).toEqual([])
    expect(types(done(machine, tick, T0 + 5_000))).toEqual([TICK, 'echo.reminded'])
    expect(machine.due()).toBeUndefined()
    expect(done(machine, tick, T0 + 9_000).entries).toEqual([])
  })
})

describe('the outbox', () => {
  it('an effect waits under a key of its own until it is confirmed, with growing waits after failures', () => {
    const { machine } = openEcho()
    done(machine, say('mail'))
    const [effect] = machine.outbox.state.waiting.values()
    expect(effect).toMatchObject({ key: '1.0', kind: 'echo.mail', data: { word: 'mail' }, attempts: 0, retryAt: T0 })
    done(machine, { ...fail('1.0', 'no answer'), by: 'outbox' }, T0 + 10)
    expect(machine.outbox.state.waiting.get('1.0')).toMatchObject({ attempts: 1, retryAt: T0 + 10 + 2_000 })
    expect([1, 2, 3, 20].map(retryWait)).toEqual([2_000, 4_000, 8_000, 900_000])
    done(machine, { ...confirm('1.0', '250 ok'), by: 'outbox' }, T0 + 20)
    expect(machine.outbox.state.waiting.size).toBe(0)
    expect(machine.run({ ...confirm('1.0', 'again'), by: 'outbox' }, T0 + 30)).toMatchObject({ code: 'OUTBOX-001' })
  })

  it('is given up after its last attempt, and says so', () => {
    const { machine } = openEcho()
    done(machine, say('mail'))
    let last: TurnDone | undefined
    for (let attempt = 1; attempt <= 150; attempt++) last = done(machine, { ...fail('1.0', 'down'), by: 'outbox' })
    expect(last && types(last)).toEqual(['outbox.fail', 'outbox.abandoned'])
    expect(machine.outbox.state.waiting.size).toBe(0)
  })
})

describe('replay', () => {
  const story = (machine: Machine): Uint8Array[] =>
    [
      done(machine, say('hello', 2)),
      done(machine, say('mail'), T0 + 1),
      done(machine, { type: 'echo.remind', data: { word: 'tea', at: T0 + 5 }, by: 'test' }, T0 + 2),
      done(machine, { ...fail('6.0', 'no answer'), by: 'outbox' }, T0 + 3),
      done(machine, { type: TICK, data: {}, by: 'clock' }, T0 + 9),
    ].flatMap((turn) => [...turn.entries])

  it('folding the entries gives the same state and position', () => {
    const { machine } = openEcho()
    const entries = story(machine)
    const second = openEcho().machine
    fold(second, entries)
    expect(stateDigests(second)).toEqual(stateDigests(machine))
    expect(second.position).toEqual(machine.position)
    expect(second.outbox.state.waiting.size).toBe(1)
  })

  it('deciding again gives the same bytes, and tells where it does not', () => {
    const entries = story(openEcho().machine)
    expect(redecide(openEcho().machine, entries)).toBeUndefined()
    expect(redecide(openEcho(() => true).machine, entries)).toMatchObject({ index: 3, turn: 1 })
    const forged = entries.map((bytes) =>
      Buffer.from(Buffer.from(bytes).toString().replace('"id":"echo-1-2"', '"id":"echo-9-9"')),
    )
    expect(redecide(openEcho().machine, forged)).toMatchObject({ index: 2 })
    expect(redecide(openEcho().machine, entries.slice(0, -1))).toMatchObject({
      what: expect.stringContaining('in addition'),
    })
  })

  it('an entry that is not ours, or of an event nobody knows, is refused by number', () => {
    expect(() => fold(openEcho().machine, [Buffer.from('{}')])).toThrow('MACHINE-009')
    const foreign = encodeEntry({ kind: 'event', turn: 1, at: T0, by: 'x', type: 'nobody.knew', data: {} })
    expect(() => fold(openEcho().machine, [foreign])).toThrow('MACHINE-009')
  })

  it('a snapshot gives the same state, and a torn, foreign or outgrown one is not taken', () => {
    const { machine } = openEcho()
    story(machine)
    const root = new Uint8Array(32).fill(7)
    const bytes = takeSnapshot(machine, root)
    const second = openEcho().machine
    expect(loadSnapshot(second, bytes, (size) => (size === machine.position.size ? root : undefined))).toBe(true)
    expect(stateDigests(second)).toEqual(stateDigests(machine))
    expect(done(second, say('on')).recorded[0]?.index).toBe(machine.position.size)
    const torn = Buffer.from(bytes)
    torn[torn.length - 3] = (torn[torn.length - 3] ?? 0) ^ 1
    expect(loadSnapshot(openEcho().machine, torn, () => root)).toBe(false)
    expect(loadSnapshot(openEcho().machine, bytes.subarray(0, 40), () => root)).toBe(false)
    expect(loadSnapshot(openEcho().machine, bytes, () => undefined)).toBe(false)
    expect(loadSnapshot(openEcho().machine, bytes, () => new Uint8Array(32))).toBe(false)
  })
})
