/**
 * The labelled events of `../shared/data/admin-events` as runs of the engine: what the label's author mocked is fed as state (an earlier
 * sign-in, the session's first use, where an address is, a country that is watched), a threshold above one as so many repetitions.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type AdminEvent,
  DEFAULTS,
  type Detection,
  type Detector,
  detect,
  noBehaviour,
  type Options,
} from '../../../rooms/access/engine/index.ts'
import type { Format } from '../formats.ts'
import { at, number, type Raw, rawOf, rawsOf, text, timeOf } from '../look.ts'
import { clientOf, networkOf } from '../places.ts'
import { readAdminLine } from '../read.ts'

export const LABELS = fileURLToPath(new URL('../../../../../shared/data/admin-events/', import.meta.url))
export const hasLabels = existsSync(`${LABELS}rules.json`)

export interface Label {
  readonly rule: string
  readonly name: string
  readonly expected: boolean
  readonly threshold: number
  readonly from: Format
  readonly event: Raw
  readonly mocks: readonly Raw[]
}

/** Which detectors answer for an idea. */
export const IDEAS: Readonly<Record<string, readonly Detector[]>> = {
  'new device, country, network or behaviour': [
    ...(['new_device', 'new_network', 'new_country', 'session_two_networks'] as const),
    ...(['hostile_source', 'compromise_reported'] as const),
  ],
  'impossible travel': ['impossible_travel'],
  'MFA reset, suspended or switched off': ['mfa_weakened'],
  'sign-in without the required factor or SSO': ['weak_sign_in'],
  'new administrator or privilege': ['new_admin'],
  'new identity provider, SSO or trust change': ['new_identity_provider'],
  'new long-lived credential or key': ['new_credential'],
  'secret or password read': ['secret_exposed', 'secret_burst'],
  'brute force, lock-out, rate limits': ['sign_in_failures'],
  'phishing or compromise reported': ['compromise_reported'],
  'session on a host (Teleport)': ['host_command'],
}

const FORMATS: Readonly<Record<string, Format>> = {
  'Okta.SystemLog': 'okta',
  'Gravitational.TeleportAudit': 'teleport',
  'AWS.CloudTrail': 'cloudtrail',
  'GitHub.Audit': 'github',
}

const lines = (name: string): Raw[] =>
  readFileSync(`${LABELS}${name}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => rawOf(JSON.parse(line)))

/** Rules that only look an address up in a list that is bought or fetched, over records that hold nothing else. */
const OUTSIDE_LISTS = /GreyNoise|OTX/

/** Labels in a format that is read here; rows of query results and other products' logs are left out. */
export function readLabels(): Label[] {
  return ['okta.ndjson', 'teleport.ndjson', 'standard.ndjson'].flatMap(lines).flatMap((row) => {
    const event = rawOf(row.event)
    const from = FORMATS[text(event, 'p_log_type') ?? text(row, 'log_type') ?? '']
    const rule = String(row.rule_id)
    if (from === undefined || row.analysis_type !== 'rule' || OUTSIDE_LISTS.test(rule)) return []
    const { test_name, expected, threshold } = row
    const label = { rule, name: String(test_name), expected: expected === true, threshold: Number(threshold ?? 1) }
    return [{ ...label, from, event, mocks: rawsOf(row.mocks) }]
  })
}

export const ideaOf = (): ReadonlyMap<string, string> =>
  new Map(
    rawsOf(JSON.parse(readFileSync(`${LABELS}rules.json`, 'utf8'))).map((rule) => [
      String(rule.rule_id),
      String(rule.idea),
    ]),
  )

export const readScenario = (): { readonly actor: string; readonly event: Raw }[] =>
  lines('scenarios/okta-add-administrator.ndjson').map((row) => ({ actor: String(row.actor), event: rawOf(row.event) }))

/** Some records came without a usable time, which no log of the product does. */
const NOON = Date.UTC(2026, 1, 6, 3)
const TIME: Readonly<Record<Format, string>> = {
  okta: 'published',
  teleport: 'time',
  cloudtrail: 'eventTime',
  github: '@timestamp',
  ocsf: 'time',
}

function timed({ from, event }: Label): Raw {
  const field = TIME[from]
  const time = timeOf(event[field]) ?? timeOf(event.p_event_time) ?? timeOf(event.created_at) ?? NOON
  return { ...event, [field]: time }
}

/** Where the label's author looked the address up. */
function place(event: Raw): AdminEvent['src_endpoint'] {
  const found = rawOf(Object.values(rawOf(at(event, 'p_enrichment', 'ipinfo_location')))[0])
  const country = text(found, 'country')
  const lat = number(found, 'lat')
  const long = number(found, 'lng')
  return {
    ...(country === undefined ? {} : { country }),
    ...(lat === undefined || long === undefined ? {} : { lat, long }),
  }
}

const mocked = ({ mocks }: Label, name: string): unknown => mocks.find((mock) => mock.name === name)?.returns

function parsed(value: unknown): unknown[] {
  try {
    const list: unknown = JSON.parse(String(value))
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

/** What the author's store held: an earlier sign-in elsewhere, or network, address and client of the session. */
function earlier(label: Label, event: AdminEvent): AdminEvent[] {
  const stored = parsed(mocked(label, 'get_string_set'))
  const [first] = stored
  if (typeof first === 'string') {
    const [asn, ip = ''] = stored.map(String)
    const agent = stored.map(String).find((one) => one.startsWith('user_agent:'))
    const device = clientOf(agent?.slice('user_agent:'.length))
    const network = networkOf(ip, Number(asn))
    const source = { ip, ...(network === undefined ? {} : { network }) }
    return [
      {
        ...event,
        line: 1,
        time: event.time - 60_000,
        src_endpoint: source,
        ...(device === undefined ? {} : { device }),
      },
    ]
  }
  const past = rawOf(first)
  const time = timeOf(past.p_event_time)
  if (time === undefined) return []
  const found = place({ p_enrichment: { ipinfo_location: { ip: past } } })
  return [{ ...event, line: 1, time, src_endpoint: { network: 'elsewhere', ...found } }]
}

const SECOND_MS = 1_000

/** What the engine says on the label's event, or `undefined` where the line is refused. */
export function judge(label: Label): Detection[] | undefined {
  const read = readAdminLine(label.from, JSON.stringify(timed(label)), 1_000)
  if ('field' in read) return undefined
  const event = { ...read, src_endpoint: { ...read.src_endpoint, ...place(label.event) } }
  const { country } = event.src_endpoint
  const isRogue = mocked(label, 'is_rogue_state') === true && country !== undefined
  const options: Options = {
    ...DEFAULTS,
    watchedCountries: new Set(isRogue ? [country.toUpperCase()] : []),
    // The company of these rules' authors.
    domains: new Set(label.rule.startsWith('Teleport.') ? ['example.com'] : []),
  }
  const state = noBehaviour()
  for (const past of earlier(label, event)) detect(state, past, options)
  const repeated = Array.from({ length: label.threshold }, (_, place) => ({
    ...event,
    line: event.line + place,
    time: event.time + place * SECOND_MS,
  }))
  return repeated.flatMap((one) => detect(state, one, options))
}
