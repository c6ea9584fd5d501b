import { describe, expect, it } from 'vitest'
import { canonical, type Json } from '../../kernel/canonical.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Data } from '../../machine/room.ts'
import { timelineCsv } from './export.ts'
import {
  BLOCK,
  books,
  CHAIN,
  DAY_MS,
  ETHER,
  halted,
  incidentOf,
  mailTo,
  noticeOf,
  only,
  pass,
  REPORT,
  robbery,
  stage,
  T0,
} from './fixture/stage.ts'
import { incidentRoom } from './index.ts'
import { incidentDetail, incidentRecord } from './record.ts'
import { routes } from './routes.ts'
import { openIncidentOf } from './views.ts'

const needs = { ...books(), worth: () => 5_000_000n }

/** A theft that is halted 3 s after awareness, reported after a day and a second, and undone in part. */
function story() {
  const told = stage([REPORT, BLOCK])
  told.when('recipient.set', mailTo('KISA'))
  told.when('incident.open', robbery(1))
  told.when('incident.record', { ...halted, text: undefined, alarm: 'theft' }, T0 + 3000)
  told.when('incident.open', robbery(2), T0 + 4000)
  told.when('incident.retract', { chain: CHAIN, tx: robbery(2).theft.tx, place: 0 }, T0 + 5000)
  pass(told, T0 + 5000)
  const { notice } = noticeOf(told, 'ZZ-REPORT', 'ko')
  told.when('notice.approve', { notice }, T0 + 6000)
  pass(told, T0 + DAY_MS)
  told.when('notice.mark_sent', { notice, receipt: '250 ok' }, T0 + DAY_MS + 1000)
  told.when(
    'incident.note',
    { incident: incidentOf(told), text: '=HYPERLINK("x"), said "somebody"' },
    T0 + DAY_MS + 2000,
  )
  return told
}

const caseOf = (told: ReturnType<typeof story>) => {
  const item = told.state.cases.get(incidentOf(told))
  if (item === undefined) throw new Error('no case')
  return item
}

describe('the record', () => {
  it('I21 tells detection, halt and notices to the millisecond, and how late each duty was', () => {
    const told = story()
    expect(incidentRecord(caseOf(told), T0 + DAY_MS + 3000)).toMatchObject({
      ...{ happened_at: T0 - 12_000, aware_at: T0, detection_ms: 12_000, halted_at: T0 + 3000, halt_ms: 3000 },
      duties: [
        { obligation: 'ZZ-BLOCK', status: 'running', due_at: T0 + 3000, late_ms: DAY_MS },
        { obligation: 'ZZ-REPORT', status: 'late', late_ms: 1000, after_awareness_ms: DAY_MS + 1000 },
      ],
    })
    const sent = incidentRecord(caseOf(told), T0 + 2 * DAY_MS).notices.filter((n) => n.sent_at !== null)
    expect(sent).toMatchObject([{ language: 'ko', approved_at: T0 + 6000, after_awareness_ms: DAY_MS + 1000 }])
  })

  it('I21 the page of a case adds up: sums are of what is not undone', () => {
    const told = story()
    needs.krw.set(ETHER, 7_000_000n)
    expect(incidentDetail(told.state, incidentOf(told), needs)).toMatchObject({
      ...{
        kind: 'theft',
        severity: 'critical',
        status: 'open',
        thefts_total: 2,
        clocks_running: 1,
        loss_krw: '7000000',
      },
      loss: [{ asset: ETHER, symbol: 'ETH', decimals: 18, amount: '1500000000000000000', krw: '7000000' }],
      clocks: [{ obligation: 'ZZ-BLOCK' }, { obligation: 'ZZ-REPORT', status: 'late', verified: true }],
    })
    const detail = incidentDetail(told.state, incidentOf(told), needs)
    expect(detail?.thefts.map((t) => [t.retracted, t.krw])).toEqual([
      [false, '5000000'],
      [true, null],
    ])
    expect(incidentDetail(told.state, 'incident-9-9', needs)).toBeUndefined()
    expect(openIncidentOf(told.state, 'hot-1')).toBe(incidentOf(told))
  })

  it('I21 the exported time line has exact times, the journal’s index and no formulas', () => {
    const csv = timelineCsv(caseOf(story()), needs).split('\r\n')
    expect(csv[0]).toBe('"utc","kst","epoch_ms","journal_index","kind","text_en","text_ko"')
    expect(csv[1]).toMatch(
      /^"2026-01-05 00:00:00 UTC","2026-01-05 09:00:00 KST","1767571200000","\d+","incident.opened"/,
    )
    const note = csv.find((line) => line.includes('"note"'))
    expect(note).toContain(`"'=HYPERLINK(""x""), said ""somebody"""`)
  })

  it('I21 every line of the time line is told in both languages', () => {
    const told = story()
    const detail = incidentDetail(told.state, incidentOf(told), needs)
    expect(detail?.timeline.filter((line) => line.text === '' || line.text_ko === '')).toEqual([])
    expect(detail?.timeline.map(({ kind, text_ko }) => `${kind}: ${text_ko}`)).toMatchInlineSnapshot(`
      [
        "incident.opened: 승인되지 않은 가상자산 출금(탈취 의심): hot-1; 1.5 ETH → eip155:1:0xa09871aeadf4994ca12f5c0b6056bbd1d343c029 (0x0000000000000000000000000000000000000000000000000000000000000001)",
        "clock.started: 의무 ZZ-REPORT (KISA), 기한 2026-01-06 00:00:00 UTC · 09:00:00 KST",
        "halted: 입출금 중단: 이더리움 네트워크의 가상자산; 승인되지 않은 출금이 확인되어 이용자의 가상자산을 긴급히 보호할 필요가 있음",
        "clock.started: 의무 ZZ-BLOCK (FSS), 기한 2026-01-05 00:00:03 UTC · 09:00:03 KST",
        "notice.drafted: 의무 ZZ-REPORT (KISA), ko, notice-7-1",
        "notice.drafted: 의무 ZZ-REPORT (KISA), en, notice-7-2",
        "notice.drafted: 의무 ZZ-BLOCK (FSS), ko, notice-7-3",
        "notice.drafted: 의무 ZZ-BLOCK (FSS), en, notice-7-4",
        "incident.extended: 승인되지 않은 이체 추가 확인: 1.5 ETH → eip155:1:0xa09871aeadf4994ca12f5c0b6056bbd1d343c029 (0x0000000000000000000000000000000000000000000000000000000000000002)",
        "incident.retracted: 체인 재편성으로 취소된 이체: 1.5 ETH → eip155:1:0xa09871aeadf4994ca12f5c0b6056bbd1d343c029 (0x0000000000000000000000000000000000000000000000000000000000000002)",
        "notice.approved: 의무 ZZ-REPORT (KISA), ko, notice-7-1",
        "clock.missed: 기한 경과: 의무 ZZ-REPORT (KISA)",
        "notice.sent: 의무 ZZ-REPORT (KISA), ko, notice-7-1: 250 ok",
        "clock.met: 의무 ZZ-REPORT (KISA): notice-7-1 발송(전자우편: kisa@authority.example); 기한 경과 후 1초",
        "note: =HYPERLINK("x"), said "somebody"",
      ]
    `)
  })
})

