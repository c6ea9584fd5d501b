import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { none, type Row } from '../../src/machine/index.ts'
import type { Data } from '../../src/machine/room.ts'
import { playbook } from '../../src/playbook.ts'
import { commandSchemas, eventSchemas, ROOMS } from '../kit/rooms.ts'
import { valuesOf } from '../kit/sample.ts'

/** Enough that every choice of an event's members, and whether each is there, is drawn many times over. */
const DRAWS = 300
const SEED = 1

interface Causes {
  readonly commands: Set<string>
  readonly effects: Set<string>
}

const draw = (type: string): readonly Data[] => {
  const schema = eventSchemas[type]
  if (schema === undefined) return [{}]
  return fc.sample(valuesOf(schema), { numRuns: DRAWS, seed: SEED })
}

function causesOf(row: Row, events: readonly Data[]): Causes {
  const commands = new Set<string>()
  const effects = new Set<string>()
  for (const data of events) {
    for (const { type } of row.commands?.(data) ?? []) commands.add(type)
    for (const { kind } of row.effects?.(data) ?? []) effects.add(kind)
  }
  return { commands, effects }
}

/** Event -> what it may cause. The outbox's own events are drawn with the effects that the other rows have. */
function allCauses(): ReadonlyMap<string, Causes> {
  const found = new Map<string, Causes>()
  const rows = Object.entries(playbook)
  for (const [type, row] of rows) if (!type.startsWith('outbox.')) found.set(type, causesOf(row, draw(type)))
  const kinds = [...new Set([...found.values()].flatMap(({ effects }) => [...effects]))]
  for (const [type, row] of rows) {
    if (!type.startsWith('outbox.')) continue
    const events = draw(type).flatMap((data) => kinds.map((kind) => ({ ...data, kind })))
    found.set(type, causesOf(row, events))
  }
  return new Map(rows.map(([type]) => [type, found.get(type) ?? { commands: new Set(), effects: new Set() }]))
}

const roomOf = (command: string): string => ROOMS.find(({ commands }) => Object.hasOwn(commands, command))?.name ?? '?'

/** What a proposal carries is any act's data: its receiver has checked it before, as the rules of the room `access` say. */
const CARRIED = new Set(['proposal.executed', 'founding.acted'])

describe('the playbook', () => {
  const causes = allCauses()

  it('causes what a reviewer agreed to', async () => {
    const lines = [...causes].map(([type, { commands, effects }]) => {
      const told = [
        ...[...commands].map((command) => `  -> ${roomOf(command)}: ${command}`),
        ...[...effects].map((kind) => `  => out: ${kind}`),
      ]
      return [type, ...(told.length === 0 ? ['  none'] : told)].join('\n')
    })
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/playbook.txt')
  })

  it('says none exactly where nothing may follow', () => {
    const silent = [...causes].filter(([, { commands, effects }]) => commands.size + effects.size === 0)
    const saidNone = Object.entries(playbook).filter(([, row]) => row === none)
    expect(silent.map(([type]) => type)).toEqual(saidNone.map(([type]) => type))
  })

  it('makes these commands malformed for some event, so that the consequence would be refused: the gap, in the open', async () => {
    const gap = new Set<string>()
    for (const [type, row] of Object.entries(playbook)) {
      if (CARRIED.has(type)) continue
      for (const data of draw(type)) {
        for (const command of row.commands?.(data) ?? []) {
          const checked = commandSchemas[command.type]?.safeParse(command.data)
          for (const { path } of checked?.error?.issues ?? []) gap.add(`${type} -> ${command.type}: ${path.join('.')}`)
        }
      }
    }
    await expect(`${[...gap].sort().join('\n')}\n`).toMatchFileSnapshot('../golden/playbook-malformed.txt')
  })

  it('names only commands that a room takes', () => {
    const named = [...causes.values()].flatMap(({ commands }) => [...commands])
    expect(named.filter((command) => commandSchemas[command] === undefined)).toEqual([])
    expect(named.length).toBeGreaterThan(20)
  })
})
