/** The time line: each fact is data, and each language makes its own sentence of it. */
import { describe, expect, it } from 'vitest'
import type { DataOf } from '../../machine/room.ts'
import { timelineCsv } from './export.ts'
import {
  books,
  CHAIN,
  ETHER,
  HOT,
  incidentOf,
  mailTo,
  noticeOf,
  pass,
  REPORT,
  robbery,
  type Story,
  stage,
  T0,
  THIEF,
  TOKEN,
} from './fixture/stage.ts'
import type { commands } from './messages.ts'
import { incidentDetail, timelineOf } from './record.ts'

const needs = { ...books(), worth: () => undefined }
type Fact = DataOf<typeof commands, 'incident.record'>

function linesOf(story: Story, incident = incidentOf(story)): { kind: string; en: string; ko: string }[] {
  const item = story.state.cases.get(incident)
  if (item === undefined) throw new Error('no case')
  return timelineOf(item, needs).map(({ kind, text, text_ko }) => ({ kind, en: text, ko: text_ko }))
}

function told(fact: Fact): { en: string; ko: string } {
  const story = stage([])
  story.when('incident.open', robbery(1))
  story.when('incident.record', fact)
  const { en = '', ko = '' } = linesOf(story).at(-1) ?? {}
  return { en, ko }
}

const FACTS: readonly [Fact, string, string][] = [
  [
    { fact: 'halted', chain: CHAIN, alarm: 'theft' },
    'deposits and withdrawals suspended: virtual assets on Ethereum; virtual assets were withdrawn without authorisation, and customers’ assets need urgent protection',
    '입출금 중단: 이더리움 네트워크의 가상자산; 승인되지 않은 출금이 확인되어 이용자의 가상자산을 긴급히 보호할 필요가 있음',
  ],
  [
    { fact: 'halted', text: 'fire drill' },
    'deposits and withdrawals suspended: all virtual assets; fire drill',
    '입출금 중단: 전체 가상자산; fire drill',
  ],
  [
    { fact: 'evacuation_ordered', wallet: 'hot-1', to: HOT },
    `emergency transfer of the remaining assets ordered: wallet hot-1, → ${HOT}`,
    `잔여 자산의 비상 이전 지시: 지갑 hot-1, → ${HOT}`,
  ],
  [
    { fact: 'evacuated', wallet: 'hot-1', asset: TOKEN, amount: '1234567890', tx: '0xee' },
    'remaining assets brought to safety: 1,234.56789 USDT, 0xee',
    '잔여 자산의 비상 이전 완료: 1,234.56789 USDT, 0xee',
  ],
  [
    { fact: 'evacuated', wallet: 'hot-1', asset: `${CHAIN}/erc20:0x11`, amount: '1234567', tx: '0xee' },
    `remaining assets brought to safety: 1,234,567 base units of ${CHAIN}/erc20:0x11, 0xee`,
    `잔여 자산의 비상 이전 완료: ${CHAIN}/erc20:0x11 1,234,567(최소 단위), 0xee`,
  ],
  [
    { fact: 'traced', traced: { trace: 'trace-4-1', addresses: 1, edges: 1203 } },
    'flow of the stolen assets traced: trace-4-1, 1 address, 1,203 transfers',
    '유출 자산 추적 결과 확보: trace-4-1, 주소 1개, 이체 1,203건',
  ],
  [
    { fact: 'repayment_planned', repaid: { claims: 12, planned: 10, unfunded: 2, krw: '44480594889' } },
    'repayment of customers planned: 10 of 12 claims, KRW 44,480,594,889; 2 cannot be paid yet',
    '이용자 피해 보상 계획 수립: 청구 12건 중 10건, 44,480,594,889원; 2건은 아직 지급할 수 없음',
  ],
  [
    { fact: 'repaid', repaid: { claims: 12, krw: '5000' } },
    'customers repaid: 12 of 12 claims, KRW 5,000',
    '이용자 피해 보상 지급: 청구 12건 중 12건, 5,000원',
  ],
  [
    { fact: 'restored', chain: CHAIN, lasted_ms: 125_000 },
    'network seen again: virtual assets on Ethereum, after 2 min 05 s',
    '네트워크 거래 내역 확인 재개: 이더리움 네트워크의 가상자산, 2분 5초 만에',
  ],
  [
    { fact: 'delegated', chain: CHAIN, wallet: 'hot-1', to: THIEF, tx: '0xdd' },
    `a further unauthorised delegation: wallet hot-1, ${THIEF} may act for it (0xdd)`,
    `무단 위임 추가 확인: 지갑 hot-1, ${THIEF}에 처분 권한 위임 (0xdd)`,
  ],
  [
    { fact: 'delivery_failed', effect: 'mail.send 12/0', text: '550 no such box' },
    'delivery of a notice failed: mail.send 12/0; 550 no such box',
    '통지 발송 실패: mail.send 12/0; 550 no such box',
  ],
  [{ fact: 'note', text: '경찰에 신고함' }, '경찰에 신고함', '경찰에 신고함'],
]

