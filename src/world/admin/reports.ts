/** An upload's detections as the commands that tell the room `access` of them: bounded so that a journal entry holds each. */
import type { z } from 'zod'
import { canonical } from '../../kernel/canonical.ts'
import { oneLine } from '../../kernel/names.ts'
import { type alertCommands, DETECTIONS_MAX, LINES_MAX, LOGIN_MAX } from '../../rooms/access/alerts/index.ts'
import { type Detection, SEVERITIES } from '../../rooms/access/engine/index.ts'

export type AdminReport = z.input<(typeof alertCommands)['admin.report']>
type Told = AdminReport['detections'][number]

/** An entry has 65,535 bytes; what surrounds the detections takes far less than the rest. */
const PART_BYTES_MAX = 48 * 1024
/** Detections told of one upload, the gravest; each has at most 4 KiB, so the parts stay below their bound. The rest is counted. */
export const TOLD_MAX = 1_000

/** A name that is cut must not become somebody else's. */
const login = (person: string): string =>
  person.length <= LOGIN_MAX ? oneLine(person, LOGIN_MAX) : `${oneLine(person, LOGIN_MAX - 1)}…`

const told = ({ time, detector, severity, person, why, line, lines }: Detection): Told => ({
  at: time,
  detector,
  severity,
  account: login(person),
  why,
  line,
  lines: lines.slice(-LINES_MAX),
})

/** The gravest where there are too many, in the order in which they happened. */
function gravest(detections: readonly Detection[]): readonly Detection[] {
  if (detections.length <= TOLD_MAX) return detections
  const rank = ({ severity }: Detection): number => -SEVERITIES.indexOf(severity)
  const kept = new Set([...detections].sort((a, b) => rank(a) - rank(b)).slice(0, TOLD_MAX))
  return detections.filter((one) => kept.has(one))
}

function packed(detections: readonly Told[]): Told[][] {
  const parts: Told[][] = [[]]
  let bytes = 0
  for (const one of detections) {
    const more = Buffer.byteLength(canonical(one))
    const last = parts.at(-1) ?? []
    if (last.length > 0 && (last.length >= DETECTIONS_MAX || bytes + more > PART_BYTES_MAX)) {
      parts.push([one])
      bytes = more
    } else {
      last.push(one)
      bytes += more
    }
  }
  return parts
}

/** At least one report, also of an upload in which nothing was unusual. */
export function reportsOf(
  upload: Omit<AdminReport, 'part' | 'parts' | 'untold' | 'detections'>,
  detections: readonly Detection[],
): AdminReport[] {
  const kept = gravest(detections)
  const parts = packed(kept.map(told))
  const untold = detections.length - kept.length
  return parts.map((some, part) => ({ ...upload, part, parts: parts.length, untold, detections: some }))
}
