import { describe, expect, it } from 'vitest'
import { kst, MINUTE_MS } from '../../kernel/time.ts'
import { dueAt } from './deadline.ts'
import {
  BLOCK,
  CHAIN,
  codeOf,
  DAY_MS,
  digest,
  duty,
  FURTHER,
  HOUR_MS,
  halted,
  incidentOf,
  kinds,
  mailTo,
  noticeOf,
  only,
  PLANNED,
  pack,
  pass,
  REPORT,
  robbery,
  type Story,
  stage,
  T0,
} from './fixture/stage.ts'
import { clockStatus, nearestClock } from './views.ts'

const clockOf = (story: Story, key: string, incident = incidentOf(story)) => {
  const clock = story.state.cases.get(incident)?.clocks.get(key)
  if (clock === undefined) throw new Error(`no clock ${key}`)
  return clock
}
const startedBy = (events: Parameters<typeof only>[0]) =>
  only(events, 'clock.started').map((c) => `${c.obligation}.${c.run}`)

describe('what starts a clock', () => {
  it('I4 the opening of a theft starts its duties, and the block’s only when customers are stopped', () => {
    const story = stage()
    expect(startedBy(story.when('incident.open', robbery(1)))).toEqual(['ZZ-REPORT.1', 'ZZ-PLANNED.1'])
    expect(startedBy(story.when('incident.record', halted))).toEqual(['ZZ-BLOCK.1', 'ZZ-USERS.1'])
  })

  it('I4 a stolen key is an intrusion also where no coin moved', () => {
    const story = stage([duty('ZZ-INTRUSION', { trigger: 'intrusion' }), REPORT])
    const alarm = { kind: 'delegation' as const, chain: CHAIN, wallet: 'hot-1', summary: 'x' }
    expect(startedBy(story.when('incident.open', alarm))).toEqual(['ZZ-INTRUSION.1'])
  })

  it('I4 a duty runs once at a time, and arises again when it is met and its trigger fires again', () => {
    const story = stage([BLOCK])
    story.when('incident.open', robbery(1))
    const incident = incidentOf(story)
    expect(startedBy(story.when('incident.record', halted))).toEqual(['ZZ-BLOCK.1'])
    expect(startedBy(story.when('incident.record', halted))).toEqual([])
    story.when('clock.meet', { incident, obligation: 'ZZ-BLOCK', evidence: 'telephone' })
    expect(startedBy(story.when('incident.record', { ...halted, chain: undefined }, T0 + HOUR_MS))).toEqual([
      'ZZ-BLOCK.2',
    ])
    expect(clockOf(story, 'ZZ-BLOCK.2').started_at).toBe(T0 + HOUR_MS)
  })

  it('I6 a rule that is not yet or no longer law on that day starts nothing', () => {
    const rules = [
      duty('ZZ-TODAY', { since: '2026-01-05', until: '2026-01-05' }),
      duty('ZZ-TOMORROW', { since: '2026-01-06' }),
      duty('ZZ-GONE', { until: '2026-01-04' }),
    ]
    // T0 is 09:00 on 5 January in Seoul.
    expect(startedBy(stage(rules).when('incident.open', robbery(1)))).toEqual(['ZZ-TODAY.1'])
  })

  it('I6 the day is that of the pack’s time zone', () => {
    const rules = [duty('ZZ-TOMORROW', { since: '2026-01-06' })]
    const midnightInSeoul = T0 + 15 * HOUR_MS
    expect(startedBy(stage(rules).when('incident.open', robbery(1), midnightInSeoul - 1))).toEqual([])
    expect(startedBy(stage(rules).when('incident.open', robbery(1), midnightInSeoul))).toEqual(['ZZ-TOMORROW.1'])
  })

  it('I6 a duty of a pack that was loaded later counts from when its trigger first fired', () => {
    const story = stage([REPORT])
    story.when('incident.open', robbery(1))
    const late = duty('ZZ-LATE', {})
    story.when('pack.load', pack([REPORT, late], { digest: digest('b'), as_of: '2026-01-02' }))
    const fire = { fact: 'note' as const, text: 'new pack', trigger: 'theft' as const, incident: incidentOf(story) }
    const [started] = only(story.when('incident.record', fire, T0 + HOUR_MS), 'clock.started')
    expect(started).toMatchObject({ obligation: 'ZZ-LATE', started_at: T0 })
  })

  it('I6 a running clock keeps the rule that it started with', () => {
    const story = stage([REPORT])
    story.when('incident.open', robbery(1))
    const changed = duty('ZZ-REPORT', { deadline: { kind: 'within', seconds: 60 } })
    story.when('pack.load', pack([changed], { digest: digest('b') }))
    expect(clockOf(story, 'ZZ-REPORT').obligation.deadline).toEqual(REPORT.deadline)
    expect(pass(story, T0 + HOUR_MS).map((e) => e.type)).not.toContain('clock.missed')
  })
})

