import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../src/kernel/bytes.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type Answer, QUEUE_MAX, Writer } from '../../src/machine/index.ts'
import { T0 } from '../kit/given.ts'
import { openEcho } from './echo.ts'

const say = (word: string) => ({ type: 'echo.say', data: { word }, by: 'test' })

function open(append?: (entries: readonly Bytes[]) => void) {
  const { machine, echo } = openEcho()
  const journal: Bytes[] = []
  const order: string[] = []
  const stopped: string[] = []
  const writer = new Writer({
    machine,
    now: () => T0,
    append: (entries) => {
      append?.(entries)
      journal.push(...entries)
      order.push(`durable ${entries.length}`)
    },
    onDurable: (recorded) => void order.push(`told ${recorded.length}`),
    onStopped: (why) => void stopped.push(why.code),
  })
  return { machine, echo, writer, journal, order, stopped }
}

describe('the writer', () => {
  it('commits a batch once, before anybody is answered', async () => {
    const { writer, order } = open()
    const answers = await Promise.all(
      ['a', 'b', 'quiet'].map((word) => writer.submit(say(word)).then((answer) => order.push(word) && answer)),
    )
    expect(order).toEqual(['durable 8', 'told 8', 'a', 'b', 'quiet'])
    expect(answers.every((answer) => typeof answer === 'object' && !isRefusal(answer))).toBe(true)
  })

  it('answers a refusal among others without disturbing them', async () => {
    const { writer, journal } = open()
    const [first, second, third] = await Promise.all([say('a'), say(''), say('quiet')].map((c) => writer.submit(c)))
    expect(isRefusal(first)).toBe(false)
    expect(second).toMatchObject({ code: 'ECHO-001' })
    expect(isRefusal(third)).toBe(false)
    expect(journal.length).toBe(5)
  })

  it('a journal that cannot be written stops everything: nobody is told that it was done', async () => {
    const { writer, journal, stopped } = open(() => {
      throw new Error('no space left on device')
    })
    const answers = await Promise.all([say('a'), say('b')].map((c) => writer.submit(c)))
    expect(answers).toMatchObject([{ code: 'MACHINE-005' }, { code: 'MACHINE-005' }])
    expect(await writer.submit(say('c'))).toMatchObject({ code: 'MACHINE-005' })
    expect(journal).toEqual([])
    expect(stopped).toEqual(['MACHINE-005'])
  })

  it('a fold that fails keeps what came before it in the batch and refuses what comes after', async () => {
    const { writer, journal, stopped } = open()
    const answers = await Promise.all([say('a'), say('poison'), say('b')].map((c) => writer.submit(c)))
    expect(isRefusal(answers[0])).toBe(false)
    expect(answers[1]).toMatchObject({ code: 'MACHINE-006' })
    expect(answers[2]).toMatchObject({ code: 'MACHINE-006' })
    expect(journal.length).toBe(3)
    expect(stopped).toEqual(['MACHINE-006'])
  })

  it('a full queue sends callers away instead of growing', async () => {
    const { writer } = open()
    const all: Promise<Answer>[] = []
    for (let count = 0; count < QUEUE_MAX + 5; count++) all.push(writer.submit(say('quiet')))
    const answers = await Promise.all(all)
    const busy = answers.filter((answer) => isRefusal(answer) && answer.code === 'MACHINE-003')
    expect(busy.length).toBe(5)
  })
})
