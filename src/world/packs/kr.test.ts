/** The Korean pack as shipped: complete, sourced, and judged by what is known of the theft of 27 November 2025. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { scene } from '../../../test/kit/given.ts'
import { canonicalBytes } from '../../kernel/canonical.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { duration, HOUR_MS, type Instant, kst, MINUTE_MS } from '../../kernel/time.ts'
import { type IncidentNeeds, incidentRecord, incidentRoom } from '../../rooms/incident/index.ts'
import { readPackFile } from './read.ts'

const PACK = readPackFile(fileURLToPath(new URL('../../../packs/kr.yaml', import.meta.url)))
if (isRefusal(PACK)) throw new Error(PACK.detail)
const kr = PACK

const CHAIN = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
const SOL = `${CHAIN}/slip44:501`
const BONK = `${CHAIN}/token:DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263`
const HOT = `${CHAIN}:HotWa11etExamp1e1111111111111111111111111111`
const THIEF = `${CHAIN}:ThiefExamp1e11111111111111111111111111111111`

/** A time of 27 November 2025 in Seoul. */
const at = (clock: string): Instant => Date.parse(`2025-11-27T${clock}+09:00`)

const needs: IncidentNeeds = {
  loss: () => ({
    items: [
      { asset: SOL, amount: 0n, krw: 18_988_220_000n },
      { asset: BONK, amount: 0n },
    ],
    krw: undefined,
  }),
  asset: (asset) =>
    asset === SOL ? { symbol: 'SOL', decimals: 9 } : asset === BONK ? { symbol: 'BONK', decimals: 5 } : undefined,
}

const move = (n: number, asset: string, amount: string, block_at: Instant) => ({
  kind: 'theft' as const,
  chain: CHAIN,
  wallet: 'sol-hot-1',
  summary: `transfer Sig${n} left sol-hot-1 without a permit`,
  happened_at: block_at,
  theft: { tx: `Sig${n}`, place: 0, from: HOT, to: THIEF, asset, amount, height: 1, block_at },
})

const REPORTER = {
  platform: { en: 'Example Exchange Inc.', ko: '주식회사 예시거래소' },
  unit: { en: 'Information Security Office', ko: '정보보호실' },
  contact: '02-0000-0000, security@exchange.example',
}

/** The case at the moment of the first halt: two movements, one of them undone later. */
function theft() {
  const story = scene(incidentRoom, needs, at('04:42:00'))
  story.when('pack.load', kr)
  story.when('reporter.set', REPORTER)
  story.when('incident.open', move(1, SOL, '88317000000000', at('04:42:00')))
  story.when('incident.open', move(2, BONK, '10312239000000000', at('05:02:30')), at('05:02:31'))
  story.when('incident.open', move(3, SOL, '1000000000', at('05:10:00')), at('05:10:01'))
  story.when('incident.retract', { chain: CHAIN, tx: 'Sig3', place: 0 }, at('05:11:00'))
  const halt = { fact: 'halted' as const, chain: CHAIN, text: `halt of chain:${CHAIN}`, trigger: 'block' as const }
  story.when('incident.record', halt, at('05:27:00'))
  const moved = { wallet: 'sol-hot-1', asset: SOL, amount: '250000000000', tx: 'SigRefuge' }
  story.when('incident.record', { fact: 'evacuation_ordered', wallet: 'sol-hot-1', text: 'evacuation ordered' })
  story.when('incident.record', { fact: 'evacuated', ...moved, text: 'reached the refuge' }, at('05:27:02'))
  return story
}

const incidentOf = (story: ReturnType<typeof theft>): string => [...story.state.cases.keys()][0] ?? ''

describe('packs/kr.yaml', () => {
  it('every obligation says where it was read, and what was not read says that it is not verified', () => {
    expect(kr.obligations.filter((o) => o.source.length < 10)).toEqual([])
    const unread = kr.obligations.filter((o) => !o.source.startsWith('legalize-kr: kr/'))
    expect(unread.map((o) => [o.obligation, o.verified])).toEqual([
      ['KR-STR-3D', false],
      ['KR-DABA-NOFAULT', false],
      ['KR-DABA-HOLDINGS', false],
      ['KR-DABA-SECURITY', false],
    ])
  })

  it('fits one journal entry', () => {
    expect(canonicalBytes(kr).length).toBeLessThanOrEqual(60_000)
  })

  it('the room takes it', () => {
    const story = scene(incidentRoom, needs, at('04:42:00'))
    expect(story.when('pack.load', kr).map((e) => e.type)).toEqual(['pack.loaded'])
  })

  it('its duties, as a reviewer should see them change', async () => {
    const deadline = (d: (typeof kr.obligations)[number]['deadline']): string =>
      d.kind === 'within' ? `${d.seconds} s` : d.kind === 'business_days' ? `${d.days} business days` : d.kind
    const list = kr.obligations.map((o) =>
      [
        o.obligation,
        o.state === 'proposed' ? 'PROPOSED' : `since ${o.since ?? '?'}`,
        o.verified ? 'verified' : 'NOT VERIFIED',
        o.trigger,
        deadline(o.deadline),
        o.authority,
      ].join(' | '),
    )
    await expect(`${list.join('\n')}\n`).toMatchFileSnapshot('../../../test/golden/obligations.txt')
  })

  it('a theft of November 2025 is under the law of that day: nothing of October 2026 starts', () => {
    const story = theft()
    expect([...(story.state.cases.get(incidentOf(story))?.clocks.keys() ?? [])]).toEqual([
      'KR-NET-INIT',
      'KR-DABA-NOFAULT',
      'KR-VA-BLOCK-USER',
      'KR-VA-BLOCK-FSS',
    ])
  })
})

