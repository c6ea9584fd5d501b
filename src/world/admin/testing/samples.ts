/** The published pairs of a product's record and its OCSF record in `../shared/data/ocsf`, and how near a mapping comes, by field. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Format } from '../formats.ts'
import { type Raw, rawOf } from '../look.ts'

const SAMPLES = fileURLToPath(new URL('../../../../../shared/data/ocsf/samples/', import.meta.url))
export const hasSamples = existsSync(SAMPLES)

export interface Sample {
  readonly id: string
  readonly from: Format
  readonly raw: Raw
  readonly ocsf: Raw
}

const formatOf = (id: string): Format =>
  id.startsWith('okta') ? 'okta' : id.startsWith('github') ? 'github' : 'cloudtrail'

export const readSamples = (): Sample[] =>
  readdirSync(SAMPLES)
    .sort()
    .map((name) => rawOf(JSON.parse(readFileSync(`${SAMPLES}${name}`, 'utf8'))))
    .map(({ id, raw, ocsf }) => ({ id: String(id), from: formatOf(String(id)), raw: rawOf(raw), ocsf: rawOf(ocsf) }))

/** Out of the strict score, as the data's own page asks. */
const LEFT_OUT = new Set(['unmapped', 'observables', 'enrichments'])

/** Path -> value as text; members without a value are none. */
export function flattened(record: Raw): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string): void => {
    if (value === null || value === undefined || value === '') return
    if (typeof value !== 'object') found.set(path, String(value))
    else for (const [key, one] of Object.entries(value)) walk(one, path === '' ? key : `${path}.${key}`)
  }
  for (const [key, one] of Object.entries(record)) if (!LEFT_OUT.has(key)) walk(one, key)
  // The Okta pairs tell seconds against the schema.
  const time = Number(found.get('time'))
  if (time > 0) found.set('time', String(Math.floor(time < 1e11 ? time : time / 1_000)))
  return found
}

export interface Nearness {
  readonly equal: number
  readonly expected: number
  readonly produced: number
  /** Paths that are expected, whatever their value. */
  readonly paths: number
}

export function nearness(made: Raw, wanted: Raw): Nearness {
  const [ours, theirs] = [flattened(made), flattened(wanted)]
  const paths = [...ours.keys()].filter((path) => theirs.has(path)).length
  const equal = [...ours].filter(([path, value]) => theirs.get(path) === value).length
  return { equal, expected: theirs.size, produced: ours.size, paths }
}
