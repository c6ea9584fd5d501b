import { describe, expect, it } from 'vitest'
import {
  books,
  CHAIN,
  duty,
  ETHER,
  halted,
  incidentOf,
  noticeOf,
  pass,
  robbery,
  stage,
  T0,
  theft,
} from '../fixture/stage.ts'
import { BODY_MAX, type IncidentKind, SUBJECT_MAX } from '../messages.ts'
import { chainName, chainWithId } from './chains.ts'

const LONG_TX = 'f'.repeat(128)
const longAccount = `solana:${'S'.repeat(32)}:${'A'.repeat(128)}`
const wide = duty('ZZ-WIDE', {
  title: { en: 'T'.repeat(200), ko: '제'.repeat(200) },
  content: Array.from({ length: 12 }, (_, n) => ({
    about: `item_${'x'.repeat(n + 1)}`,
    en: 'c'.repeat(300),
    ko: '내'.repeat(300),
  })),
})

describe('the texts', () => {
  it('I18 stay within their bounds however long the names are and however much was stolen', () => {
    const told = stage([wide, duty('ZZ-USERS', { audience: 'customers', authority: 'customers' })])
    for (let n = 0; n < 300; n++) {
      const asset = `${CHAIN}/erc20:${`${n}`.padStart(120, '0')}`
      const move = { ...theft(n), tx: `${n}`.padEnd(128, 'f'), to: longAccount, asset, amount: '9'.repeat(78) }
      told.when('incident.open', { ...robbery(n), theft: move })
    }
    for (let n = 0; n < 60; n++) {
      told.when('incident.record', {
        fact: 'evacuated',
        wallet: 'hot-1',
        asset: ETHER,
        amount: '9'.repeat(78),
        tx: LONG_TX,
        text: 'x',
      })
    }
    pass(told, T0)
    const notices = [...(told.state.cases.get(incidentOf(told))?.notices.values() ?? [])]
    expect(notices).toHaveLength(4)
    for (const { subject, body } of notices) {
      expect(subject.length).toBeLessThanOrEqual(SUBJECT_MAX)
      expect(body.length).toBeLessThanOrEqual(BODY_MAX)
      expect(body.isWellFormed()).toBe(true)
    }
  })

  it('I18 lists twenty transfers and counts the rest', () => {
    const told = stage([duty('ZZ-REPORT', {})])
    for (let n = 1; n <= 25; n++) told.when('incident.open', robbery(n))
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body.match(/→/g)).toHaveLength(20)
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).toContain(' - 외 5건\n')
    expect(noticeOf(told, 'ZZ-REPORT', 'en').body).toContain(' - and 5 more\n')
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).toContain('37.5 ETH')
  })

  it('I18 an asset that nobody named is told in base units, not guessed', () => {
    const told = stage([duty('ZZ-REPORT', {})])
    const asset = `${CHAIN}/erc20:0x1111111111111111111111111111111111111111`
    told.when('incident.open', robbery(1, { asset, amount: '1234567' }))
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-REPORT', 'en').body).toContain(`1,234,567 base units of ${asset}: value not yet known`)
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).toContain(`${asset} 1,234,567(최소 단위): 원화 환산액 확인 중`)
  })

  it('I18 the sum in won stands only where every asset has a value', () => {
    const needs = books()
    const told = stage([duty('ZZ-REPORT', {})], needs)
    told.when('incident.open', robbery(1))
    needs.krw.set(ETHER, 6_500_000n)
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).toContain(
      '1.5 ETH: 6,500,000원\n - 원화 환산 합계(유출 시점 시세): 6,500,000원',
    )
  })

  it('I18 what was wholly undone is no damage any more', () => {
    const told = stage([duty('ZZ-REPORT', {})])
    told.when('incident.open', robbery(1))
    told.when('incident.retract', { chain: CHAIN, tx: theft(1).tx, place: 0 })
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).toContain('2. 피해 현황\n - 현재까지 확인된 유출 없음\n')
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).not.toContain('ETH')
  })

  it('I18 customers read no address and no transfer', () => {
    const told = stage([duty('ZZ-USERS', { audience: 'customers', authority: 'customers' })])
    told.when('incident.open', robbery(1))
    told.when('incident.record', {
      fact: 'evacuated',
      wallet: 'hot-1',
      asset: ETHER,
      amount: '5',
      tx: LONG_TX,
      text: 'x',
    })
    told.when('incident.record', { fact: 'traced', chain: CHAIN, text: 'x' })
    pass(told, T0)
    for (const language of ['ko', 'en'] as const) {
      const { body } = noticeOf(told, 'ZZ-USERS', language)
      expect(body).not.toMatch(/0x|fff|추적|trace/)
    }
  })

  it('I18 who reports is asked for in the text until it is set', () => {
    const told = stage([duty('ZZ-REPORT', {})])
    told.when('incident.open', robbery(1))
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-REPORT', 'ko').body).toContain('발신: [보고자 정보를 등록하여야 합니다]')
  })

  it('I7 what is only proposed says so first', () => {
    const told = stage([duty('ZZ-PLANNED', { state: 'proposed' })])
    told.when('incident.open', robbery(1))
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-PLANNED', 'ko').body).toMatch(/^\[참고\] .*현행 법령상 의무에 따른 것이 아닙니다/)
    expect(noticeOf(told, 'ZZ-PLANNED', 'en').body).toMatch(/^\[For reference\]/)
  })

  it('I18 a duty that arose again is numbered', () => {
    const told = stage([duty('ZZ-BLOCK', { trigger: 'block' })])
    told.when('incident.record', halted)
    told.when('clock.meet', { incident: incidentOf(told), obligation: 'ZZ-BLOCK', evidence: 'call' })
    told.when('incident.record', halted)
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-BLOCK.2', 'ko').subject).toContain('의무 ZZ-BLOCK (2차)')
  })

  it('I18 the reason of a plain block is a person’s to say', () => {
    const users = duty('ZZ-USERS', {
      trigger: 'block',
      audience: 'customers',
      content: [{ about: 'reason', en: 'Why', ko: '사유' }],
    })
    const told = stage([users])
    told.when('incident.record', halted)
    pass(told, T0)
    expect(noticeOf(told, 'ZZ-USERS', 'ko').body).toContain(' - 중단 사유: 확인 중')
    told.when('incident.state', { incident: incidentOf(told), about: 'reason', en: 'maintenance', ko: '시스템 점검' })
    pass(told, T0 + 3_600_000)
    expect(noticeOf(told, 'ZZ-USERS', 'ko').body).toContain(' - 중단 사유: 시스템 점검')
  })

  it.each<IncidentKind>(['theft', 'delegation', 'blind', 'block'])(
    'I18 a case of kind %s is told without a gap',
    (kind) => {
      const triggers = ['theft', 'intrusion', 'blind', 'block'] as const
      const rules = triggers.flatMap((trigger, n) => [
        duty(`ZZ-A${n}`, { trigger }),
        duty(`ZZ-C${n}`, { trigger, audience: 'customers' }),
      ])
      const told = stage(rules)
      const moved = kind === 'theft' ? { theft: theft(1) } : {}
      told.when('incident.open', { kind, chain: CHAIN, wallet: 'hot-1', summary: 'x', ...moved })
      pass(told, T0)
      const notices = [...(told.state.cases.get(incidentOf(told))?.notices.values() ?? [])]
      expect(notices.length).toBeGreaterThan(0)
      for (const { subject, body } of notices) expect(`${subject}\n${body}`).not.toMatch(/undefined|null|NaN|\[object/)
    },
  )

  it('I18 a chain that people know by name is told by it, any other by its id', () => {
    expect(chainName('eip155:1', 'ko')).toBe('이더리움')
    expect(chainWithId('eip155:1', 'en')).toBe('Ethereum (eip155:1)')
    expect(chainWithId('eip155:31337', 'en')).toBe('eip155:31337')
  })
})
