import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../kernel/time.ts'
import {
  CHAIN,
  codeOf,
  ETHER,
  halted,
  incidentOf,
  kinds,
  only,
  pass,
  REPORT,
  robbery,
  stage,
  T0,
  TOKEN,
  theft,
} from './fixture/stage.ts'
import { stolenIn } from './views.ts'

const wallet2 = { ...robbery(9), wallet: 'hot-2' }

describe('cases', () => {
  it('I2 opens a case for the first movement and adds the next ones of that wallet and chain to it', () => {
    const story = stage()
    const first = story.when('incident.open', robbery(1))
    expect(kinds(first)[0]).toBe('incident.opened')
    const next = story.when('incident.open', robbery(2), T0 + 1000)
    expect(kinds(next)).toEqual(['incident.extended'])
    expect(story.state.cases.size).toBe(1)
    expect(story.state.cases.get(incidentOf(story))?.stolen.get(ETHER)).toBe(3_000_000_000_000_000_000n)
  })

  it('I2 opens another case for another wallet, and for another kind', () => {
    const story = stage()
    story.when('incident.open', robbery(1))
    story.when('incident.open', wallet2)
    story.when('incident.open', { kind: 'delegation', chain: CHAIN, wallet: 'hot-1', summary: 'delegated' })
    expect([...story.state.cases.values()].map((c) => `${c.kind} ${c.wallet}`)).toEqual([
      'theft hot-1',
      'theft hot-2',
      'delegation hot-1',
    ])
  })

  it('I2 counts a movement once, however often and in whatever letters it is reported', () => {
    const story = stage()
    story.when(
      'incident.open',
      robbery(1, { asset: TOKEN.toUpperCase().replace('EIP155:1/ERC20:0X', 'eip155:1/erc20:0x') }),
    )
    expect(story.when('incident.open', robbery(1))).toEqual([])
    const item = story.state.cases.get(incidentOf(story))
    expect([...(item?.stolen ?? [])]).toEqual([[TOKEN, 1_500_000_000_000_000_000n]])
  })

  it('I2 does not count a movement of a closed case again', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    story.when('incident.close', { incident: incidentOf(story), summary: 'done' })
    expect(story.when('incident.open', robbery(1))).toEqual([])
    expect(kinds(story.when('incident.open', robbery(2)))).toEqual(['incident.opened'])
  })

  it('I2 tells a repeated alarm without a movement on the time line', () => {
    const story = stage([])
    const alarm = { kind: 'delegation' as const, chain: CHAIN, wallet: 'hot-1', summary: 'another delegate' }
    story.when('incident.open', alarm)
    expect(only(story.when('incident.open', alarm), 'incident.recorded')).toMatchObject([{ fact: 'delegated' }])
  })

  it('I3 takes the block’s time as when it happened and the turn’s time as awareness', () => {
    const story = stage()
    const [opened] = only(story.when('incident.open', robbery(1), T0 + 5), 'incident.opened')
    expect(opened).toMatchObject({ happened_at: T0 - 12_000, aware_at: T0 + 5, severity: 'critical' })
  })

  it.each([
    ['theft', 'critical'],
    ['delegation', 'high'],
    ['blind', 'high'],
    ['block', 'low'],
  ] as const)('I3 a case of kind %s is %s', (kind, severity) => {
    const [opened] = only(stage([]).when('incident.open', { kind, chain: CHAIN, summary: 'x' }), 'incident.opened')
    expect(opened).toMatchObject({ severity, happened_at: T0 })
  })

  it('I16 takes a movement that a reorganisation undid out of the sums and keeps it on the time line', () => {
    const story = stage()
    story.when('incident.open', robbery(1))
    story.when('incident.open', robbery(2))
    const undo = { chain: CHAIN, tx: theft(2).tx, place: 0 }
    expect(kinds(story.when('incident.retract', undo))).toEqual(['incident.retracted'])
    expect(story.when('incident.retract', undo)).toEqual([])
    const item = story.state.cases.get(incidentOf(story))
    expect(item?.stolen.get(ETHER)).toBe(1_500_000_000_000_000_000n)
    expect(item?.timeline.map((line) => line.kind)).toContain('incident.retracted')
    expect(item?.thefts.size).toBe(2)
  })

  it('I16 counts it again when the chain takes it up again', () => {
    const story = stage()
    story.when('incident.open', robbery(1))
    story.when('incident.retract', { chain: CHAIN, tx: theft(1).tx, place: 0 })
    expect(kinds(story.when('incident.open', robbery(1)))).toEqual(['incident.extended'])
    const item = story.state.cases.get(incidentOf(story))
    expect(item?.stolen.get(ETHER)).toBe(1_500_000_000_000_000_000n)
    expect(item?.retracted).toBe(0)
  })

  it('I16 what a trace follows is stolen in its case, or out of another account in another; not what was undone, nor an older case of its own', () => {
    const story = stage([])
    const other = `${CHAIN}:0x${'2'.repeat(40)}`
    story.when('incident.open', robbery(1))
    story.when('incident.close', { incident: incidentOf(story), summary: 'done' })
    story.when('incident.open', robbery(2))
    story.when('incident.open', robbery(3))
    story.when('incident.open', { ...robbery(4), wallet: 'hot-2', theft: { ...theft(4), from: other } })
    story.when('incident.open', {
      ...robbery(5),
      chain: 'eip155:10',
      wallet: 'hot-3',
      theft: { ...theft(5), from: other },
    })
    story.when('incident.retract', { chain: CHAIN, tx: theft(3).tx, place: 0 })
    expect([...stolenIn(story.state, incidentOf(story))]).toEqual([theft(2).tx, theft(4).tx])
    expect(stolenIn(story.state, 'incident-77-1').size).toBe(0)
  })

  it('I16 passes over a movement that no case knows', () => {
    expect(stage().when('incident.retract', { chain: CHAIN, tx: '0x1', place: 0 })).toEqual([])
  })

  it('I16 the sums are those of the movements that are not undone, whatever came in which order', () => {
    const act = fc.record({ n: fc.integer({ min: 1, max: 6 }), undo: fc.boolean(), wei: fc.bigInt(1n, 10n ** 24n) })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const story = stage([])
        const counted = new Map<number, bigint>()
        for (const { n, undo, wei } of acts) {
          if (undo) story.when('incident.retract', { chain: CHAIN, tx: theft(n).tx, place: 0 })
          else story.when('incident.open', robbery(n, { amount: wei.toString() }))
          if (undo) counted.delete(n)
          else if (!counted.has(n)) counted.set(n, wei)
        }
        const sum = [...counted.values()].reduce((a, b) => a + b, 0n)
        const item = story.state.cases.get(incidentOf(story))
        expect(item?.stolen.get(ETHER) ?? 0n).toBe(sum)
        expect(item ? item.thefts.size - item.retracted : 0).toBe(counted.size)
      }),
      { numRuns: 60 },
    )
  })

  it('I17 closes when nothing in force is owed any more, and says what is owed when something is', () => {
    const story = stage([REPORT])
    story.when('incident.open', robbery(1))
    const incident = incidentOf(story)
    const refused = story.ask('incident.close', { incident, summary: 'done' })
    expect(refused).toMatchObject({ code: 'INCIDENT-008', context: { clocks: ['ZZ-REPORT'] } })
    story.when('clock.meet', { incident, obligation: 'ZZ-REPORT', evidence: 'told by telephone' })
    expect(kinds(story.when('incident.close', { incident, summary: 'done' }))).toEqual(['incident.closed'])
    expect(story.due()).toBeUndefined()
    expect(story.state.open.size).toBe(0)
  })

  it('I17 a closed case takes notes and nothing else', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    const incident = incidentOf(story)
    story.when('incident.close', { incident, summary: 'done' })
    expect(kinds(story.when('incident.note', { incident, text: 'the court has ruled' }))).toEqual(['incident.recorded'])
    expect(codeOf(story.ask('incident.close', { incident, summary: 'again' }))).toBe('INCIDENT-004')
    expect(codeOf(story.ask('incident.record', { incident, fact: 'traced', text: 'x' }))).toBe('INCIDENT-004')
    expect(codeOf(story.ask('incident.state', { incident, about: 'cause', en: 'x', ko: 'x' }))).toBe('INCIDENT-004')
  })

  it('I17 names a case that does not exist', () => {
    const story = stage()
    const incident = 'incident-77-1'
    expect(codeOf(story.ask('incident.close', { incident, summary: 'x' }))).toBe('INCIDENT-001')
    expect(codeOf(story.ask('incident.record', { incident, fact: 'note', text: 'x' }))).toBe('INCIDENT-001')
    expect(codeOf(story.ask('clock.meet', { incident, obligation: 'ZZ-REPORT', evidence: 'x' }))).toBe('INCIDENT-001')
  })
})