describe('the endpoints', () => {
  const record = { size: 0, root: '', verified: null, entries: () => [] }
  const tools = { now: T0 + DAY_MS, by: 'operator', attest: async () => '', record }

  it('I21 every view and answer is JSON, and an unknown case is a refusal', async () => {
    const told = story()
    const { notice } = noticeOf(told, 'ZZ-REPORT', 'ko')
    const ask = async (data: Data) =>
      await Promise.all(
        routes(needs).map(async (route) => {
          const answer = route.method === 'GET' ? route.view : route.answer
          return await answer(told.state, data, tools)
        }),
      )
    const answers = await ask({ incident: incidentOf(told), notice, pack: 'zz', digest: 'x' })
    for (const answer of answers) expect(() => canonical(answer as Json)).not.toThrow()
    expect(answers.filter(isRefusal)).toEqual([])
    const unknown = await ask({ incident: 'incident-9-9', notice: 'notice-9-9', pack: 'zz', digest: 'x' })
    const codes = unknown.map((answer) => (isRefusal(answer) ? answer.code : 'ok'))
    expect(codes.filter((code) => code === 'INCIDENT-001')).toHaveLength(8)
    expect(codes.filter((code) => code === 'INCIDENT-002')).toHaveLength(3)
  })

  it('I21 each command route names a command of the room, and only operators act', () => {
    for (const route of routes(needs)) {
      expect(route.who).toBe('person')
      if (route.method !== 'GET') expect(Object.keys(incidentRoom.commands)).toContain(route.command)
    }
  })
})

describe('the state', () => {
  it('I22 survives cloning: a copy decides, ticks and is due as the original', () => {
    const told = story()
    const copy = structuredClone(told.state)
    expect(copy).toEqual(told.state)
    expect(incidentRoom.due?.(copy)).toBe(told.due())
    const turn = { at: T0 + DAY_MS, by: 'test', newId: (prefix: string) => `${prefix}-x`, needs: books() }
    expect(incidentRoom.decide['incident.open'](copy, robbery(7), turn)).toEqual(
      incidentRoom.decide['incident.open'](told.state, robbery(7), turn),
    )
  })

  it('I22 a decision changes nothing', () => {
    const told = story()
    const before = structuredClone(told.state)
    told.ask('incident.open', robbery(7))
    told.ask('incident.record', halted)
    told.ask('clock.meet', { incident: incidentOf(told), obligation: 'ZZ-BLOCK', evidence: 'x' })
    expect(told.state).toEqual(before)
  })

  it('I22 events pass the schemas that the journal is checked with', () => {
    const told = stage([REPORT, BLOCK])
    const made = [...told.when('incident.open', robbery(1)), ...told.when('incident.record', halted), ...pass(told, T0)]
    for (const { type, data } of made) expect(incidentRoom.events[type].safeParse(data).success).toBe(true)
    expect(only(made, 'notice.drafted').length).toBeGreaterThan(0)
  })
})
