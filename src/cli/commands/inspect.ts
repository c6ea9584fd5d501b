/** `pasu inspect`: the operator's eye on a data folder. */
import { verifyJournal } from '../../journal/index.ts'
import { toHex } from '../../kernel/bytes.ts'
import { asJson } from '../../kernel/canonical.ts'
import { bothTimes } from '../../kernel/time.ts'
import { stateDigests } from '../../machine/index.ts'
import { readFolder } from '../../world/folder.ts'
import { type Context, numberOf } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import { limits } from '../limits.ts'
import { type JournalRecord, withRecord } from '../record.ts'
import type { Spec } from '../spec.ts'
import { facts, table } from '../table.ts'
import { progressBar } from '../terminal.ts'

const LINES_USUAL = 20
const LINES_MAX = 10_000
/** One line of a terminal. */
const DATA_SHOWN = 140

const look =
  (work: (context: Context, record: JournalRecord, vkey: string) => void) =>
  (context: Context): ExitCode => {
    const folder = readFolder(context.folder)
    withRecord(folder, (record) => work(context, record, folder.journalSigner.vkey))
    return 0
  }

const inspectJournal = look((context, { size, root, entries: read }, vkey) => {
  const count = numberOf(context, 'last', 1, LINES_MAX) ?? LINES_USUAL
  const entries = read(Math.max(0, size - count))
  const rows = entries.map(({ index, at, turn, kind, type, data }) => [
    ...[String(index), bothTimes(at), String(turn), kind, type],
    JSON.stringify(data).slice(0, DATA_SHOWN),
  ])
  const head = facts([
    ['entries', String(size)],
    ['root', root],
    ['key', vkey],
  ])
  const list = table(['index', 'time', 'turn', 'kind', 'type', 'data'], rows, 'The journal is empty.', [0, 2])
  context.print({ size, root, vkey, entries: asJson(entries) }, `${head}\n\n${list}`)
})

const inspectState = look((context, record) => {
  const machine = record.folded(progressBar(context.terminal, 'folding'))
  const digests = stateDigests(machine)
  const rows = machine.rooms.map(({ name, stateVersion, commandTypes, eventTypes }) => [
    ...[name, String(stateVersion), String(commandTypes.length), String(eventTypes.length)],
    digests[name] ?? '',
  ])
  const told = { position: { ...machine.position }, rooms: { ...digests } }
  context.print(told, table(['room', 'version', 'commands', 'events', 'digest'], rows, '', [1, 2, 3]))
})

const inspectOutbox = look((context, record) => {
  const { outbox } = record.folded(progressBar(context.terminal, 'folding'))
  const waiting = [...outbox.state.waiting.values()]
  const rows = waiting.map(({ key, kind, attempts, since, retryAt }) => [
    ...[key, kind, String(attempts), bothTimes(since)],
    attempts === 0 ? 'now' : bothTimes(retryAt),
  ])
  const told = asJson(waiting)
  context.print(told, table(['key', 'kind', 'attempts', 'since', 'next'], rows, 'Nothing waits to be sent.', [2]))
})

function inspectIntegrity(context: Context): ExitCode {
  const { paths, journalSigner } = readFolder(context.folder)
  const bar = progressBar(context.terminal, 'reading')
  const { ok, size, root, faults, more } = verifyJournal(paths.journal, [journalSigner.verifier], { onProgress: bar })
  bar.end()
  const rows = faults.map(({ where, index, what }) => [where, String(index ?? '-'), what])
  const head = facts([
    ['sound', ok ? 'yes' : 'no'],
    ['entries', String(size)],
    ['root', toHex(root)],
    ...(more > 0 ? [['further faults', String(more)] as const] : []),
  ])
  const list = faults.map(({ where, index, what }) => ({ where, index: index ?? null, what }))
  const told = { ok, size, root: toHex(root), faults: list, more }
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
