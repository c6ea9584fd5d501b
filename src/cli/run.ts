/** One run of the command line, from its words to its exit code. Whatever goes wrong ends in one line, never in a stack trace. */
import { CommanderError } from 'commander'
import { faultLine } from '../kernel/names.ts'
import { type Refusal, Refused } from '../kernel/refusal.ts'
import type { Language } from '../server/problem.ts'
import { catalogue } from './catalogue.ts'
import { contextOf } from './context.ts'
import { type ExitCode, exitOf } from './exit.ts'
import { buildProgram } from './program.ts'
import { refuse } from './refusals.ts'
import type { Ran } from './spec.ts'
import type { Terminal } from './terminal.ts'

/** Commander's own ends that are no faults. */
const GOOD_ENDS = new Set(['commander.helpDisplayed', 'commander.version'])

function refusalOf(fault: unknown): Refusal {
  if (fault instanceof Refused) return fault.refusal
  if (fault instanceof CommanderError) {
    const said = fault.code === 'commander.help' ? 'a command is missing' : fault.message.replace(/^error: /, '')
    return refuse('CLI-001', said.replace(/\s*\n\s*/g, ' '))
  }
  return refuse('CLI-005', faultLine(fault, 300))
}

/** One line with what happened, and one with what to do. */
export function spoken({ code, detail, expected }: Refusal, language: Language): string {
  const entry = catalogue()[code]
  const told = expected === undefined || detail.includes(expected) ? detail : `${detail}; expected ${expected}`
  const first = language === 'ko' && entry !== undefined ? `${entry.title.ko} (${told})` : told
  return [`pasu: ${code} ${first}`, ...(entry === undefined ? [] : [`      ${entry.help[language]}`]), ''].join('\n')
}

function languageFor(terminal: Terminal, argv: readonly string[]): Language {
  const at = argv.indexOf('--lang')
  const lang = at < 0 ? undefined : argv[at + 1]
  return contextOf(terminal, lang === 'ko' || lang === 'en' ? { lang } : {}).language
}

function report(terminal: Terminal, argv: readonly string[], fault: unknown): ExitCode {
  const refusal = refusalOf(fault)
  if (argv.includes('--json')) {
    const { refused, code, kind, detail, field, expected } = refusal
    terminal.out(`${JSON.stringify({ refused, code, kind, detail, field, expected })}\n`)
  }
  terminal.err(spoken(refusal, languageFor(terminal, argv)))
  if (terminal.env.PASU_DEBUG === '1' && fault instanceof Error) terminal.err(`${fault.stack ?? ''}\n`)
  return exitOf[refusal.kind]
}

export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const ran: Ran = { code: 0 }
  try {
    await buildProgram(terminal, ran).parseAsync(argv, { from: 'user' })
    return ran.code
  } catch (fault) {
    if (fault instanceof CommanderError && GOOD_ENDS.has(fault.code)) return 0
    return report(terminal, argv, fault)
  }
}
