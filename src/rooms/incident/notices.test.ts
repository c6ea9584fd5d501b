import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../kernel/time.ts'
import {
  BLOCK,
  CHAIN,
  codeOf,
  DAY_MS,
  duty,
  HOUR_MS,
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
import { REDRAFT_WAIT_MS } from './stale.ts'
import { letterOf, waitingNotices } from './views.ts'

/** A theft whose report is drafted, with somebody to receive it. */
function drafted(): Story {
  const story = stage([REPORT])
  story.when('recipient.set', mailTo('KISA'))
  story.when('incident.open', robbery(1))
  pass(story, T0)
  return story
}

const approve = (story: Story, at = T0): string => {
  const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
  story.when('notice.approve', { notice }, at)
  return notice
}

describe('drafts', () => {
  it('I11 every duty has a draft in Korean and one in English, drawn right after the turn that started it', () => {
    const story = stage()
    expect(only(story.when('incident.open', robbery(1)), 'notice.drafted')).toEqual([])
    expect(story.due()).toBe(T0)
    const drafts = only(pass(story, T0), 'notice.drafted')
    expect(drafts.map((d) => `${d.obligation} ${d.language}`)).toEqual([
      'ZZ-REPORT ko',
      'ZZ-REPORT en',
      'ZZ-PLANNED ko',
      'ZZ-PLANNED en',
    ])
  })

  it('I11 the language of the recipient is sent; the other is for reading', () => {
    const story = drafted()
    expect(noticeOf(story, 'ZZ-REPORT', 'ko')).toMatchObject({ channel: 'mail', to: 'kisa@authority.example' })
    expect(noticeOf(story, 'ZZ-REPORT', 'en')).toMatchObject({ channel: 'none', to: '' })
  })

  it('I11 a recipient who is set later receives the drafts that wait', () => {
    const story = stage([REPORT])
    story.when('incident.open', robbery(1))
    pass(story, T0)
    expect(noticeOf(story, 'ZZ-REPORT', 'ko').channel).toBe('none')
    story.when('recipient.set', mailTo('KISA'))
    expect(noticeOf(story, 'ZZ-REPORT', 'ko')).toMatchObject({ channel: 'mail', to: 'kisa@authority.example' })
  })

  it('I11 a duty that is a deed has no notice', () => {
    const story = stage([duty('ZZ-DEED', { content: [] })])
    story.when('incident.open', robbery(1))
    expect(story.state.cases.get(incidentOf(story))?.clocks.size).toBe(1)
    expect(only(pass(story, T0 + MINUTE_MS), 'notice.drafted')).toEqual([])
  })

  it('I12 a changed case is drafted again after a minute, under the same number', () => {
    const story = drafted()
    const before = noticeOf(story, 'ZZ-REPORT', 'ko')
    story.when('incident.open', robbery(2), T0 + 1000)
    expect(only(pass(story, T0 + REDRAFT_WAIT_MS - 1), 'notice.drafted')).toEqual([])
    const again = only(pass(story, T0 + REDRAFT_WAIT_MS), 'notice.drafted')
    expect(again.map((d) => d.notice)).toContain(before.notice)
    expect(again[0]?.body).toContain('2건')
  })

  it('I12 the first draft of a new duty does not hurry those that were drawn just before', () => {
    const story = stage([REPORT, BLOCK])
    story.when('incident.open', robbery(1))
    pass(story, T0)
    story.when('incident.open', robbery(2), T0 + 1000)
    story.when('incident.record', halted, T0 + 30_000)
    const drawn = (at: number) => only(pass(story, at), 'notice.drafted').map((d) => d.obligation)
    expect(drawn(T0 + 30_000)).toEqual(['ZZ-BLOCK', 'ZZ-BLOCK'])
    expect(drawn(T0 + 60_000)).toEqual(['ZZ-REPORT', 'ZZ-REPORT'])
  })

  it('I12 an unchanged case, a note or a failed delivery draws nothing', () => {
    const story = drafted()
    story.when('incident.note', { incident: incidentOf(story), text: 'a thought' })
    story.when('incident.record', { fact: 'delivery_failed', text: 'a mail server is down' })
    expect(kinds(pass(story, T0 + DAY_MS - 1))).toEqual([])
  })

  it('I12 the older the case, the rarer its drafts', () => {
    const story = drafted()
    let draws = 0
    for (let minute = 1; minute <= 24 * 60; minute++) {
      story.when('incident.open', robbery(1 + minute), T0 + minute * MINUTE_MS)
      draws += only(pass(story, T0 + minute * MINUTE_MS), 'notice.drafted').length / 2
    }
    // Once a minute would be 1,440 times.
    expect(draws).toBeGreaterThan(20)
    expect(draws).toBeLessThan(80)
  })

  it('I12 an approved or sent notice keeps its text, and so does the reading copy beside it', () => {
    const story = drafted()
    approve(story)
    story.when('incident.open', robbery(2))
    expect(only(pass(story, T0 + HOUR_MS), 'notice.drafted')).toEqual([])
    expect(story.due()).toBe(T0 + DAY_MS)
  })

  it('I12 a person may have it drawn again at once', () => {
    const story = drafted()
    story.when('incident.open', robbery(2), T0 + 1000)
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
    expect(only(story.when('notice.redraft', { notice }), 'notice.drafted')).toHaveLength(2)
    expect(noticeOf(story, 'ZZ-REPORT', 'ko').stale_since).toBeUndefined()
    approve(story)
    expect(codeOf(story.ask('notice.redraft', { notice }))).toBe('INCIDENT-005')
  })

  it('I12 one tick draws a bounded number of texts, and the next follows at once', () => {
    const rules = Array.from({ length: 30 }, (_, n) => duty(`ZZ-D${n}`, {}))
    const story = stage(rules)
    story.when('incident.open', robbery(1))
    expect(only(story.tick(T0), 'notice.drafted')).toHaveLength(24)
    expect(story.due()).toBe(T0)
    expect(only(pass(story, T0), 'notice.drafted')).toHaveLength(36)
    expect(new Set([...(story.state.cases.get(incidentOf(story))?.notices.keys() ?? [])]).size).toBe(60)
  })
})

describe('from draft to receipt', () => {
  it('I13 an approved notice is a letter to its recipient', () => {
    const story = drafted()
    const notice = approve(story)
    expect(letterOf(story.state, notice)).toMatchObject({
      channel: 'mail',
      to: 'kisa@authority.example',
      language: 'ko',
    })
    expect(story.when('notice.approve', { notice })).toEqual([])
  })

  it('I13 nothing leaves that nobody is set to receive', () => {
    const story = drafted()
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'en')
    expect(story.ask('notice.approve', { notice })).toMatchObject({ code: 'INCIDENT-006', kind: 'denied' })
    expect(letterOf(story.state, notice)).toBeUndefined()
  })

  it('I13 what was drawn again since it was read is not approved by mistake', () => {
    const story = drafted()
    const { notice, drafted_at } = noticeOf(story, 'ZZ-REPORT', 'ko')
    story.when('incident.open', robbery(2), T0 + 1000)
    pass(story, T0 + MINUTE_MS)
    expect(codeOf(story.ask('notice.approve', { notice, drafted_at }))).toBe('INCIDENT-009')
    const now = noticeOf(story, 'ZZ-REPORT', 'ko').drafted_at
    expect(kinds(story.when('notice.approve', { notice, drafted_at: now }))).toEqual(['notice.approved'])
  })

  it('I13 a closed case sends nothing more', () => {
    const story = drafted()
    const incident = incidentOf(story)
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
    story.when('clock.meet', { incident, obligation: 'ZZ-REPORT', evidence: 'call' })
    story.when('incident.close', { incident, summary: 'done' })
    expect(codeOf(story.ask('notice.approve', { notice }))).toBe('INCIDENT-004')
    expect(codeOf(story.ask('notice.redraft', { notice }))).toBe('INCIDENT-004')
  })

  it.each([
    ['in time', DAY_MS - 1, 0],
    ['on the millisecond', DAY_MS, 0],
    ['late', DAY_MS + 7 * HOUR_MS + 900_000, 7 * HOUR_MS + 900_000],
  ])('I14 a notice sent %s meets its clock and says how late', (_what, after, late_ms) => {
    const story = drafted()
    const notice = approve(story)
    pass(story, T0 + after - 1)
    const events = story.when('notice.mark_sent', { notice, receipt: '250 2.0.0 ok' }, T0 + after)
    expect(only(events, 'clock.met')).toMatchObject([{ obligation: 'ZZ-REPORT', met_at: T0 + after, late_ms }])
    expect(story.when('notice.mark_sent', { notice, receipt: 'again' })).toEqual([])
    expect(letterOf(story.state, notice)).toBeUndefined()
  })

  it('I14 the second language sent meets nothing twice', () => {
    const story = stage([REPORT])
    story.when('recipient.set', mailTo('KISA', 'ko'))
    story.when('recipient.set', mailTo('KISA', 'en'))
    story.when('incident.open', robbery(1))
    pass(story, T0)
    for (const language of ['ko', 'en'] as const) {
      story.when('notice.approve', { notice: noticeOf(story, 'ZZ-REPORT', language).notice })
    }
    const sent = (['ko', 'en'] as const).map((language) =>
      kinds(story.when('notice.mark_sent', { notice: noticeOf(story, 'ZZ-REPORT', language).notice, receipt: 'ok' })),
    )
    expect(sent).toEqual([['notice.sent', 'clock.met'], ['notice.sent']])
  })

  it('I14 a failed notice may be approved or drawn again; nothing draws it again by itself', () => {
    const story = drafted()
    const notice = approve(story)
    story.when('notice.mark_failed', { notice, why: '550 no such mailbox' })
    story.when('incident.open', robbery(2))
    pass(story, T0 + HOUR_MS)
    expect(noticeOf(story, 'ZZ-REPORT', 'ko')).toMatchObject({ status: 'failed', why: '550 no such mailbox' })
    expect(waitingNotices(story.state)).toBe(1)
    expect(kinds(story.when('notice.approve', { notice }))).toEqual(['notice.approved'])
    story.when('notice.mark_failed', { notice, why: 'again' })
    expect(only(story.when('notice.redraft', { notice }), 'notice.drafted').map((d) => d.notice)).toContain(notice)
  })

  it('I14 a notice that does not get through waits for a person again, and is told once for each reason', () => {
    const story = drafted()
    const notice = approve(story)
    expect(waitingNotices(story.state)).toBe(0)
    const delayed = (why: string) => kinds(story.when('notice.mark_delayed', { notice, why }))
    expect(delayed('ECONNREFUSED')).toEqual(['notice.delayed'])
    expect(delayed('ECONNREFUSED')).toEqual([])
    expect(delayed('451 later')).toEqual(['notice.delayed'])
    expect(waitingNotices(story.state)).toBe(1)
    expect(noticeOf(story, 'ZZ-REPORT', 'ko')).toMatchObject({ status: 'approved', why: '451 later' })
    expect(letterOf(story.state, notice)).toBeDefined()
    story.when('notice.mark_sent', { notice, receipt: '250 ok' })
    expect(waitingNotices(story.state)).toBe(0)
    expect(noticeOf(story, 'ZZ-REPORT', 'ko').why).toBeUndefined()
    expect(delayed('too late a report')).toEqual([])
  })

  it('I14 a new approval forgets why the last one failed', () => {
    const story = drafted()
    const notice = approve(story)
    story.when('notice.mark_failed', { notice, why: '550' })
    approve(story)
    expect(noticeOf(story, 'ZZ-REPORT', 'ko').why).toBeUndefined()
    expect(waitingNotices(story.state)).toBe(0)
  })

  it('I14 steps cannot be left out', () => {
    const story = drafted()
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
    expect(codeOf(story.ask('notice.mark_sent', { notice, receipt: 'x' }))).toBe('INCIDENT-005')
    expect(codeOf(story.ask('notice.mark_failed', { notice, why: 'x' }))).toBe('INCIDENT-005')
    expect(codeOf(story.ask('notice.acknowledge', { notice, reference: 'x' }))).toBe('INCIDENT-005')
    for (const type of ['notice.approve', 'notice.redraft'] as const) {
      expect(codeOf(story.ask(type, { notice: 'notice-7-7' }))).toBe('INCIDENT-002')
    }
    expect(codeOf(story.ask('notice.mark_delayed', { notice: 'notice-7-7', why: 'x' }))).toBe('INCIDENT-002')
  })

  it('I14 the receiver’s number is kept', () => {
    const story = drafted()
    const notice = approve(story)
    story.when('notice.mark_sent', { notice, receipt: 'ok' })
    expect(kinds(story.when('notice.acknowledge', { notice, reference: 'KISA-2026-1' }))).toEqual([
      'notice.acknowledged',
    ])
    expect(story.when('notice.acknowledge', { notice, reference: 'KISA-2026-1' })).toEqual([])
    expect(noticeOf(story, 'ZZ-REPORT', 'ko').reference).toBe('KISA-2026-1')
  })

  it('I13 what waits for a person is counted by duty, not by text', () => {
    const story = stage([REPORT, BLOCK])
    story.when('recipient.set', mailTo('KISA'))
    story.when('incident.open', robbery(1))
    story.when('incident.record', { ...halted, chain: CHAIN })
    pass(story, T0)
    expect(waitingNotices(story.state)).toBe(2)
    approve(story)
    expect(waitingNotices(story.state)).toBe(1)
  })
})
