import { describe, expect, it } from 'vitest'
import { codeOf, digest, duty, kinds, mailTo, pack, REPORT, stage, T0 } from './fixture/stage.ts'
import type { Pack } from './rules.ts'
import { authoritiesWithoutRecipient, packList, recipientList } from './views.ts'

const load = (...args: Parameters<typeof pack>) => stage([]).ask('pack.load', pack(...args))

describe('rule packs', () => {
  it('I1 the same bytes twice are one pack', () => {
    const story = stage([REPORT])
    expect(story.when('pack.load', pack([REPORT]))).toEqual([])
    expect(packList(story.state)).toMatchObject([{ pack: 'zz', as_of: '2026-01-01', digest: digest('a') }])
  })

  it('I1 a newer reading replaces, an older one is refused', () => {
    const story = stage([REPORT])
    const newer = pack([REPORT, duty('ZZ-NEW', {})], { as_of: '2026-02-01', digest: digest('b') })
    expect(kinds(story.when('pack.load', newer))).toEqual(['pack.loaded'])
    expect(story.ask('pack.load', pack([REPORT]))).toMatchObject({ code: 'INCIDENT-007', field: 'as_of' })
    expect(packList(story.state)).toMatchObject([{ as_of: '2026-02-01' }])
  })

  it.each<[string, Parameters<typeof pack>, string]>([
    ['an obligation twice', [[REPORT, REPORT]], 'obligations.1.obligation'],
    ['an authority without a name', [[duty('ZZ-A', { authority: 'NOBODY' })]], 'obligations.0.authority'],
    ['a follower of nothing', [[duty('ZZ-A', { trigger: 'further_fact' })]], 'obligations.0.follows'],
    [
      'a follower of a stranger',
      [[duty('ZZ-A', { trigger: 'further_fact', follows: 'ZZ-B' })]],
      'obligations.0.follows',
    ],
    ['a follower that is none', [[REPORT, duty('ZZ-A', { follows: 'ZZ-REPORT' })]], 'obligations.1.follows'],
    ['an unknown time zone', [[REPORT], { time_zone: 'Mars/Olympus' }], 'time_zone'],
    ['a day that is none', [[REPORT], { as_of: '2026-02-30' }], 'as_of'],
    [
      'a holiday that is none',
      [[REPORT], { holidays: { to: '2026-12-31', source: 'x', days: ['2025-02-29'] } }],
      'holidays.days.0',
    ],
    ['a start that is no day', [[duty('ZZ-A', { since: '2026-04-31' })]], 'obligations.0.since'],
  ])('I1 refuses %s and names the field', (_what, args, field) => {
    expect(load(...args)).toMatchObject({ code: 'INCIDENT-010', kind: 'invalid', field })
  })

  it('I1 refuses a duty that another pack has', () => {
    const story = stage([REPORT])
    const other = pack([REPORT], { pack: 'yy', digest: digest('b') })
    expect(story.ask('pack.load', other)).toMatchObject({ code: 'INCIDENT-010', field: 'obligations.0.obligation' })
  })

  it('I1 refuses a pack that would not fit one journal entry', () => {
    const long = Array.from({ length: 60 }, (_, n) =>
      duty(`ZZ-D${n}`, { note: { en: 'x'.repeat(600), ko: '가'.repeat(600) } }),
    )
    expect(load(long)).toMatchObject({ code: 'INCIDENT-010', field: 'obligations' })
  })

  it.each<[string, Partial<Pack> | object]>([
    ['no source', { obligations: [{ ...REPORT, source: '' }] }],
    ['a deadline of no kind', { obligations: [{ ...REPORT, deadline: { kind: 'soon' } }] }],
    ['a line break in a title', { obligations: [{ ...REPORT, title: { en: 'a\nBcc: b', ko: '가' } }] }],
    ['a stray member', { colour: 'red' }],
  ])('I1 refuses %s at the door', (_what, more) => {
    expect(codeOf(stage([]).ask('pack.load', { ...pack([REPORT]), ...more } as Pack))).toBe('INPUT-001')
  })
})

describe('recipients', () => {
  const set = (channel: 'mail' | 'webhook', to: string) =>
    codeOf(stage([]).ask('recipient.set', { authority: 'KISA', language: 'ko', channel, to }))

  it.each([
    ['mail', 'a@b.kr'],
    ['mail', 'incident+24h@kisa.or.kr'],
    ['webhook', 'https://hooks.example/notice?x=1'],
    ['webhook', 'http://127.0.0.1:8025/notice'],
    ['webhook', 'http://localhost/notice'],
    ['webhook', 'http://[::1]:9/notice'],
  ] as const)('I20 takes %s %s', (channel, to) => {
    expect(set(channel, to)).toMatchObject([{ type: 'recipient.changed' }])
  })

  it.each([
    ['mail', 'a@b.kr\r\nBcc: thief@evil.example'],
    ['mail', 'a@b.kr, c@d.kr'],
    ['mail', 'KISA <a@b.kr>'],
    ['mail', 'no-address'],
    ['mail', 'a@b@c'],
    ['webhook', 'http://hooks.example/notice'],
    ['webhook', 'https://user:secret@hooks.example/'],
    ['webhook', 'https://hooks.example/a b'],
    ['webhook', 'file:///etc/passwd'],
    ['webhook', 'ftp://hooks.example/'],
    ['webhook', 'https://hooks.example/#part'],
    ['webhook', 'http://127.0.0.1.evil.example/'],
  ] as const)('I20 refuses %s %j', (channel, to) => {
    expect(set(channel, to)).toBe('INCIDENT-011')
  })

  it('I20 one recipient for each authority and language; the same again changes nothing', () => {
    const story = stage([REPORT])
    expect(authoritiesWithoutRecipient(story.state)).toEqual(['KISA'])
    story.when('recipient.set', mailTo('KISA'))
    expect(story.when('recipient.set', mailTo('KISA'))).toEqual([])
    story.when('recipient.set', { ...mailTo('KISA'), to: 'other@authority.example' })
    expect(recipientList(story.state)).toEqual([
      { authority: 'KISA', language: 'ko', channel: 'mail', to: 'other@authority.example' },
    ])
    expect(authoritiesWithoutRecipient(story.state)).toEqual([])
  })

  it('I20 who reports is set once and stands in later drafts', () => {
    const story = stage([])
    const reporter = {
      platform: { en: 'Example Exchange', ko: '(주)예시거래소' },
      unit: { en: 'Security', ko: '정보보호팀' },
      contact: '+82-2-0000-0000',
    }
    expect(kinds(story.when('reporter.set', reporter, T0))).toEqual(['reporter.changed'])
    expect(story.when('reporter.set', reporter)).toEqual([])
    expect(codeOf(story.ask('reporter.set', { ...reporter, contact: 'a\nb' }))).toBe('INPUT-001')
  })
})
