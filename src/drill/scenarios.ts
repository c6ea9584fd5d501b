/** The scenarios that ship, and how each becomes a plan. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { parse } from '../kernel/input.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { type LiveScenario, liveSchema } from './live/scenario.ts'
import type { Bilingual, Plan } from './plan.ts'
import { rebuild, rebuiltSchema, type StolenAsset } from './rebuilt.ts'
import { recordedPlan, recordedSchema } from './recorded.ts'
import { refuse } from './refusals.ts'

const FOLDER = fileURLToPath(new URL('../../scenarios', import.meta.url))
/** A scenario's text files are read whole. */
const FILE_BYTES_MAX = 1_000_000

export interface ScenarioEntry {
  readonly scenario: string
  readonly kind: 'rebuilt' | 'recorded' | 'live'
  readonly title: Bilingual
}

const headSchema = z.looseObject({
  scenario: z.string(),
  kind: z.enum(['rebuilt', 'recorded', 'live']),
  title: z.strictObject({ en: z.string(), ko: z.string() }),
})

function readText(scenario: string, name: string): string {
  const path = join(FOLDER, scenario, name)
  if (!existsSync(path)) throw new Refused(refuse('DRILL-002', `${scenario} has no ${name}`, { field: name }))
  const bytes = readFileSync(path)
  if (bytes.length > FILE_BYTES_MAX) throw new Refused(refuse('DRILL-002', `${path} is larger than a megabyte`))
  return bytes.toString('utf8')
}

function readYaml<T>(scenario: string, schema: z.ZodType<T>): T {
  let yaml: unknown
  try {
    yaml = parseYaml(readText(scenario, 'scenario.yaml'), { maxAliasCount: 0 })
  } catch (fault) {
    if (fault instanceof Refused) throw fault
    const why = fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : ''
    throw new Refused(refuse('DRILL-002', `${scenario}/scenario.yaml: ${why}`, { field: 'scenario.yaml' }))
  }
  const checked = parse(schema, yaml)
  if (isRefusal(checked)) {
    throw new Refused(
      refuse('DRILL-002', `${scenario}/scenario.yaml: ${checked.detail}`, { field: checked.field ?? '' }),
    )
  }
  return checked
}

/** By name; folders without a `scenario.yaml` are none. */
export function listScenarios(): ScenarioEntry[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'scenario.yaml')))
    .sort()
    .map((name) => {
      const { scenario, kind, title } = readYaml(name, headSchema)
      return { scenario, kind, title }
    })
}

/** `symbol,decimals,units,krw_micro,basis`, the whole of it ours: a wrong row is a fault of the scenario. */
export function readStolenAssets(scenario: string, name: string): StolenAsset[] {
  const [head, ...rows] = readText(scenario, name).trim().split('\n')
  if (head !== 'symbol,decimals,units,krw_micro,basis') {
    throw new Refused(refuse('DRILL-002', `${scenario}/${name}: another heading than expected`, { field: name }))
  }
  return rows.map((row, place) => {
    const match = /^([A-Z0-9]{1,12}),(\d{1,2}),(\d{1,20}),(\d{1,20}),[a-z ]+$/.exec(row)
    if (match === null)
      throw new Refused(refuse('DRILL-002', `${scenario}/${name} line ${place + 2}: ${row.slice(0, 60)}`))
    const [, symbol = '', decimals = '', units = '', krwMicro = ''] = match
    return { symbol, decimals: Number(decimals), units: BigInt(units), krwMicro: BigInt(krwMicro) }
  })
}

export function findScenario(name: string): ScenarioEntry {
  const found = listScenarios().find(({ scenario }) => scenario === name)
  if (found === undefined)
    throw new Refused(refuse('DRILL-001', `there is no scenario ${name.slice(0, 60)}`, { field: 'scenario' }))
  return found
}

/** The plan of a shipped scenario that is played on virtual time. */
export async function planOf(entry: ScenarioEntry, seed: number): Promise<Plan> {
  if (entry.kind === 'live') throw new TypeError(`${entry.scenario} has no plan before its chain stands`)
  if (entry.kind === 'rebuilt') {
    const scenario = readYaml(entry.scenario, rebuiltSchema)
    return rebuild(scenario, readStolenAssets(entry.scenario, scenario.assets), seed)
  }
  return recordedPlan(readYaml(entry.scenario, recordedSchema), join(FOLDER, entry.scenario), seed)
}

/** A scenario that is played on a chain of its own. */
export const liveScenario = ({ scenario }: ScenarioEntry): LiveScenario => readYaml(scenario, liveSchema)
