/** Runs one drill from its name to its answer: a deployment of its own, the play, the verification of its journal, the report. */
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
import { whenLeaving } from './leaving.ts'
import type { Plan } from './plan.ts'
import type { Act, LiveFacts, Performed, Played } from './played.ts'
import { ownIncident, recordedPlan } from './recorded.ts'
import { replay } from './replay.ts'
import { reportOf, writeReport } from './report.ts'
import { findScenario, liveScenario, planOf } from './scenarios.ts'
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
  /** Whether the drill found what it must: the journal verifies, a theft was seen and halted, and on a real chain its sums are the journal's. */
  readonly sound: boolean
  /** Of a drill on a real chain: what both thieves did and what the chain itself says. */
  readonly live?: LiveFacts
}

/** Throws `Refused` where the scenario, its files or the folders are not sound. */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const began = performance.now()
  const seed = options.seed ?? 1
  const folderPath = options.data ?? mkdtempSync(join(tmpdir(), 'pasu-drill-'))
  const throwAway = (): void => rmSync(folderPath, { recursive: true, force: true })
  const forget = options.data === undefined ? whenLeaving(throwAway) : undefined
  try {
    const act = await actFor(options, seed)
    const folder = initFolder(folderPath, { platform: act.platform, language: options.language })
    const pack = readPackFile(PACK)
    if (isRefusal(pack)) throw new Refused(pack)
    const sinks = await openSinks()
    try {
      const performed = await act.play({
        folder,
        sinks,
        pack: { type: 'pack.load', data: pack },
        ...(options.onProgress && { onProgress: options.onProgress }),
      })
      return await finish(options, performed, folder, began)
    } finally {
      await sinks.close()
    }
  } finally {
    forget?.()
    if (options.data === undefined) throwAway()
  }
}

async function actFor({ from, scenario }: DrillOptions, seed: number): Promise<Act> {
  if (from !== undefined) return replayed(await recordedPlan(ownIncident(from), from, seed))
  const entry = findScenario(scenario ?? DEFAULT_SCENARIO)
  if (entry.kind !== 'live') return replayed(await planOf(entry, seed))
  // Loaded here: it brings a compiler and a chain's client that no other drill needs.
  const { liveAct } = await import('./live/index.ts')
  return liveAct(liveScenario(entry), seed)
}

/** A plan played on virtual time. */
const replayed = (plan: Plan): Act => ({
  platform: plan.platform,
  async play(ground) {
    const { chain, ...played } = await replay({ plan, ...ground })
    const lastTheft = chain.ledger.findLast(({ from, tx }) =>
      plan.thefts.some((theft) => theft.tx === tx && theft.from === from),
    )
    return { plan, played: { ...played, lastTheftAt: lastTheft?.at } }
  },
})

/** Closes the deployment, has its journal checked, and tells what happened. */
async function finish(
  options: DrillOptions,
  { plan, played }: Performed,
  folder: Folder,
  began: number,
): Promise<DrillResult> {
  const { deployment, watched, detail, lastTheftAt, live } = played
  const material = await reportOf(played, options.language)
  await deployment.close()
  const verified = isSound(folder)
  const answer = answerOf({ plan, deployment, watched, detail, live, verified, wallMs: performance.now() - began })
  const card = { plan, answer, detail, lastTheftAt, live, words: words[options.language] }
  const report = options.report && writeReport(options.report, { card, material, folder, language: options.language })
  const caught = plan.thefts.length === 0 || answer.detection.halted !== null
  const sound = verified && caught && agrees(answer, played)
  return { answer, story: story(card, options.language), report, sound, ...(live && { live }) }
}

/** On a real chain: no credential brought a signature, and the journal's sums are the chain's own. */
function agrees({ loss, saved }: DrillAnswer, { live }: Played): boolean {
  if (live === undefined) return true
  const sum = (rows: DrillAnswer['saved'] | DrillAnswer['loss'], asset: string): bigint =>
    BigInt(rows.find((row) => row.asset === asset)?.amount ?? 0)
  return (
    live.attempts.every(({ code }) => code !== null) &&
    live.chain.every(({ asset, stolen, refuge }) => sum(loss, asset) === stolen && sum(saved, asset) === refuge)
  )
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
