import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openApp } from '../../src/app.ts'
import { ACT_TITLES } from '../../src/rooms/access/engine/approval/words.ts'
import { ROOMS } from '../kit/rooms.ts'
import { messageText, typeText, wordsText } from '../kit/shape.ts'

describe('the vocabulary', () => {
  it('has every room of the machine, with all its commands and events', () => {
    const told = ROOMS.map(({ name, commands, events }) => [name, Object.keys(commands), Object.keys(events)])
    const there = openApp().machine.rooms.map(({ name, commandTypes, eventTypes }) => [name, commandTypes, eventTypes])
    expect(told.sort()).toEqual(there.sort())
  })

  it('has every act that approvers are shown a title of', () => {
    const commands = new Set(ROOMS.flatMap((room) => Object.keys(room.commands)))
    expect(Object.keys(ACT_TITLES).filter((act) => !commands.has(act))).toEqual([])
  })

  it('is what a reviewer agreed to: an old journal holds these words for ever', async () => {
    const texts = ROOMS.flatMap(({ name, commands, events }) => [
      `## ${name}: commands`,
      ...Object.entries(commands).map(([type, schema]) => messageText(type, schema, 'input')),
      `## ${name}: events`,
      ...Object.entries(events).map(([type, schema]) => messageText(type, schema, 'output')),
    ])
    await expect(`${[wordsText(), ...texts].join('\n\n')}\n`).toMatchFileSnapshot('../golden/messages.txt')
  })

  it('shows each change of a member: its bounds, its words, whether it may be absent, what stands in for it', () => {
    const before = z.strictObject({ a: z.string().max(9), b: z.enum(['x', 'y']), c: z.array(z.int().min(1)).max(3) })
    const texts = [
      before,
      before.extend({ a: z.string().max(10) }),
      before.extend({ b: z.enum(['x', 'y', 'z']) }),
      before.extend({ a: z.string().max(9).optional() }),
      before.extend({ b: z.enum(['x', 'y']).default('x') }),
      before.extend({ c: z.array(z.int().min(0)).max(3) }),
      before.extend({ c: z.array(z.int().min(1)).max(4) }),
      before.extend({ c: z.record(z.string(), z.int()) }),
      z.object(before.shape),
    ].map((schema) => messageText('m', schema, 'input'))
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts[0]).toBe('m\n    a: string(..9)\n    b: "x" | "y"\n    c: [integer(1..)](..3)')
    expect(typeText({ anyOf: [{ const: 1 }, { type: 'object', properties: {}, additionalProperties: false }] })).toBe(
      '1 | {  }',
    )
  })
})