describe('a storm of thefts', () => {
  it('I19 costs one event a movement, draws drafts only when time comes, and at most once a minute', () => {
    const story = stage([REPORT, BLOCKED])
    const made = [...story.when('incident.open', robbery(0))]
    for (let n = 1; n < 2000; n++) made.push(...story.when('incident.open', robbery(n), T0 + n))
    expect(only(made, 'incident.extended')).toHaveLength(1999)
    expect(made).toHaveLength(1999 + 2)
    expect(only(made, 'notice.drafted')).toEqual([])
    // One draft in each language, then one more round for what came after it.
    const drafted = only(pass(story, T0 + 10 * MINUTE_MS), 'notice.drafted')
    expect(drafted).toHaveLength(2)
    story.when('incident.open', robbery(5000), T0 + 11 * MINUTE_MS)
    expect(only(pass(story, T0 + 11 * MINUTE_MS), 'notice.drafted')).toHaveLength(2)
    expect(story.state.agenda.items).toHaveLength(1)
  })

  it('I19 a fact of a chain reaches its cases and no other', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    story.when('incident.open', { kind: 'blind', chain: 'eip155:10', summary: 'nobody sees it' })
    expect(only(story.when('incident.record', halted), 'incident.recorded')).toHaveLength(1)
    const everywhere = { fact: 'delivery_failed' as const, text: 'a mail server is down' }
    expect(only(story.when('incident.record', everywhere), 'incident.recorded')).toHaveLength(2)
    const wallet = { fact: 'evacuation_ordered' as const, wallet: 'hot-1', text: 'evacuation' }
    expect(only(story.when('incident.record', wallet), 'incident.recorded')).toHaveLength(1)
    expect(story.when('incident.record', { ...wallet, wallet: 'hot-9' })).toEqual([])
  })
})

const BLOCKED = { ...REPORT, obligation: 'ZZ-BLOCKED', trigger: 'block' as const }
