/** The test log: a key that is always the same, and entries of which each is different. Imported by child processes, so without Vitest. */
import { generateNoteKey, type NoteSigner, parseSigningKey } from '../../src/journal/index.ts'
import { isRefusal, type Refusal, Refused } from '../../src/kernel/refusal.ts'

/** The value, where a refusal would be a fault of the test. */
export function sure<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Refused(value)
  return value as T
}

export const keyFromSeed = (name: string, seed: number): NoteSigner =>
  sure(parseSigningKey(generateNoteKey(name, Buffer.alloc(32, seed)).skey))

export const signer: NoteSigner = keyFromSeed('journal.example.com/test', 7)

/** Entry `index` of the test log: short, and different from every other. */
export const entryAt = (index: number): Buffer => Buffer.from(`{"entry":${index},"pad":"${'x'.repeat(index % 40)}"}`)
export const entriesFrom = (first: number, count: number): Buffer[] =>
  Array.from({ length: count }, (_, place) => entryAt(first + place))
