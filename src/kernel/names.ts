/** Identifiers that people and other systems choose: short, printable, safe in a URL and in a file name. */
import { z } from 'zod'

/** Letters, digits, `.`, `_`, `-`; starts with a letter or digit; 1 to 64 characters. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected 1 to 64 letters, digits, ".", "_" or "-"')

/** A few sentences: what a person writes of one fact, and what a notice can quote. */
export const LINE_MAX = 500

/** Free text that a person writes: one line, 1 to 500 characters, no control characters. */
export const lineSchema = z
  .string()
  .min(1)
  .max(LINE_MAX)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected one line without control characters')

/** Any text as one line that {@link lineSchema} takes, unless it is empty: control characters become spaces, no letter is cut in two. */
export const oneLine = (text: string, max: number = LINE_MAX): string =>
  text
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .slice(0, max)
    // What is left of a surrogate pair that the cut went through has no UTF-8 form, so no entry could hold it.
    .replace(/[\uD800-\uDBFF]$/, '')

/** What a fault says, as one line; whatever was thrown. */
export const faultLine = (fault: unknown, max: number = LINE_MAX): string =>
  oneLine(fault instanceof Error ? fault.message : String(fault), max)

/** No control characters: it stands in the one line that says why a chain is halted. */
export const txSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected a transaction id without control characters')

/** `sha256:` and 64 hexadecimal digits: the name of content. */
export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected "sha256:" and 64 hexadecimal digits')
