/** Exit codes: one meaning each, for every command. */
import type { RefusalKind } from '../kernel/refusal.ts'

export const EXITS = {
  0: 'done',
  1: 'a verification or a drill found faults',
  2: 'the command line or an input is malformed',
  3: 'denied, in conflict with what is so already, or no such thing',
  4: 'busy, or the running server cannot be reached: try again',
  70: 'a fault: of Pasu, the disk, a key, the network',
} as const

export type ExitCode = keyof typeof EXITS

export const exitOf: Readonly<Record<RefusalKind, ExitCode>> = {
  invalid: 2,
  denied: 3,
  conflict: 3,
  missing: 3,
  busy: 4,
  broken: 70,
}

/** The part of a command's help that says what its exit codes mean. */
export const exitHelp = (codes: readonly ExitCode[]): string =>
  ['', 'Exit codes:', ...codes.map((code) => `  ${String(code).padEnd(3)} ${EXITS[code]}`)].join('\n')
