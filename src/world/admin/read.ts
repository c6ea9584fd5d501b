/** A log as NDJSON, one event a line: what does not validate is put aside with its line and field, the rest is kept. */
import { createReadStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { z } from 'zod'
import { parse } from '../../kernel/input.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { AdminEvent } from '../../rooms/access/engine/index.ts'
import { cloudtrailSchema, mapCloudtrail } from './cloudtrail.ts'
import type { Format } from './formats.ts'
import { githubSchema, mapGithub } from './github.ts'
import type { Raw } from './look.ts'
import { type Mapped, toAdminEvent } from './mapped.ts'
import { mapOcsf, ocsfSchema } from './ocsf.ts'
import { mapOkta, oktaSchema } from './okta.ts'
import { mapTeleport, teleportSchema } from './teleport.ts'

/** One event is a few KiB; a longer line is a file of another kind. */
export const LINE_CHARS_MAX = 1024 * 1024
/** Events are held to be put in time order; at about 500 bytes each this is 2.5 GB. Longer logs are read in parts. */
export const EVENTS_MAX = 5_000_000

export interface Rejected {
  readonly line: number
  /** The first wrong field as a path; `(whole line)` where it is no JSON object. */
  readonly field: string
  readonly why: string
}

export interface AdminLog {
  /** In time order. */
  readonly events: readonly AdminEvent[]
  readonly rejected: readonly Rejected[]
}

interface Reader {
  readonly schema: z.ZodType<Raw>
  /** The field that holds the time, in milliseconds once the schema has passed. */
  readonly time: string
  readonly map: (event: Raw, time: number) => Mapped
  /** The field that is wrong where the record names nobody. */
  readonly person: string
}

const READERS: Readonly<Record<Format, Reader>> = {
  okta: { schema: oktaSchema, time: 'published', map: mapOkta, person: 'actor.alternateId' },
  teleport: { schema: teleportSchema, time: 'time', map: mapTeleport, person: 'user' },
  cloudtrail: { schema: cloudtrailSchema, time: 'eventTime', map: mapCloudtrail, person: 'userIdentity.arn' },
  github: { schema: githubSchema, time: '@timestamp', map: mapGithub, person: 'actor' },
  ocsf: { schema: ocsfSchema, time: 'time', map: mapOcsf, person: 'actor.user.uid' },
}

/** One record of a product as an OCSF record, or what is wrong with it. */
export function toOcsf(from: Format, value: unknown): Mapped | Omit<Rejected, 'line'> {
  const { schema, time, map } = READERS[from]
  const event = parse(schema, value)
  if (isRefusal(event)) return { field: event.field ?? '(whole line)', why: event.detail }
  return map(event, Number(event[time]))
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** One record of a log, as `JSON.parse` gave it. */
export function readAdminValue(from: Format, value: unknown, line: number): AdminEvent | Rejected {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, field: '(whole line)', why: 'this is no JSON object' }
  }
  const mapped = toOcsf(from, value)
  if ('field' in mapped) return { line, ...mapped }
  const { person } = READERS[from]
  return toAdminEvent(mapped, line) ?? { line, field: person, why: `${person}: the record names nobody` }
}

/** One line of a log. `line` counts from 1. */
export function readAdminLine(from: Format, text: string, line: number): AdminEvent | Rejected {
  if (text.length <= LINE_CHARS_MAX) return readAdminValue(from, parsed(text), line)
  const why = `the line has ${text.length} characters; at most ${LINE_CHARS_MAX}`
  return { line, field: '(whole line)', why }
}

/** Reads a file of any length in one pass. `progress` is told bytes. Throws what the file system throws. */
export async function readAdminLog(
  path: string,
  from: Format,
  progress: (done: number, total: number) => void = () => {},
): Promise<AdminLog> {
  const total = statSync(path).size
  const stream = createReadStream(path, { encoding: 'utf8' })
  const events: AdminEvent[] = []
  const rejected: Rejected[] = []
  let line = 0
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    const read = readAdminLine(from, line === 1 ? text.replace(/^\uFEFF/, '') : text, line)
    if ('field' in read) rejected.push(read)
    else if (events.length >= EVENTS_MAX)
      rejected.push({ line, field: '(whole line)', why: `more than ${EVENTS_MAX} events` })
    else events.push(read)
    if (line % 1_000 === 0) progress(stream.bytesRead, total)
  }
  progress(total, total)
  return { events: events.sort((a, b) => a.time - b.time || a.line - b.line), rejected }
}
