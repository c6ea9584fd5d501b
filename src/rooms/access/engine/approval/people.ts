/** People with their roles, suspensions and keys over time, as far as a quorum needs them. */
import { z } from 'zod'
import { nameSchema } from '../../../../kernel/names.ts'
import { type Instant, instantSchema } from '../../../../kernel/time.ts'

/** From an instant on, until before another; without the other, for good. */
export const span = { from: instantSchema, until: instantSchema.optional() }
export interface Span {
  readonly from: Instant
  readonly until?: Instant | undefined
}

/** Far more than anybody has over a working life; a record is read into memory. */
const SPANS_MAX = 1_000
const base64Url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/, 'expected base64url without padding')

export const keySchema = z.strictObject({
  ...span,
  /** The credential's id. */
  id: base64Url(1_364),
  public_key: base64Url(800),
  backup_eligible: z.boolean(),
  /** Removed because it was lost or stolen: then what it signed and has not been executed is void. */
  lost: z.boolean().optional(),
})
export type Key = z.infer<typeof keySchema>

export const personSchema = z.strictObject({
  person: nameSchema,
  roles: z.array(z.strictObject({ ...span, role: nameSchema })).max(SPANS_MAX),
  suspensions: z.array(z.strictObject(span)).max(SPANS_MAX),
  keys: z.array(keySchema).max(SPANS_MAX),
})
export type Person = z.infer<typeof personSchema>

export const holds = ({ from, until }: Span, at: Instant): boolean => from <= at && (until === undefined || at < until)

export const hadRole = ({ roles }: Person, among: readonly string[], at: Instant): boolean =>
  roles.some((one) => among.includes(one.role) && holds(one, at))

/** Whether any suspension touches the time from `from` to `to`, both included. */
export const wasSuspended = ({ suspensions }: Person, from: Instant, to: Instant): boolean =>
  suspensions.some((one) => one.from <= to && (one.until === undefined || one.until > from))

/** The key was the person's when it signed, and was not reported lost by `to`. */
export const hadKey = (key: Key, signed: Instant, to: Instant): boolean =>
  holds(key, signed) && !(key.lost === true && key.until !== undefined && key.until <= to)

/** Whom a quorum may ask for. A room answers from its indexes. */
export interface Roster {
  person(id: string): Person | undefined
  /** Of a credential's id: its key and the one person whose it is. */
  key(credential: string): { readonly person: string; readonly key: Key } | undefined
}

/**
 * A roster of plain data. A public key belongs to whoever had it first, for ever, and so does a credential's id: the same key under a second
 * name must not become a second person. Where two had it at the same instant it belongs to neither.
 */
export function rosterOf(people: readonly Person[]): Roster {
  const named = new Map<string, Person>()
  for (const person of people) if (!named.has(person.person)) named.set(person.person, person)
  const all = [...named.values()].flatMap(({ person, keys }) => keys.map((key) => ({ person, key })))
  const first = new Map<string, { readonly from: Instant; readonly people: Set<string> }>()
  for (const { person, key } of all) {
    for (const name of [`id ${key.id}`, `key ${key.public_key}`]) {
      const known = first.get(name)
      if (known === undefined || key.from < known.from) first.set(name, { from: key.from, people: new Set([person]) })
      else if (key.from === known.from) known.people.add(person)
    }
  }
  const isOwn = (name: string, person: string): boolean => {
    const owners = first.get(name)?.people
    return owners?.size === 1 && owners.has(person)
  }
  const owned = all.filter(({ person, key }) => isOwn(`id ${key.id}`, person) && isOwn(`key ${key.public_key}`, person))
  const byCredential = new Map<string, { readonly person: string; readonly key: Key }>()
  for (const one of owned) if (!byCredential.has(one.key.id)) byCredential.set(one.key.id, one)
  return { person: (id) => named.get(id), key: (credential) => byCredential.get(credential) }
}
