/** The steps of `pasu verify`. What is wrong comes back as findings, each with its place. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../app.ts'
import { type NoteVerifier, parseVerifierKey, verifyJournal } from '../journal/index.ts'
import { toHex } from '../kernel/bytes.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { fold, loadSnapshot, redecide, stateDigests } from '../machine/index.ts'
import type { Folder } from '../world/folder.ts'
import { SNAPSHOT_FILE } from '../world/snapshot.ts'
import type { Context } from './context.ts'
import { type JournalRecord, withRecord } from './record.ts'
import { progressBar } from './terminal.ts'

/** Faults told one by one; the count says how many more there are. */
const FAULTS_SHOWN = 20

export interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly detail: string
}

/** Throws `Refused` JRNL-011 for what is no verifier key. */
export function keyOf(text: string): NoteVerifier {
  const verifier = parseVerifierKey(text)
  if (isRefusal(verifier)) throw new Refused(verifier)
  return verifier
}

/** Every hash, tile and signature of a data folder's journal or an exported log. */
export function checkLog(context: Context, where: string, verifier: NoteVerifier): Finding[] {
  const progress = progressBar(context.terminal, 'reading')
  const { ok, size, root, faults, more } = verifyJournal(where, [verifier], { onProgress: progress })
  progress.end()
  const shown = faults.slice(0, FAULTS_SHOWN).map(({ where: place, index, what }) => ({
    what: index === undefined ? place : `${place} ${index}`,
    ok: false,
    detail: what,
  }))
  const rest = faults.length + more - shown.length
  if (rest > 0) shown.push({ what: 'more', ok: false, detail: `${rest} further faults` })
  return [{ what: 'journal', ok, detail: `${size} entries, root ${toHex(root)}` }, ...shown]
}

/** A journal that does not fold is a finding, not an end of the search. */
function asFinding(what: string, work: () => Finding): Finding[] {
  try {
    return [work()]
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault
    return [{ what, ok: false, detail: `${fault.refusal.code} ${fault.refusal.detail}` }]
  }
}

function compareWithSnapshot(context: Context, folder: Folder, record: JournalRecord): Finding {
  const whole = record.folded(progressBar(context.terminal, 'folding'))
  const path = join(folder.path, SNAPSHOT_FILE)
  const kept = openApp().machine
  const isThere = existsSync(path) && loadSnapshot(kept, readFileSync(path), (size) => record.rootAt(size))
  if (!isThere) {
    return { what: 'state', ok: true, detail: `${whole.rooms.length} rooms fold; there is no snapshot to compare with` }
  }
  fold(kept, record.read(kept.position.size))
  const [a, b] = [stateDigests(whole), stateDigests(kept)]
  const differing = Object.keys(a).filter((room) => a[room] !== b[room])
  if (differing.length > 0) return { what: 'state', ok: false, detail: `differs: ${differing.join(', ')}` }
  return { what: 'state', ok: true, detail: 'the snapshot and the journal fold to the same state' }
}

/** The journal folded from its beginning, beside the snapshot folded on: read models are caches, and this shows it. */
export const checkState = (context: Context, folder: Folder): Finding[] =>
  asFinding('state', () => withRecord(folder, (record) => compareWithSnapshot(context, folder, record)))

/** Every command decided again. */
export const checkDecisions = (context: Context, folder: Folder): Finding[] =>
  asFinding('decisions', () =>
    withRecord(folder, (record) => {
      const progress = progressBar(context.terminal, 'deciding')
      const difference = redecide(openApp().machine, record.read(0), (done) => progress(done, record.size))
      progress.end()
      if (difference === undefined)
        return { what: 'decisions', ok: true, detail: 'deciding again gives the same bytes' }
      const { index, turn, what } = difference
      return { what: `entry ${index}`, ok: false, detail: `turn ${turn}: ${what}` }
    }),
  )
