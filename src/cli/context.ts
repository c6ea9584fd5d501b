/** What every command is given: where the data is, in which language and form to answer. */
import { resolve } from 'node:path'
import type { Json } from '../kernel/canonical.ts'
import type { Language } from '../server/problem.ts'
import { refused } from './refusals.ts'
import type { Terminal } from './terminal.ts'

/** As commander gives them: a flag is a boolean, an option's value a text. */
export type Options = Readonly<Record<string, unknown>>

export interface Context {
  readonly terminal: Terminal
  readonly json: boolean
  /** The data folder, absolute. */
  readonly folder: string
  /** Whether somebody named it, by --data or PASU_DATA. */
  readonly folderNamed: boolean
  readonly language: Language
  readonly options: Options
  /** One JSON value with --json, else the text; both on standard output. */
  print(json: Json, text: string): void
  /** A remark for a person, on standard error. */
  note(text: string): void
}

const DEFAULT_FOLDER = 'data'

function languageOf(options: Options, env: Terminal['env']): Language {
  const { lang } = options
  if (lang !== undefined && lang !== 'ko' && lang !== 'en') {
    throw refused('CLI-001', `--lang is "${String(lang).slice(0, 20)}"`, { field: '--lang', expected: 'ko or en' })
  }
  if (lang !== undefined) return lang
  return (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('ko') ? 'ko' : 'en'
}

export function contextOf(terminal: Terminal, options: Options): Context {
  const named = typeof options.data === 'string' ? options.data : terminal.env.PASU_DATA || undefined
  const json = options.json === true
  return {
    terminal,
    json,
    folder: resolve(named ?? DEFAULT_FOLDER),
    folderNamed: named !== undefined,
    language: languageOf(options, terminal.env),
    options,
    print: (value, text) =>
      terminal.out(json ? `${JSON.stringify(value)}\n` : text.endsWith('\n') ? text : `${text}\n`),
    note: (text) => terminal.err(`${text}\n`),
  }
}

/** A text option; `undefined` where it was not given. */
export const textOf = ({ options }: Context, name: string): string | undefined =>
  typeof options[name] === 'string' ? options[name] : undefined

export function neededText(context: Context, name: string): string {
  const text = textOf(context, name)
  if (text === undefined) throw refused('CLI-001', `--${name} is missing`, { field: `--${name}` })
  return text
}

/** A whole number within bounds; `undefined` where it was not given. */
export function numberOf(context: Context, name: string, min: number, max: number): number | undefined {
  const text = textOf(context, name)
  if (text === undefined) return undefined
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  const field = `--${name}`
  throw refused('CLI-001', `${field} is "${text.slice(0, 20)}"`, {
    field,
    expected: `a whole number from ${min} to ${max}`,
  })
}
