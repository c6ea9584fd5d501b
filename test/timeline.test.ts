/**
 * A theft through all rooms, by the playbook: every line of its time line, in both languages, as it is shown and sent. What no room can
 * know of the others is seen here: that the facts arrive as data.
 */
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../src/app.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import { HOUR_MS, MINUTE_MS } from '../src/kernel/time.ts'
import { decodeEntry, redecide, TICK } from '../src/machine/index.ts'
import type { Data } from '../src/machine/room.ts'
import { readPackFile } from '../src/world/packs/read.ts'
import { T0 } from './kit/given.ts'

const CHAIN = 'eip155:1'
const ETH = `${CHAIN}/slip44:60`
const account = (digit: string): string => `${CHAIN}:0x${digit.repeat(40)}`
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`
const pack = readPackFile(fileURLToPath(new URL('../packs/kr.yaml', import.meta.url)))
if (isRefusal(pack)) throw new Error(pack.detail)

const app = openApp()
const journal: Uint8Array[] = []
let now = T0

function run(type: string, data: Data, by = 'operator') {
  const done = app.machine.run({ type, data, by }, now)
  if (isRefusal(done)) throw new Error(`${type}: ${done.code} ${done.detail}`)
  journal.push(...done.entries)
  return done.recorded
}

function pass(ms: number): void {
  now += ms
  for (let due = app.machine.due(); due !== undefined && due <= now; due = app.machine.due()) run(TICK, {}, 'clock')
}

let height = -1
const block = (...moved: readonly (readonly [tx: string, from: string, to: string, amount: string])[]) => {
  const movements = moved.map(([tx, from, to, amount]) => ({ tx, place: 0, from, to, asset: ETH, amount }))
  const data = { chain: CHAIN, after: height, height: height + 1, hash: `0x${height}`, block_at: now, movements }
  height += 1
  return run('block.observe', data, 'watcher:test')
}

interface Line {
  readonly kind: string
  readonly text: string
  readonly text_ko: string
}
interface Case {
  readonly incident: string
  readonly timeline: readonly Line[]
  readonly notices: readonly { readonly language: string; readonly subject: string; readonly body: string }[]
}

const HALF = '2500000000000000000'
let page: Case

/** Set up, robbed, evacuated, traced, reported, halted by a person, repaid. */
beforeAll(async () => {
  const limits = [{ wallet: 'hot-1', asset: ETH, withdrawal_max: HALF, window_max: HALF, window_seconds: 3600 }]
  run('wallet.register', {
    ...{ wallet: 'hot-1', kind: 'hot', chain: CHAIN, account: account('a'), refuge: account('b') },
    assets: [{ asset: ETH, symbol: 'ETH', decimals: 18 }],
  })
  run('policy.set', { permit_seconds: 60, landing_seconds: 900, hold_seconds_max: 3600, limits })
  run('pack.load', pack)
  const both = { en: 'Exchange', ko: '거래소' }
  run('reporter.set', { platform: both, unit: both, contact: '02-000-0000' })
  run('recipient.set', { authority: 'FSS', language: 'ko', channel: 'mail', to: 'fss@authority.example' })
  const prices = [{ asset: ETH, symbol: 'ETH', decimals: 18, krw_micro: '6500000000000' }]
  run('price.load', { source: 'test', digest: digest('1'), valid_from: T0 - HOUR_MS, prices })
  run('fund.set', { fund: 'reserve', krw: '100000000', evidence: 'test' })
  block()
  run('holding.report', { wallet: 'hot-1', asset: ETH, amount: '5000000000000000000', height: 0 }, 'watcher:test')

  const alarm = block(['0xaa', account('a'), account('f'), HALF])
  const incident = String(alarm.find(({ type }) => type === 'incident.opened')?.data.incident)
  const trace = String(alarm.find(({ type }) => type === 'trace.started')?.data.trace)
  pass(12_000)
  block(['0xbb', account('a'), account('b'), HALF])
  const found = { edges: 40, addresses: 12, services: [], unaccounted: [] }
  run('trace.record', { trace, run: 1, digest: digest('2'), input_digest: digest('3'), ...found }, 'trace')
  pass(MINUTE_MS)
  const notices = async (): Promise<Case> => {
    const route = app.routes.find(({ path }) => path === '/v1/incidents/:incident')
    const record = { size: 0, root: '', verified: null, entries: () => [] }
    return JSON.parse(
      JSON.stringify(await route?.answer({ incident }, { now, by: 'operator', attest: async () => '', record })),
    )
  }
  const [sent] = app.machine.outbox.state.waiting.values()
  expect(sent?.kind).toBe('evacuation.broadcast')
  run('halt.raise', { scope: 'all', reason: '훈련이 아님' })
  run('halt.lift', { scope: 'all', reason: 'a new key is in use' })
  run('halt.lift', { scope: `chain:${CHAIN}`, reason: 'a new key is in use' })
  run('claim.file', {
    incident,
    claims: [{ claim: 'c-1', customer: 'u-1', asset: ETH, amount: '1000000000000000', pay_to: account('c') }],
  })
  run('repayment.plan', { incident })
  run('holding.report', { wallet: 'hot-1', asset: ETH, amount: '5000000000000000000', height }, 'watcher:test')
  run('repayment.pay', { incident, wallets: [{ asset: ETH, wallet: 'hot-1' }] })
  block(['0xcc', account('a'), account('c'), '1000000000000000'])
  pass(HOUR_MS)
  page = await notices()
})

/** Words that stand in a Korean line as they are: names, ids and symbols, never a sentence. */
const NAMES =
  /\b(?:0x[0-9a-f]+|eip155:[\w:/]+|[a-z]+-\d+(?:-\d+)?|KST|UTC|ETH|[A-Z][\w-]+|en|ko|fss@authority\.example)\b/g

describe('a theft through all rooms', () => {
  it('I21 tells amounts in whole units and says what was done in both languages', () => {
    const facts = page.timeline.filter(({ kind }) => !/^(clock|notice)\./.test(kind))
    expect(facts.map(({ kind, text, text_ko }) => `${kind}\n  ${text}\n  ${text_ko}`)).toMatchInlineSnapshot(`
      [
        "incident.opened
        unauthorised withdrawal of virtual assets (suspected theft): hot-1; 2.5 ETH → eip155:1:0xffffffffffffffffffffffffffffffffffffffff (0xaa)
        승인되지 않은 가상자산 출금(탈취 의심): hot-1; 2.5 ETH → eip155:1:0xffffffffffffffffffffffffffffffffffffffff (0xaa)",
        "halted
        deposits and withdrawals suspended: virtual assets on Ethereum; virtual assets were withdrawn without authorisation, and customers’ assets need urgent protection
        입출금 중단: 이더리움 네트워크의 가상자산; 승인되지 않은 출금이 확인되어 이용자의 가상자산을 긴급히 보호할 필요가 있음",
        "evacuation_ordered
        emergency transfer of the remaining assets ordered: wallet hot-1, → eip155:1:0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        잔여 자산의 비상 이전 지시: 지갑 hot-1, → eip155:1:0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "evacuated
        remaining assets brought to safety: 2.5 ETH, 0xbb
        잔여 자산의 비상 이전 완료: 2.5 ETH, 0xbb",
        "traced
        flow of the stolen assets traced: trace-10-3, 12 addresses, 40 transfers
        유출 자산 추적 결과 확보: trace-10-3, 주소 12개, 이체 40건",
        "halted
        deposits and withdrawals suspended: all virtual assets; 훈련이 아님
        입출금 중단: 전체 가상자산; 훈련이 아님",
        "lifted
        suspension lifted: all virtual assets; a new key is in use
        입출금 중단 해제: 전체 가상자산; a new key is in use",
        "lifted
        suspension lifted: virtual assets on Ethereum; a new key is in use
        입출금 중단 해제: 이더리움 네트워크의 가상자산; a new key is in use",
        "repayment_planned
        repayment of customers planned: 1 of 1 claim, KRW 6,500
        이용자 피해 보상 계획 수립: 청구 1건 중 1건, 6,500원",
        "repaid
        customers repaid: 1 of 1 claim, KRW 6,500
        이용자 피해 보상 지급: 청구 1건 중 1건, 6,500원",
      ]
    `)
  })

  it('I21 no Korean line carries an English sentence but a person’s own', () => {
    const own = new Set(['lifted'])
    const english = page.timeline
      .filter(({ kind }) => !own.has(kind))
      .filter(({ text_ko }) => /[a-z]{3,}/.test(text_ko.replace(NAMES, '')))
    expect(english.map(({ kind, text_ko }) => `${kind}: ${text_ko}`)).toEqual([])
  })

  it('I21 no line tells base units of an asset whose decimals are known', () => {
    const raw = page.timeline.filter(({ text, text_ko }) => /\d{15}/.test(`${text} ${text_ko}`.replace(/0x\w+/g, '')))
    expect(raw).toEqual([])
  })

  it('I18 no Korean notice carries an English fact', () => {
    const korean = page.notices.filter(({ language }) => language === 'ko')
    expect(korean.length).toBeGreaterThan(0)
    for (const { subject, body } of korean) expect(`${subject}\n${body}`.replace(NAMES, '')).not.toMatch(/[a-z]{3,}/)
  })

  it('I22 deciding all of it again gives the same bytes', () => {
    expect(journal.map(decodeEntry).some(({ type }) => type === 'incident.recorded')).toBe(true)
    expect(redecide(openApp().machine, journal)).toBeUndefined()
  })
})