describe('blocks', () => {
  it('I10 a block that concerns no case opens one, with the block’s duties', () => {
    const story = stage()
    const events = story.when('incident.record', halted)
    expect(kinds(events)).toEqual(['incident.opened', 'clock.started', 'clock.started', 'incident.recorded'])
    expect(only(events, 'incident.opened')).toMatchObject([{ kind: 'block', severity: 'low', chain: CHAIN }])
  })

  it('I10 a block of the whole platform has no chain', () => {
    const [opened] = only(stage().when('incident.record', { ...halted, chain: undefined }), 'incident.opened')
    expect(opened?.chain).toBeUndefined()
  })

  it('I10 one block is one duty: it runs in the gravest of the cases that it concerns, the oldest of equals', () => {
    const story = stage([BLOCK])
    story.when('incident.open', { kind: 'blind', chain: CHAIN, summary: 'nobody sees it' })
    story.when('incident.open', robbery(1))
    story.when('incident.open', robbery(2, {}, 'hot-2'))
    const started = only(story.when('incident.record', halted), 'clock.started')
    const [, theftCase] = [...story.state.open]
    expect(started.map((c) => c.incident)).toEqual([theftCase])
    expect([...story.state.cases.values()].map((c) => c.acts.map((a) => a.fact))).toEqual([
      ['halted'],
      ['halted'],
      ['halted'],
    ])
  })

  it('I10 a halt that stands already is told in a case that opens later, without its duty starting twice', () => {
    const story = stage([BLOCK])
    story.when('incident.record', halted)
    const events = story.when('incident.open', robbery(1), T0 + MINUTE_MS)
    expect(only(events, 'incident.recorded')).toMatchObject([{ fact: 'halted', since: T0 }])
    expect(startedBy(events)).toEqual([])
    const lifted = { fact: 'lifted' as const, chain: CHAIN, text: 'lifted' }
    story.when('incident.record', lifted)
    expect(only(story.when('incident.open', robbery(2, {}, 'hot-2')), 'incident.recorded')).toEqual([])
  })
})

describe('when it is due', () => {
  const calendar = pack([REPORT])

  it.each([
    [{ kind: 'within', seconds: 86_400 } as const, T0 + DAY_MS],
    [{ kind: 'at_once' } as const, T0],
    [{ kind: 'without_delay' } as const, T0],
    [{ kind: 'beforehand' } as const, T0],
    [{ kind: 'unset' } as const, undefined],
  ])('I5 %o', (deadline, due) => {
    expect(dueAt(deadline, T0, calendar)).toBe(due)
  })

  it.each([
    // Monday 5 January 2026; the 7th is a holiday of the pack.
    ['a Monday', T0, 1, '2026-01-06 23:59:59 KST'],
    ['over a holiday', T0, 2, '2026-01-08 23:59:59 KST'],
    ['over a weekend', T0, 4, '2026-01-12 23:59:59 KST'],
    ['late in the evening', T0 + 14 * HOUR_MS, 1, '2026-01-06 23:59:59 KST'],
    ['after midnight in Seoul', T0 + 15 * HOUR_MS, 1, '2026-01-08 23:59:59 KST'],
  ])('I5 business days from %s', (_what, start, days, due) => {
    expect(kst(dueAt({ kind: 'business_days', days }, start, calendar) ?? 0)).toBe(due)
  })

  it('I5 every day counts after the last day that the holiday list covers: too early, never too late', () => {
    const short = { ...calendar, holidays: { ...calendar.holidays, to: '2026-01-08' } }
    // Thursday 8 January: then Friday, and Saturday and Sunday are taken for business days.
    expect(kst(dueAt({ kind: 'business_days', days: 3 }, T0 + 3 * DAY_MS, short) ?? 0)).toBe('2026-01-11 23:59:59 KST')
  })

  it('I5 a day ends where the time zone says, summer time or not', () => {
    const newYork = { ...calendar, time_zone: 'America/New_York', holidays: { ...calendar.holidays, days: [] } }
    // Friday 6 March 2026; the clocks go forward on Sunday the 8th: Monday ends at 04:00 UTC, not 05:00.
    const due = dueAt({ kind: 'business_days', days: 1 }, Date.UTC(2026, 2, 6, 12), newYork)
    expect(due).toBe(Date.UTC(2026, 2, 10, 4) - 1)
  })
})

