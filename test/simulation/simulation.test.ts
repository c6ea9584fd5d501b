/**
 * The whole of Pasu under random commands, crashes, reorganisations and unreliable deliveries, beside a simple model of the right
 * answers. `SIM_SEED=123` replays one run, `SIM_RUNS=1000` makes more of them.
 */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { CANARIES } from './canaries.ts'
import { type Check, SimFailure } from './failure.ts'
import { type Options, type Report, simulate } from './simulate.ts'

const RUNS = Number(process.env.SIM_RUNS ?? 60)
const SEED = process.env.SIM_SEED
const SEEDS = SEED === undefined ? Array.from({ length: RUNS }, (_, place) => place + 1) : [Number(SEED)]
/** Generous: a hundred runs take about twenty seconds on two busy cores. */
const RUN_MS_MAX = 5_000
/** So many runs a broken platform may survive, each canary by itself. */
const CANARY_RUNS_MAX = 25

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}

async function run(seed: number): Promise<Report> {
  try {
    return await simulate(seed)
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    const again = `SIM_SEED=${seed} npx vitest run test/simulation`
    throw new Error(`seed ${seed} at commit ${commit()}: ${what}\nreplay: ${again}`, { cause })
  }
}

/** The checks that failed, until the expected one does. Another may come first: a broken part shows in more than one way. */
async function caught(make: () => Options, expected: Check): Promise<readonly string[]> {
  const checks: string[] = []
  for (let seed = 1; seed <= CANARY_RUNS_MAX; seed++) {
    try {
      await simulate(seed, make())
    } catch (failure) {
      if (!(failure instanceof SimFailure)) throw failure
      checks.push(failure.check)
      if (failure.check === expected) break
    }
  }
  return checks
}

describe('simulation', () => {
  it(`holds in ${SEEDS.length} runs`, { timeout: 60_000 + SEEDS.length * RUN_MS_MAX }, async () => {
    const reports: Report[] = []
    for (const seed of SEEDS) reports.push(await run(seed))
    if (SEEDS.length < 20) return
    // Runs in which nothing happens hold too: what they are about must have happened.
    for (const what of ['refused', 'crashes', 'thefts', 'matched', 'reorganisations', 'effects', 'repeats'] as const) {
      expect(
        reports.reduce((sum, report) => sum + report[what], 0),
        what,
      ).toBeGreaterThan(0)
    }
  })

  it('the same seed makes the same journal', async () => {
    const seed = SEEDS[0] ?? 1
    expect(await run(seed)).toEqual(await run(seed))
  })
})

describe('canaries', () => {
  it.each(CANARIES)('notices $broken', async ({ check, make }) => {
    expect(await caught(make, check)).toContain(check)
  })
})
