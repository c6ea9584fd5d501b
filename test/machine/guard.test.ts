import { expect, it } from 'vitest'
import { isRefusal, refuser } from '../../src/kernel/refusal.ts'
import { type Command, Machine } from '../../src/machine/index.ts'
import { openRoom } from '../../src/machine/room.ts'
import { T0 } from '../kit/given.ts'
import { echoPlaybook, echoRoom, openEcho } from './echo.ts'

const refuse = refuser(echoRoom.refusals)

/** Answers are the playbook's alone. */
const guard = ({ type, by }: Command) =>
  type === 'echo.answer' || by === 'thief' ? refuse('ECHO-001', `${by} may not`) : undefined

it('what the guard refuses is not taken from outside, and is taken as a consequence', () => {
  const machine = new Machine([openRoom(echoRoom, () => ({ deaf: () => false }))], echoPlaybook, guard)
  const answer = { type: 'echo.answer', data: { word: 'hello' }, by: 'test' }
  expect(machine.run(answer, T0)).toMatchObject({ code: 'ECHO-001', detail: 'test may not' })
  expect(machine.run({ type: 'echo.say', data: { word: 'hello' }, by: 'thief' }, T0)).toMatchObject({
    code: 'ECHO-001',
  })
  const done = machine.run({ type: 'echo.say', data: { word: 'hello' }, by: 'test' }, T0)
  expect(isRefusal(done) ? [] : done.recorded.map(({ type }) => type)).toEqual([
    'echo.say',
    'echo.said',
    'echo.answered',
  ])
})

it('asking why a message would be refused changes nothing, and tells what doing it would', () => {
  const { machine, echo } = openEcho()
  const fault = (type: string, data: object) => machine.fault({ type, data: { ...data } }, T0, 'test')?.code
  expect(fault('echo.say', { word: 'hello' })).toBeUndefined()
  expect(fault('echo.say', { word: '' })).toBe('ECHO-001')
  expect(fault('echo.say', { word: 7 })).toMatch(/^INPUT-/)
  expect(fault('echo.nothing', {})).toBe('MACHINE-001')
  expect([echo.state.said.size, machine.position.size]).toEqual([0, 0])
})
