/**
 * What the theft of `upbit-2025` would have cost with Pasu, over 200 seeds: the thief holds the key, so all that leaves before the
 * evacuation has landed is lost. Each seed draws other single transfers, another order and other landing times. The peers are the same
 * minutes with a slower answer, and history, where nobody answered within the theft.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from '../src/drill/plan.ts'
import { replay } from '../src/drill/replay.ts'
import { findScenario, planOf } from '../src/drill/scenarios.ts'
import { openSinks } from '../src/drill/sinks.ts'
import { isRefusal, Refused } from '../src/kernel/refusal.ts'
import { MINUTE_MS } from '../src/kernel/time.ts'
import { initFolder } from '../src/world/folder.ts'
import { readPackFile } from '../src/world/packs/read.ts'

const SEEDS = 200
/** Of the slower answers, fewer: they show how the loss grows, not its tail. */
const SEEDS_SLOWER = 40
const SLOWER = [5, 25]
/** Played around the theft; the hours before and the repayment after it change no loss. */
const AROUND_MS = 15 * MINUTE_MS
const PACK = fileURLToPath(new URL('../packs/kr.yaml', import.meta.url))

interface Outcome {
  readonly lostKrw: bigint
  readonly transfers: number
  readonly heldSeconds: number
}

async function planFor(seed: number, slower: number): Promise<Plan> {
  const { repaying: _, ...plan } = await planOf(findScenario('upbit-2025'), seed)
  const first = plan.thefts[0]?.at ?? plan.startsAt
  const startsAt = first - AROUND_MS
  const { observeMs, signMs, signEachMs } = plan.response
  return {
    ...plan,
    startsAt,
    endsAt: (plan.thefts.at(-1)?.at ?? first) + AROUND_MS,
    withdrawals: plan.withdrawals.filter(({ at }) => at > startsAt && at < first + AROUND_MS),
    flows: [],
    response: {
      ...plan.response,
      observeMs: observeMs * slower,
      signMs: signMs * slower,
      signEachMs: signEachMs * slower,
    },
  }
}

const pack = readPackFile(PACK)
if (isRefusal(pack)) throw new Refused(pack)
const loading = { type: 'pack.load', data: pack }
const sinks = await openSinks()

async function play(seed: number, slower: number): Promise<Outcome> {
  const path = mkdtempSync(join(tmpdir(), 'pasu-bench-'))
  try {
    const plan = await planFor(seed, slower)
    const folder = initFolder(join(path, 'data'), { platform: plan.platform })
    const { deployment, detail, chain } = await replay({ plan, folder, sinks, pack: loading })
    await deployment.close()
    if (detail?.loss_krw == null) throw new Error(`seed ${seed}: the theft was not seen`)
    const stolen = chain.ledger.filter(({ tx }) => tx.startsWith('theft-'))
    const first = stolen[0]?.at ?? 0
    const refuge = plan.wallets[0]?.refuge
    const last = chain.ledger.findLast(({ to }) => to === refuge)?.at ?? first
    return { lostKrw: BigInt(detail.loss_krw), transfers: stolen.length, heldSeconds: (last - first) / 1000 }
  } finally {
    rmSync(path, { recursive: true, force: true })
  }
}

const krw = (value: bigint): string => `KRW ${value.toLocaleString('en')}`

async function tell(seeds: number, slower: number): Promise<void> {
  const began = performance.now()
  const outcomes: Outcome[] = []
  for (let seed = 1; seed <= seeds; seed++) outcomes.push(await play(seed, slower))
  outcomes.sort((a, b) => Number(a.lostKrw - b.lostKrw))
  const at = (part: number): Outcome => {
    const found = outcomes[Math.min(outcomes.length - 1, Math.floor(outcomes.length * part))]
    if (found === undefined) throw new Error('no seed was played')
    return found
  }
  const [median, p95, worst] = [at(0.5), at(0.95), at(1)]
  const label = slower === 1 ? 'pasu, as the scenario assumes' : `seen and signed ${slower} times slower`
  console.log(`  ${label} (${seeds} seeds, ${((performance.now() - began) / 1000).toFixed(0)} s)`)
  console.log(`    lost: median ${krw(median.lostKrw)}, p95 ${krw(p95.lostKrw)}, worst ${krw(worst.lostKrw)}`)
  const seconds = outcomes.map(({ heldSeconds }) => heldSeconds).sort((a, b) => a - b)
  console.log(
    `    transfers lost: median ${median.transfers}, worst ${worst.transfers}; from the first stolen coin to the last one in the refuge: median ${seconds[Math.floor(seeds / 2)]} s`,
  )
}

console.log('upbit-2025: what the thief with the key gets')
await tell(SEEDS, 1)
for (const slower of SLOWER) await tell(SEEDS_SLOWER, slower)
const { history } = await planOf(findScenario('upbit-2025'), 1)
console.log(`  history (peer): ${krw(history?.lostKrw ?? 0n)}, halted after ${history?.chainHaltSeconds} s`)
await sinks.close()
