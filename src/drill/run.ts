/** Runs one drill from its name to its answer: a deployment of its own, the replay, the verification of its journal, the report. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openApp } from '../app.ts'
import { openJournal, verifyJournal } from '../journal/index.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { redecide } from '../machine/index.ts'
import { type Folder, initFolder } from '../world/folder.ts'
import { readPackFile } from '../world/packs/read.ts'
import { answerOf, type DrillAnswer } from './answer.ts'
import type { Plan } from './plan.ts'
import { ownIncident, recordedPlan } from './recorded.ts'
import { type Played, replay } from './replay.ts'
import { reportOf, writeReport } from './report.ts'
import { findScenario, planOf } from './scenarios.ts'
import { openSinks } from './sinks.ts'
import { story } from './story.ts'
import { type Language, words } from './words.ts'

export const DEFAULT_SCENARIO = 'upbit-2025'
const PACK = fileURLToPath(new URL('../../packs/kr.yaml', import.meta.url))

export interface DrillOptions {
  readonly scenario?: string | undefined
  /** A folder with `transfers.csv`, `sources.csv` and optionally `terminals.csv` and `labels.csv`. */
  readonly from?: string | undefined
  /** Where the deployment stays; without it, it is thrown away. Must be new or empty. */
  readonly data?: string | undefined
  /** Where the report goes. */
  readonly report?: string | undefined
  readonly seed?: number | undefined
  readonly language: Language
  readonly onProgress?: ((done: number, of: number) => void) | undefined
}

export interface DrillResult {
  readonly answer: DrillAnswer
  /** The story in lines, in the language asked for. */
  readonly story: readonly string[]
  /** The report's page, where one was written. */
  readonly report: string | undefined
  /** Whether the drill found what it must: the journal verifies, and a theft was seen and halted. */
  readonly sound: boolean
}

/** Throws `Refused` where the scenario, its files or the folders are not sound. */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const began = performance.now()
  const seed = options.seed ?? 1
  const folderPath = options.data ?? mkdtempSync(join(tmpdir(), 'pasu-drill-'))
  try {
    const plan = await planFor(options, seed)
    const folder = initFolder(folderPath, { platform: plan.platform, language: options.language })
    const pack = readPackFile(PACK)
    if (isRefusal(pack)) throw new Refused(pack)
    const sinks = await openSinks()
    try {
      const played = await replay({
        plan,
        folder,
        sinks,
        pack: { type: 'pack.load', data: pack },
        ...(options.onProgress && { onProgress: options.onProgress }),
      })
      return await finish(options, { plan, played, folder }, began)
    } finally {
      await sinks.close()
    }
  } finally {
    if (options.data === undefined) rmSync(folderPath, { recursive: true, force: true })
  }
}

async function planFor({ from, scenario }: DrillOptions, seed: number): Promise<Plan> {
  if (from !== undefined) return recordedPlan(ownIncident(from), from, seed)
  return planOf(findScenario(scenario ?? DEFAULT_SCENARIO), seed)
}

interface Finished {
  readonly plan: Plan
  readonly played: Played
  readonly folder: Folder
}

/** Closes the deployment, has its journal checked, and tells what happened. */
async function finish(options: DrillOptions, { plan, played, folder }: Finished, began: number): Promise<DrillResult> {
  const { deployment, watched, detail, chain } = played
  const material = await reportOf(played, options.language)
  await deployment.close()
  const verified = isSound(folder)
  const answer = answerOf({ plan, deployment, watched, detail, verified, wallMs: performance.now() - began })
  const lastTheft = chain.ledger.findLast(({ from, tx }) =>
    plan.thefts.some((theft) => theft.tx === tx && theft.from === from),
  )
  const card = { plan, answer, detail, lastTheftAt: lastTheft?.at, words: words[options.language] }
  const report = options.report && writeReport(options.report, { card, material, folder, language: options.language })
  const caught = plan.thefts.length === 0 || answer.detection.halted !== null
  return { answer, story: story(card, options.language), report, sound: verified && caught }
}

/** Every entry, tile and signature read again, and every command decided again. */
function isSound(folder: Folder): boolean {
  if (!verifyJournal(folder.paths.journal, [folder.journalSigner.verifier]).ok) return false
  const journal = openJournal({ folder: folder.paths.journal, signer: folder.journalSigner })
  try {
    return redecide(openApp().machine, journal.read(0)) === undefined
  } finally {
    journal.close()
  }
}
