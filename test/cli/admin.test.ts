import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pasu, temporaryFolder } from './kit.ts'

const HOUR = 3_600_000
const MONDAY = Date.UTC(2026, 0, 5, 1)

const github = (time: number, action: string, more: object = {}): string =>
  JSON.stringify({
    ...{ '@timestamp': time, action, actor: 'kim', actor_ip: '203.0.113.7' },
    ...{ actor_location: { country_code: 'KR' }, user_agent: 'Mozilla/5.0 Chrome/99.0', ...more },
  })

function log(): string {
  const path = join(temporaryFolder(), 'github.ndjson')
  const days = Array.from({ length: 30 }, (_, day) => github(MONDAY + day * 24 * HOUR, 'git.push'))
  const thief = { actor_ip: '198.51.100.9', actor_location: { country_code: 'RO' }, user_agent: 'curl/8.1' }
  const night = MONDAY + 30 * 24 * HOUR
  const attack = [
    github(night, 'org.disable_two_factor_requirement', thief),
    github(night + HOUR, 'business.add_admin', { ...thief, user: 'lee' }),
  ]
  // The order of lines is not the order of time.
  writeFileSync(path, `${[...attack, ...days, '{"action":"git.push","actor":"kim"}', 'no json'].join('\n')}\n`)
  return path
}

describe('pasu admin detect', () => {
  it('prints one JSON value of exactly this shape', async () => {
    const { code, out, err } = await pasu(['admin', 'detect', log(), '--from', 'github', '--json'])
    expect([code, err]).toEqual([0, 'pasu: 2 lines were rejected, the first at line 33\n'])
    const answer = JSON.parse(out) as { events: number; rejected: object[]; detections: object[] }
    expect(Object.keys(answer)).toEqual(['events', 'rejected', 'detections'])
    expect(answer.events).toBe(32)
    expect(answer.rejected.map((one) => Object.entries(one).slice(0, 2))).toEqual([
      [
        ['line', 33],
        ['field', '@timestamp'],
      ],
      [
        ['line', 34],
        ['field', '(whole line)'],
      ],
    ])
    for (const one of answer.detections) expect(Object.keys(one)).toEqual(['line', 'detector', 'severity', 'why'])
    expect(answer.detections).toContainEqual(
      expect.objectContaining({ line: 1, detector: 'new_country', severity: 'high' }),
    )
    expect(answer.detections).toContainEqual(expect.objectContaining({ line: 1, detector: 'mfa_weakened' }))
    expect(answer.detections).toContainEqual(
      expect.objectContaining({ line: 2, detector: 'new_admin', severity: 'high' }),
    )
  })

  it('tells a person the counts, the alarms against the budget, the reasons in Korean and the rejected lines', async () => {
    const { code, out } = await pasu(['admin', 'detect', log(), '--from', 'github', '--budget', '3', '--lang', 'ko'])
    expect(code).toBe(0)
    expect(out).toMatch(/alarms +\d+ on 31 days, .* a day; the budget is 3/)
    expect(out).toMatch(/days over the budget +2026-02-04/)
    expect(out).toMatch(/new_admin +1 +0 +0 +1 +0/)
    expect(out).toMatch(/관리자 권한을 부여했습니다/)
    expect(out).toMatch(/33 +@timestamp/)
  })

  it.each([
    [['nowhere.ndjson', '--from', 'okta'], 'there is no such file'],
    [['nowhere.ndjson', '--from', 'syslog'], 'Allowed choices'],
    [['nowhere.ndjson', '--from', 'okta', '--budget', '-1'], '--budget'],
  ])('refuses %j', async (argv, said) => {
    const { code, err } = await pasu(['admin', 'detect', ...argv])
    expect(code).toBe(2)
    expect(err).toContain(said)
  })
})
