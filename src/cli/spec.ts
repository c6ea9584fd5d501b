/** Commands as data, and how they become commander's: one help, one set of global options, exit codes in each. */
import { type Command, Option } from 'commander'
import { type Context, contextOf } from './context.ts'
import { type ExitCode, exitHelp } from './exit.ts'
import type { Terminal } from './terminal.ts'

export interface OptionSpec {
  /** As commander writes it: `--reason <text>`. */
  readonly flags: string
  readonly summary: string
  readonly needed?: boolean
  readonly choices?: readonly string[]
}

export interface Spec {
  /** Name and arguments: `close <incident>`. */
  readonly usage: string
  readonly summary: string
  /** More for the command's own help. */
  readonly more?: string
  readonly options?: readonly OptionSpec[]
  readonly exits: readonly ExitCode[]
  readonly examples?: readonly string[]
  /** Resolves with an exit code; 0 where it says nothing. Throws `Refused`. */
  readonly run?: (context: Context, args: readonly string[]) => Promise<ExitCode | undefined> | ExitCode | undefined
  readonly inner?: readonly Spec[]
  /** Taken where no other command of its parent is named. */
  readonly usual?: boolean
}

/** Where a command leaves its exit code. */
export interface Ran {
  code: ExitCode
}

function optionOf({ flags, summary, needed = false, choices }: OptionSpec): Option {
  const option = new Option(flags, summary)
  if (choices !== undefined) option.choices(choices)
  return needed ? option.makeOptionMandatory() : option
}

export function mount(parent: Command, spec: Spec, terminal: Terminal, ran: Ran): Command {
  const command = parent
    .command(spec.usage, { isDefault: spec.usual === true })
    .summary(spec.summary)
    .description(spec.more ?? `${spec.summary}.`)
  for (const option of spec.options ?? []) command.addOption(optionOf(option))
  command.configureHelp({ showGlobalOptions: true })
  const examples = spec.examples === undefined ? [] : ['', 'Examples:', ...spec.examples.map((line) => `  ${line}`)]
  command.addHelpText('after', [...examples, exitHelp(spec.exits)].join('\n'))
  for (const inner of spec.inner ?? []) mount(command, inner, terminal, ran)
  const { run } = spec
  if (run !== undefined) {
    command.action(async () => {
      const context = contextOf(terminal, command.optsWithGlobals())
      ran.code = (await run(context, command.args)) ?? 0
    })
  }
  return command
}
