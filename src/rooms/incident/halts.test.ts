/** What a case owes when we act between a report's approval and its sending, and what becomes of a halt whose case is closed. */
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../kernel/time.ts'
import {
  CHAIN,
  ETHER,
  FURTHER,
  halted,
  incidentOf,
  kinds,
  mailTo,
  noticeOf,
  only,
  pass,
  REPORT,
  robbery,
  type Story,
  stage,
  T0,
} from './fixture/stage.ts'
import type { Fact } from './messages.ts'

/** A report that is drawn and approved, and not sent yet. */
function approved(): { story: Story; notice: string } {
  const story = stage([REPORT, FURTHER])
  story.when('recipient.set', mailTo('KISA'))
  story.when('incident.open', robbery(1))
  pass(story, T0)
  const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
  story.when('notice.approve', { notice }, T0 + 1000)
  return { story, notice }
}

const sent = (story: Story, notice: string) =>
  story.when('notice.mark_sent', { notice, receipt: '250 ok' }, T0 + HOUR_MS)

describe('between approval and sending', () => {
  it.each<Fact>(['halted', 'lifted', 'evacuation_ordered', 'evacuated', 'repayment_planned', 'repaid', 'restored'])(
    'I9 %s is what we did: the report that was approved before it owes nothing further',
    (fact) => {
      const { story, notice } = approved()
      story.when('incident.record', { fact, chain: CHAIN, text: 'x' }, T0 + 2000)
      expect(kinds(sent(story, notice))).toEqual(['notice.sent', 'clock.met'])
    },
  )

  it('I9 nor does a change of who reports', () => {
    const { story, notice } = approved()
    const both = { en: 'x', ko: '가' }
    story.when('reporter.set', { platform: both, unit: both, contact: 'x' }, T0 + 2000)
    expect(kinds(sent(story, notice))).toEqual(['notice.sent', 'clock.met'])
  })

  it.each<Fact>(['traced', 'delegated', 'loss_computed'])(
    'I9 %s is a finding, counted from itself and not from our own act before it',
    (fact) => {
      const { story, notice } = approved()
      story.when('incident.record', { fact: 'evacuated', wallet: 'hot-1', asset: ETHER, text: 'x' }, T0 + 2000)
      story.when('incident.record', { fact, chain: CHAIN, text: 'x' }, T0 + 3000)
      story.when('incident.record', { fact, chain: CHAIN, text: 'again' }, T0 + 4000)
      expect(only(sent(story, notice), 'clock.started')).toMatchObject([
        { obligation: 'ZZ-FURTHER', started_at: T0 + 3000 },
      ])
    },
  )

  it('I9 what the text was drawn again to tell is told', () => {
    const story = stage([REPORT, FURTHER])
    story.when('recipient.set', mailTo('KISA'))
    story.when('incident.open', robbery(1))
    pass(story, T0)
    story.when('incident.open', robbery(2), T0 + 1000)
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
    story.when('notice.redraft', { notice }, T0 + 2000)
    story.when('notice.approve', { notice }, T0 + 3000)
    expect(kinds(sent(story, notice))).toEqual(['notice.sent', 'clock.met'])
  })
})

describe('a halt that outlives its case', () => {
  const closedUnderHalt = (): Story => {
    const story = stage([])
    story.when('incident.record', halted)
    story.when('incident.close', { incident: incidentOf(story), summary: 'done' }, T0 + 1000)
    return story
  }

  it('I10 is on the time line of a case that opens while it stands', () => {
    const story = closedUnderHalt()
    const opened = story.when('incident.open', robbery(1), T0 + 2000)
    expect(only(opened, 'incident.recorded')).toMatchObject([{ fact: 'halted', since: T0 }])
  })

  it('I10 is lifted in the closed case, and stands in none that opens later', () => {
    const story = closedUnderHalt()
    const [incident] = [...story.state.cases.keys()]
    const lifted = { fact: 'lifted' as const, chain: CHAIN, text: 'lifted' }
    expect(only(story.when('incident.record', lifted, T0 + 2000), 'incident.recorded')).toMatchObject([
      { incident, fact: 'lifted' },
    ])
    expect(only(story.when('incident.open', robbery(1), T0 + 3000), 'incident.recorded')).toEqual([])
    // Lifted again, there is nothing to tell.
    expect(stage([]).when('incident.record', lifted)).toEqual([])
  })
})
