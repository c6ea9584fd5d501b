/** Drills: published totals exactly, the answer's shape and sense, the report twice in one place. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DrillAnswer, runDrill } from '../../src/drill/index.ts'
import { findScenario, planOf, readStolenAssets } from '../../src/drill/scenarios.ts'

const folder = mkdtempSync(join(tmpdir(), 'pasu-drill-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('upbit-2025, rebuilt', () => {
  it('adds up to the published totals, whatever the seed', async () => {
    const assets = readStolenAssets('upbit-2025', 'assets.csv')
    const value = ({ units, krwMicro }: (typeof assets)[number]): bigint => (units * krwMicro) / 1_000_000n
    expect(assets).toHaveLength(24)
    expect(assets.reduce((sum, asset) => sum + asset.units, 0n)).toBe(104_064_704_384n)
    expect(assets.reduce((sum, asset) => sum + value(asset), 0n)).toBe(44_480_594_889n)
    for (const seed of [1, 2, 3]) {
      const { thefts, history } = await planOf(findScenario('upbit-2025'), seed)
      const stolen = new Map<string, bigint>()
      for (const { asset, amount } of thefts) stolen.set(asset, (stolen.get(asset) ?? 0n) + amount)
      expect(Object.fromEntries(stolen)).toEqual(
        Object.fromEntries((history?.stolen ?? []).map(({ asset, amount }) => [asset, amount])),
      )
      expect(new Set(thefts.map(({ to }) => to)).size).toBe(165)
      expect([thefts[0]?.at, thefts.at(-1)?.at]).toEqual([
        Date.parse('2025-11-27T04:42:00+09:00'),
        Date.parse('2025-11-27T05:36:00+09:00'),
      ])
    }
  })

  describe('played', () => {
    let answer: DrillAnswer
    beforeAll(async () => {
      answer = (await runDrill({ scenario: 'upbit-2025', language: 'en' })).answer
    })

    it('halts with the alarm, loses what left before the evacuation, and saves the rest', () => {
      expect(answer.detection.halted).toBe(answer.detection.at)
      const lost = new Map(answer.loss.map(({ asset, amount }) => [asset, BigInt(amount)]))
      expect(answer.loss.length).toBeGreaterThan(0)
      expect(answer.saved.length).toBeGreaterThan(answer.loss.length)
      for (const { asset, amount } of answer.saved) expect(BigInt(amount)).toBeGreaterThan(lost.get(asset) ?? 0n)
      expect(answer.trace?.unaccounted).toBe('0')
    })

    it('repays the customers’ part once, tells whom it must, and leaves a journal that verifies', () => {
      expect(answer.repayment?.repaid).toBe(answer.repayment?.planned)
      expect(BigInt(answer.repayment?.repaid ?? '0')).toBeGreaterThan(0n)
      const { reserve, insurance, own } = answer.repayment?.bySource ?? { reserve: '0', insurance: '0', own: '0' }
      expect(BigInt(reserve) + BigInt(insurance) + BigInt(own)).toBe(BigInt(answer.repayment?.repaid ?? '0'))
      expect(answer.incident?.notices.some(({ status }) => status === 'sent')).toBe(true)
      expect(answer.journal.verified).toBe(true)
    })
  })
})

describe('upbit-2019, recorded', () => {
  it('loses all of its one transaction, and says so; the report is written anew over an earlier one', async () => {
    const report = join(folder, 'report')
    for (const language of ['en', 'ko'] as const) {
      const result = await runDrill({ scenario: 'upbit-2019', language, report })
      expect(result.answer.loss).toMatchObject([{ amount: '342000000000000000000000', krw: '58140000000' }])
      expect(result.answer.saved).toEqual([])
      expect(existsSync(join(report, 'journal', 'checkpoint'))).toBe(true)
    }
  })

  it('leaves a folder alone that holds something else', async () => {
    const other = mkdtempSync(join(folder, 'other-'))
    writeFileSync(join(other, 'thesis.txt'), 'years of work')
    await expect(runDrill({ scenario: 'upbit-2019', language: 'en', report: other })).rejects.toThrow('DRILL-004')
    expect(existsSync(join(other, 'thesis.txt'))).toBe(true)
  })
})
