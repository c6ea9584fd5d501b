/** The whole command line. */
import { Command } from 'commander'
import { VERSION } from '../world/version.ts'
import { specs } from './commands/index.ts'
import { EXITS, type ExitCode, exitHelp } from './exit.ts'
import { mount, type Ran } from './spec.ts'
import type { Terminal } from './terminal.ts'

/** Commander wraps help at the terminal's width; a fixed one keeps it the same everywhere. */
const HELP_WIDTH = 100

export function buildProgram(terminal: Terminal, ran: Ran): Command {
  const program = new Command('pasu')
    .description(
      'Pasu guards the coins of an exchange: no permit, no move; every fact in the journal; every duty a clock.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .option('--data <dir>', 'the data folder (else $PASU_DATA, else ./data)')
    .option('--json', 'print one JSON value on standard output')
    .option('--lang <language>', 'ko or en, for refusals and main texts (else by LANG)')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // Told by `run.ts` as a numbered refusal.
      outputError: () => {},
    })
    .addHelpText('after', exitHelp(Object.keys(EXITS).map((code) => Number(code) as ExitCode)))
  for (const spec of specs) mount(program, spec, terminal, ran)
  return program
}
