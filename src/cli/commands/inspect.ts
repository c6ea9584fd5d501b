/** `pasu inspect`: the operator's eye on a data folder. */
import { openApp } from '../../app.ts'
import { type Journal, openJournal, verifyJournal } from '../../journal/index.ts'
import { toHex } from '../../kernel/bytes.ts'
import type { Json } from '../../kernel/canonical.ts'
import { bothTimes } from '../../kernel/time.ts'
import { decodeEntry, fold, type Machine, stateDigests } from '../../machine/index.ts'
import { readFolder } from '../../world/folder.ts'
import { type Context, numberOf } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import { limits } from '../limits.ts'
import type { Spec } from '../spec.ts'
import { facts, table } from '../table.ts'

const LINES_USUAL = 20
const LINES_MAX = 10_000
/** One line of a terminal. */
const DATA_SHOWN = 140

function withJournal(context: Context, work: (journal: Journal) => ExitCode): ExitCode {
  const { paths, journalSigner } = readFolder(context.folder)
  const journal = openJournal({ folder: paths.journal, signer: journalSigner })
  try {
    return work(journal)
  } finally {
    journal.close()
  }
}

function folded(journal: Journal): Machine {
  const { machine } = openApp()
  fold(machine, journal.read(0))
  return machine
}

const inspectJournal = (context: Context): ExitCode =>
  withJournal(context, (journal) => {
    const count = numberOf(context, 'last', 1, LINES_MAX) ?? LINES_USUAL
    const from = Math.max(0, journal.size - count)
    const entries = [...journal.read(from)].map((bytes, at) => ({ index: from + at, ...decodeEntry(bytes, from + at) }))
    const rows = entries.map(({ index, at, turn, kind, type, data }) => [
      ...[String(index), bothTimes(at), String(turn), kind, type],
      JSON.stringify(data).slice(0, DATA_SHOWN),
    ])
    const head = facts([
      ['entries', String(journal.size)],
      ['root', toHex(journal.root())],
      ['key', journal.vkey],
    ])
    const told = {
      size: journal.size,
      root: toHex(journal.root()),
      vkey: journal.vkey,
      entries: JSON.parse(JSON.stringify(entries)) as Json,
    }
    context.print(
      told,
      `${head}\n\n${table(['index', 'time', 'turn', 'kind', 'type', 'data'], rows, 'The journal is empty.', [0, 2])}`,
    )
    return 0
  })

const inspectState = (context: Context): ExitCode =>
  withJournal(context, (journal) => {
    const machine = folded(journal)
    const digests = stateDigests(machine)
    const rows = machine.rooms.map(({ name, stateVersion, commandTypes, eventTypes }) => [
      ...[name, String(stateVersion), String(commandTypes.length), String(eventTypes.length)],
      digests[name] ?? '',
    ])
    context.print(
      { position: { ...machine.position }, rooms: { ...digests } },
      table(['room', 'version', 'commands', 'events', 'digest'], rows, '', [1, 2, 3]),
    )
    return 0
  })

const inspectOutbox = (context: Context): ExitCode =>
  withJournal(context, (journal) => {
    const waiting = [...folded(journal).outbox.state.waiting.values()]
    const rows = waiting.map(({ key, kind, attempts, since, retryAt }) => [
      ...[key, kind, String(attempts), bothTimes(since)],
      attempts === 0 ? 'now' : bothTimes(retryAt),
    ])
    const told = waiting.map((effect) => ({ ...effect, data: { ...effect.data } as { [key: string]: Json } }))
    context.print(told, table(['key', 'kind', 'attempts', 'since', 'next'], rows, 'Nothing waits to be sent.', [2]))
    return 0
  })

function inspectIntegrity(context: Context): ExitCode {
  const { paths, journalSigner } = readFolder(context.folder)
  const { ok, size, root, faults } = verifyJournal(paths.journal, [journalSigner.verifier])
  const rows = faults.map(({ where, index, what }) => [where, String(index ?? '-'), what])
  const head = facts([
    ['sound', ok ? 'yes' : 'no'],
    ['entries', String(size)],
    ['root', toHex(root)],
  ])
  const told = {
    ok,
    size,
    root: toHex(root),
    faults: faults.map((fault) => ({ ...fault, index: fault.index ?? null })),
  }
  context.print(told, `${head}\n\n${table(['where', 'index', 'what'], rows, 'No fault was found.', [1])}`)
  return ok ? 0 : 1
}

function inspectLimits(context: Context): ExitCode {
  const rows = limits.map(({ name, value, unit, why }) => [name, String(value), unit, why])
  context.print(
    limits.map((limit) => ({ ...limit })),
    table(['limit', 'value', 'unit', 'why'], rows, '', [1]),
  )
  return 0
}

const part = (
  usage: string,
  summary: string,
  run: (context: Context) => ExitCode,
  options: Spec['options'] = [],
): Spec => ({
  ...{ usage, summary, options, run },
  exits: usage === 'integrity' ? [0, 1, 3, 70] : [0, 3, 70],
})

export const inspect: Spec = {
  usage: 'inspect',
  summary: 'Look into a data folder: journal, state, outbox, integrity, limits',
  exits: [0, 1, 2, 3, 70],
  inner: [
    part('journal', 'The head of the journal and its latest entries', inspectJournal, [
      { flags: '--last <count>', summary: `how many entries (default: ${LINES_USUAL})` },
    ]),
    part('state', 'The rooms, with the digests of their states', inspectState),
    part('outbox', 'What waits to be sent out', inspectOutbox),
    part('integrity', 'Every hash, tile and signature, with faults by place', inspectIntegrity),
    part('limits', 'The limits of this version, each with its reason', inspectLimits),
  ],
}
