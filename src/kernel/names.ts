/** Identifiers that people and other systems choose: short, printable, safe in a URL and in a file name. */
import { z } from 'zod'

/** Letters, digits, `.`, `_`, `-`; starts with a letter or digit; 1 to 64 characters. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected 1 to 64 letters, digits, ".", "_" or "-"')

/** Free text that a person writes: one line, 1 to 500 characters, no control characters. */
export const lineSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected one line without control characters')

/** `sha256:` and 64 hexadecimal digits: the name of content. */
export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected "sha256:" and 64 hexadecimal digits')