describe('missed, late, met', () => {
  it('I8 a deadline is told missed once, when it passes', () => {
    const story = stage([REPORT])
    story.when('incident.open', robbery(1))
    pass(story, T0 + MINUTE_MS)
    expect(only(pass(story, T0 + DAY_MS - 1), 'clock.missed')).toEqual([])
    expect(only(pass(story, T0 + DAY_MS), 'clock.missed')).toMatchObject([
      { obligation: 'ZZ-REPORT', due_at: T0 + DAY_MS },
    ])
    expect(only(pass(story, T0 + 9 * DAY_MS), 'clock.missed')).toEqual([])
    expect(clockStatus(clockOf(story, 'ZZ-REPORT'))).toBe('missed')
  })

  it('I8 a duty without a number of hours is never told missed; how long it took is', () => {
    const story = stage([BLOCK])
    story.when('incident.record', halted)
    expect(kinds(pass(story, T0 + 9 * DAY_MS))).not.toContain('clock.missed')
    expect(clockStatus(clockOf(story, 'ZZ-BLOCK'))).toBe('running')
    const meet = { incident: incidentOf(story), obligation: 'ZZ-BLOCK', evidence: 'call' }
    const [met] = only(story.when('clock.meet', meet, T0 + 7000), 'clock.met')
    expect(met?.late_ms).toBe(7000)
    expect(clockStatus(clockOf(story, 'ZZ-BLOCK'))).toBe('late')
  })

  it('I7 a proposed rule has its clock, is never missed, and nothing of it is late', () => {
    const story = stage([PLANNED])
    story.when('incident.open', robbery(1))
    expect(kinds(pass(story, T0 + 9 * DAY_MS))).not.toContain('clock.missed')
    expect(nearestClock(story.state)).toBeNull()
    const meet = { incident: incidentOf(story), obligation: 'ZZ-PLANNED', evidence: 'exercise' }
    story.when('clock.meet', meet, T0 + 9 * DAY_MS)
    expect(clockStatus(clockOf(story, 'ZZ-PLANNED'))).toBe('met')
  })

  it('I7 a proposed duty does not keep a case open', () => {
    const story = stage([PLANNED])
    story.when('incident.open', robbery(1))
    expect(kinds(story.when('incident.close', { incident: incidentOf(story), summary: 'x' }))).toEqual([
      'incident.closed',
    ])
  })

  it('I15 a duty may be met by other means, at the time when that was done', () => {
    const story = stage([REPORT])
    story.when('incident.open', robbery(1))
    const meet = { incident: incidentOf(story), obligation: 'ZZ-REPORT', evidence: 'call to the duty desk' }
    const now = T0 + DAY_MS + HOUR_MS
    expect(codeOf(story.ask('clock.meet', { ...meet, met_at: now + 1 }, now))).toBe('INCIDENT-013')
    expect(only(story.when('clock.meet', { ...meet, met_at: T0 + HOUR_MS }, now), 'clock.met')).toMatchObject([
      { met_at: T0 + HOUR_MS, late_ms: 0 },
    ])
    expect(codeOf(story.ask('clock.meet', meet, now))).toBe('INCIDENT-012')
    expect(codeOf(story.ask('clock.meet', { ...meet, obligation: 'ZZ-BLOCK' }, now))).toBe('INCIDENT-003')
  })

  it('I8 the nearest clock is the unmet duty in force that is due first, overdue ones before all', () => {
    const story = stage()
    expect(nearestClock(story.state)).toBeNull()
    story.when('incident.open', robbery(1))
    expect(nearestClock(story.state)).toMatchObject({ obligation: 'ZZ-REPORT', due_at: T0 + DAY_MS, status: 'running' })
    story.when('incident.record', halted, T0 + 1)
    expect(nearestClock(story.state)).toMatchObject({ obligation: 'ZZ-BLOCK', due_at: T0 + 1 })
  })
})

