/** One run: everything that happens in it follows from its seed. */

import { openApp } from '../../src/app.ts'
import { type Random, seeded } from '../../src/drill/random.ts'
import { toHex } from '../../src/kernel/bytes.ts'
import { SimChain } from './chain.ts'
import { checkRun } from './checks.ts'
import type { Rules } from './gate-model.ts'
import { SimJournal } from './journal.ts'
import { START } from './places.ts'
import { type Open, Platform } from './platform.ts'
import { Receiver } from './receiver.ts'
import { WatchModel } from './watch-model.ts'
import { Workload } from './workload.ts'

/** Long enough for a few thefts, reorganisations and crashes; short enough for sixty runs in the everyday tests. */
export const STEPS = 120

export interface Options {
  readonly open?: Open
  readonly journal?: SimJournal
  readonly steps?: number
}

export interface Report {
  readonly seed: number
  readonly root: string
  readonly commands: number
  readonly refused: number
  readonly entries: number
  readonly crashes: number
  readonly thefts: number
  readonly matched: number
  readonly reorganisations: number
  readonly effects: number
  /** How often the receiver was told something that it had done before. */
  readonly repeats: number
}

const seconds = (random: Random, low: number, high: number): number => random.between(low, high) * 1_000

function rulesOf(random: Random): Rules {
  const permitMs = seconds(random, 30, 120)
  const withdrawalMax = BigInt(random.between(200, 1_000))
  return {
    withdrawalMax,
    windowMax: withdrawalMax + BigInt(random.between(0, 2_000)),
    windowMs: seconds(random, 30, 3_600),
    permitMs,
    landingMs: permitMs + seconds(random, 60, 1_800),
    holdMs: seconds(random, 60, 900),
  }
}

export async function simulate(seed: number, options: Options = {}): Promise<Report> {
  const { open = openApp, journal = new SimJournal(), steps = STEPS } = options
  const random = seeded(seed)
  const model = new WatchModel(rulesOf(random.fork('rules')))
  const platform = new Platform(journal, START, random.fork('platform'), open)
  const receiver = new Receiver()
  const chain = new SimChain(random.fork('chain'))
  const workload = new Workload({ platform, model, receiver, chain, random: random.fork('workload') })
  await workload.begin()
  for (let step = 0; step < steps; step++) await workload.step()
  await workload.quiesce()
  checkRun(platform, model, receiver, open)
  return {
    seed,
    root: toHex(journal.rootAt(journal.entries.length) ?? new Uint8Array()),
    commands: platform.commands,
    refused: platform.refused,
    entries: journal.entries.length,
    crashes: platform.crashes,
    thefts: model.thefts,
    matched: model.matched,
    reorganisations: workload.reorganisations,
    effects: receiver.done.size,
    repeats: [...receiver.told.values()].reduce((sum, count) => sum + count - 1, 0),
  }
}