describe('the time line', () => {
  it.each(FACTS)('I21 %o', (fact, en, ko) => {
    expect(told(fact)).toEqual({ en, ko })
  })

  it('I21 a case is opened with what is known of it, in both languages', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    const delegation = {
      kind: 'delegation' as const,
      chain: CHAIN,
      wallet: 'hot-1',
      summary: 'x',
      tx: '0xdd',
      to: THIEF,
    }
    story.when('incident.open', delegation)
    story.when('incident.open', { kind: 'blind', chain: CHAIN, summary: 'x', detail: 'ECONNREFUSED' })
    const opened = [...story.state.open].map((incident) => linesOf(story, incident)[0])
    expect(opened.map((line) => line?.en)).toEqual([
      `unauthorised withdrawal of virtual assets (suspected theft): hot-1; 1.5 ETH → ${THIEF} (${robbery(1).theft.tx})`,
      `unauthorised delegation of the power over a wallet (danger of theft): hot-1; ${THIEF} may act for it (0xdd)`,
      'the transactions of a network cannot be seen: Ethereum; ECONNREFUSED',
    ])
    expect(opened.map((line) => line?.ko)).toEqual([
      `승인되지 않은 가상자산 출금(탈취 의심): hot-1; 1.5 ETH → ${THIEF} (${robbery(1).theft.tx})`,
      `지갑 처분 권한의 무단 위임(탈취 위험): hot-1; ${THIEF}에 처분 권한 위임 (0xdd)`,
      '네트워크 거래 내역 확인 불능: 이더리움; ECONNREFUSED',
    ])
  })

  it('I16 a further movement, its undoing and the end of a case are told as what they are', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    const incident = incidentOf(story)
    story.when('incident.open', robbery(2))
    story.when('incident.retract', { chain: CHAIN, tx: robbery(2).theft.tx, place: 0 })
    story.when('incident.close', { incident, summary: 'done' })
    const moved = `1.5 ETH → ${THIEF} (${robbery(2).theft.tx})`
    expect(linesOf(story, incident).slice(1)).toEqual([
      {
        kind: 'incident.extended',
        en: `a further unauthorised transfer: ${moved}`,
        ko: `승인되지 않은 이체 추가 확인: ${moved}`,
      },
      {
        ...{ kind: 'incident.retracted', en: `transfer undone by a chain reorganisation: ${moved}` },
        ko: `체인 재편성으로 취소된 이체: ${moved}`,
      },
      { kind: 'incident.closed', en: 'case closed: done', ko: '사건 종결: done' },
    ])
  })

  it('I21 a statement stands in each language as it was made in it', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    story.when('incident.state', { incident: incidentOf(story), about: 'cause', en: 'a stolen key', ko: '개인키 유출' })
    expect(linesOf(story).at(-1)).toMatchObject({ en: 'cause: a stolen key', ko: 'cause: 개인키 유출' })
  })

  it('I14 which notice met a duty is told in both languages, on the time line and beside the clock', () => {
    const story = stage([REPORT])
    story.when('recipient.set', mailTo('KISA'))
    story.when('incident.open', robbery(1))
    pass(story, T0)
    const { notice } = noticeOf(story, 'ZZ-REPORT', 'ko')
    story.when('notice.approve', { notice })
    story.when('notice.mark_sent', { notice, receipt: '250 ok' })
    const en = `${notice} sent by mail to kisa@authority.example`
    const ko = `${notice} 발송(전자우편: kisa@authority.example)`
    expect(linesOf(story).find(({ kind }) => kind === 'clock.met')).toEqual({
      ...{ kind: 'clock.met', en: `Duty ZZ-REPORT (The KISA): ${en}`, ko: `의무 ZZ-REPORT (KISA): ${ko}` },
    })
    const detail = incidentDetail(story.state, incidentOf(story), needs)
    expect(detail?.clocks).toMatchObject([{ evidence: en, evidence_ko: ko }])
    expect(detail).toMatchObject({
      summary: robbery(1).summary,
      summary_ko: '승인되지 않은 가상자산 출금(탈취 의심): hot-1',
    })
  })

  it('I10 a halt that stood before a case keeps what raised it', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    story.when('incident.record', { fact: 'halted', chain: CHAIN, alarm: 'theft' })
    story.when('incident.open', { ...robbery(2), wallet: 'hot-2' })
    const [, second = ''] = [...story.state.open]
    expect(linesOf(story, second).at(-1)).toEqual({ kind: 'halted', en: FACTS[0]?.[1], ko: FACTS[0]?.[2] })
  })

  it('I21 the exported time line has amounts in whole units', () => {
    const story = stage([])
    story.when('incident.open', robbery(1))
    story.when('incident.record', { fact: 'evacuated', wallet: 'hot-1', asset: ETHER, amount: '2500000000000000000' })
    const item = story.state.cases.get(incidentOf(story))
    const [, , row] = item === undefined ? [] : timelineCsv(item, needs).split('\r\n')
    expect(row).toContain('"remaining assets brought to safety: 2.5 ETH","잔여 자산의 비상 이전 완료: 2.5 ETH"')
  })
})