describe('further facts', () => {
  const reported = (): Story => {
    const story = stage([REPORT, FURTHER])
    story.when('incident.open', robbery(1))
    story.when('clock.meet', { incident: incidentOf(story), obligation: 'ZZ-REPORT', evidence: 'call' })
    return story
  }

  it('I9 what is found before the first report belongs into it and starts nothing', () => {
    const story = stage([REPORT, FURTHER])
    story.when('incident.open', robbery(1))
    expect(startedBy(story.when('incident.open', robbery(2)))).toEqual([])
  })

  it.each([
    ['a further movement', (s: Story) => s.when('incident.open', robbery(2))],
    [
      'an undone movement',
      (s: Story) => s.when('incident.retract', { chain: CHAIN, tx: robbery(1).theft.tx, place: 0 }),
    ],
    ['a trace', (s: Story) => s.when('incident.record', { fact: 'traced', text: 'traced', chain: CHAIN })],
    [
      'a statement',
      (s: Story) => s.when('incident.state', { incident: incidentOf(s), about: 'cause', en: 'x', ko: '가' }),
    ],
  ])('I9 %s after the report starts the duty to tell it', (_what, act) => {
    expect(startedBy(act(reported()))).toEqual(['ZZ-FURTHER.1'])
  })

  it.each(['evacuated', 'lifted', 'note', 'repaid'] as const)('I9 %s is what we do, and no further fact', (fact) => {
    expect(startedBy(reported().when('incident.record', { fact, text: 'x', chain: CHAIN }))).toEqual([])
  })

  it('I9 the duty counts from the first untold finding, and arises anew after each report', () => {
    const story = reported()
    expect(startedBy(story.when('incident.open', robbery(2)))).toEqual(['ZZ-FURTHER.1'])
    expect(startedBy(story.when('incident.open', robbery(3), T0 + HOUR_MS))).toEqual([])
    expect(clockOf(story, 'ZZ-FURTHER').started_at).toBe(T0)
    story.when('clock.meet', { incident: incidentOf(story), obligation: 'ZZ-FURTHER', evidence: 'mail' })
    expect(startedBy(story.when('incident.open', robbery(4)))).toEqual(['ZZ-FURTHER.2'])
  })

  it('I9 what was found between approval and sending was not told: its duty counts from the finding', () => {
    const story = stage([REPORT, FURTHER])
    story.when('recipient.set', mailTo('KISA'))
    story.when('incident.open', robbery(1))
    pass(story, T0)
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
    story.when('notice.approve', { notice }, T0 + 1000)
    story.when('incident.open', robbery(2), T0 + 2000)
    const events = story.when('notice.mark_sent', { notice, receipt: '250 ok' }, T0 + 9000)
    expect(kinds(events)).toEqual(['notice.sent', 'clock.met', 'clock.started'])
    expect(only(events, 'clock.started')).toMatchObject([{ obligation: 'ZZ-FURTHER', run: 1, started_at: T0 + 2000 }])
  })

  it('I9 the same holds for the further report itself', () => {
    const story = reported()
    story.when('recipient.set', mailTo('KISA'))
    story.when('incident.open', robbery(2))
    pass(story, T0)
    const { notice } = noticeOf(story, 'ZZ-FURTHER', 'ko')
    story.when('notice.approve', { notice })
    story.when('incident.open', robbery(3), T0 + 2000)
    const events = story.when('notice.mark_sent', { notice, receipt: '250 ok' }, T0 + 9000)
    expect(only(events, 'clock.started')).toMatchObject([{ obligation: 'ZZ-FURTHER', run: 2, started_at: T0 + 2000 }])
  })

  it('I9 a block between approval and sending is a block that the notice did not tell', () => {
    const story = stage([BLOCK])
    story.when('recipient.set', mailTo('FSS'))
    story.when('incident.record', halted)
    pass(story, T0)
    const { notice } = noticeOf(story, 'ZZ-BLOCK', 'ko')
    story.when('notice.approve', { notice })
    story.when('incident.record', { ...halted, text: 'halt of all', chain: undefined }, T0 + 2000)
    const events = story.when('notice.mark_sent', { notice, receipt: '250 ok' }, T0 + 9000)
    expect(only(events, 'clock.started')).toMatchObject([{ obligation: 'ZZ-BLOCK', run: 2, started_at: T0 + 2000 }])
  })
})