describe('27 November 2025, replayed with the published minutes', () => {
  /** Each duty met when history met it. */
  function history() {
    const story = theft()
    const incident = incidentOf(story)
    const meet = (obligation: string, clock: string, evidence: string) =>
      story.when('clock.meet', { incident, obligation, evidence }, at(clock))
    meet('KR-VA-BLOCK-FSS', '10:58:00', 'first report by telephone')
    meet('KR-NET-INIT', '11:57:00', 'report to KISA')
    meet('KR-VA-BLOCK-USER', '12:33:00', 'notice on the web site')
    const item = story.state.cases.get(incident)
    if (item === undefined) throw new Error('no case')
    return incidentRecord(item, at('15:00:00'))
  }

  it('I21 KISA was told 7 h 15 min after awareness: inside 24 h', () => {
    const duty = history().duties.find((d) => d.obligation === 'KR-NET-INIT')
    expect(duty).toMatchObject({ status: 'met', late_ms: 0, after_awareness_ms: 7 * HOUR_MS + 15 * MINUTE_MS })
  })

  it('I21 the block was reported 5 h 31 min after it began, and told to customers after 7 h 06 min', () => {
    const duties = history().duties
    const fss = duties.find((d) => d.obligation === 'KR-VA-BLOCK-FSS')
    expect(fss).toMatchObject({ status: 'late', late_ms: 5 * HOUR_MS + 31 * MINUTE_MS })
    expect(duration(fss?.late_ms ?? 0)).toBe('5 h 31 min')
    const customers = duties.find((d) => d.obligation === 'KR-VA-BLOCK-USER')
    expect(customers).toMatchObject({ status: 'late', late_ms: 7 * HOUR_MS + 6 * MINUTE_MS })
  })

  it('I21 the chain was halted 45 min after awareness', () => {
    expect(history()).toMatchObject({ halt_ms: 45 * MINUTE_MS, detection_ms: 0 })
  })

  it('I4 the stop of everything at 08:55 came while the first block was unreported, and is one duty with it', () => {
    const story = theft()
    const all = { fact: 'halted' as const, text: 'halt of all', trigger: 'block' as const }
    expect(story.when('incident.record', all, at('08:55:00')).map((e) => e.type)).toEqual(['incident.recorded'])
  })
})

describe('the notices of that morning', () => {
  function notice(obligation: string, language: 'ko' | 'en', prepare?: (story: ReturnType<typeof theft>) => void) {
    const story = theft()
    prepare?.(story)
    story.tick(at('05:27:10'))
    const item = story.state.cases.get(incidentOf(story))
    const id = item?.clocks.get(obligation)?.notices[language]
    const { subject = '', body = '' } = (id === undefined ? undefined : item?.notices.get(id)) ?? {}
    return `${subject}\n\n${body}\n`
  }

  it.each([
    ['KR-NET-INIT', 'ko'],
    ['KR-NET-INIT', 'en'],
    ['KR-VA-BLOCK-FSS', 'ko'],
    ['KR-VA-BLOCK-FSS', 'en'],
    ['KR-VA-BLOCK-USER', 'ko'],
    ['KR-VA-BLOCK-USER', 'en'],
  ] as const)('I18 %s in %s reads as reviewed', async (obligation, language) => {
    await expect(notice(obligation, language)).toMatchFileSnapshot(`fixtures/${obligation}.${language}.txt`)
  })

  it('I18 what a person stated answers the law’s item in both languages', () => {
    const state = (story: ReturnType<typeof theft>) =>
      story.when('incident.state', {
        incident: incidentOf(story),
        about: 'cause',
        en: 'the key could be inferred from its signatures',
        ko: '서명값으로부터 개인키가 추정될 수 있었음',
      })
    expect(notice('KR-NET-INIT', 'ko', state)).toContain(
      '침해사고의 원인\n   - 서명값으로부터 개인키가 추정될 수 있었음',
    )
    expect(notice('KR-NET-INIT', 'en', state)).toContain('Cause\n   - the key could be inferred from its signatures')
  })

  it('I18 both languages tell the same numbers', () => {
    const numbers = (text: string): string[] =>
      (text.match(/\d[\d,.:]*\d/g) ?? []).map((n) => n.replace(/[.,:]$/, '')).sort()
    const told = (language: 'ko' | 'en') =>
      numbers(notice('KR-NET-INIT', language).split('\n\n').slice(3, 6).join('\n'))
    expect(told('ko').length).toBeGreaterThan(20)
    expect(told('ko')).toEqual(told('en'))
  })

  it('I18 the time of awareness stands in each, exact in both zones', () => {
    expect(kst(at('04:42:00'))).toBe('2025-11-27 04:42:00 KST')
    for (const language of ['ko', 'en'] as const) {
      expect(notice('KR-NET-INIT', language)).toContain('2025-11-27 04:42:00 KST')
      expect(notice('KR-NET-INIT', language)).toContain('2025-11-26 19:42:00 UTC')
    }
  })
})
