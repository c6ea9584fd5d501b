/** Runs of the simulation per second, and what happened in them: `node bench/simulation.ts 200`. */
import { type Report, simulate } from '../test/simulation/simulate.ts'

const RUNS = Number(process.argv[2] ?? 200)
const COUNTED = [
  'commands',
  'refused',
  'entries',
  'crashes',
  'thefts',
  'matched',
  'reorganisations',
  'effects',
  'repeats',
] as const

const reports: Report[] = []
const began = performance.now()
for (let seed = 1; seed <= RUNS; seed++) reports.push(await simulate(seed))
const seconds = (performance.now() - began) / 1_000
console.log(`${RUNS} runs in ${seconds.toFixed(1)} s: ${(RUNS / seconds).toFixed(1)} runs/s`)
for (const what of COUNTED) {
  console.log(`  ${what.padEnd(16)} ${reports.reduce((sum, report) => sum + report[what], 0)}`)
}
