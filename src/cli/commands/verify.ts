/** `pasu verify`: is the journal what was signed, and does it say what the machine says? */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../../app.ts'
import { openJournal, verifyJournal } from '../../journal/index.ts'
import { toHex } from '../../kernel/bytes.ts'
import { fold, loadSnapshot, redecide, stateDigests } from '../../machine/index.ts'
import { SNAPSHOT_FILE } from '../../world/deployment.ts'
import { type Folder, readFolder } from '../../world/folder.ts'
import type { Context } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import type { Spec } from '../spec.ts'
import { progressBar } from '../terminal.ts'

/** Faults told one by one; the count says how many more there are. */
const FAULTS_SHOWN = 20

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly detail: string
}

/** Every hash, tile and signature. */
function readAgain(context: Context, folder: Folder): Finding[] {
  const progress = progressBar(context.terminal, 'reading')
  const { ok, size, root, faults, more } = verifyJournal(folder.paths.journal, [folder.journalSigner.verifier], {
    onProgress: progress,
  })
  progress.end()
  const shown = faults.slice(0, FAULTS_SHOWN).map(({ where, index, what }) => {
    const place = index === undefined ? where : `${where} ${index}`
    return { what: place, ok: false, detail: what }
  })
  const rest = faults.length + more - shown.length
  if (rest > 0) shown.push({ what: 'more', ok: false, detail: `${rest} further faults` })
  return [{ what: 'journal', ok, detail: `${size} entries, root ${toHex(root)}` }, ...shown]
}

/** The journal folded from its beginning, beside the snapshot folded on: read models are caches, and this shows it. */
function foldAgain(context: Context, folder: Folder): Finding[] {
  const journal = openJournal({ folder: folder.paths.journal, signer: folder.journalSigner })
  try {
    const progress = progressBar(context.terminal, 'folding')
    const whole = openApp().machine
    fold(whole, journal.read(0), (done) => progress(done, journal.size))
    progress.end()
    const path = join(folder.path, SNAPSHOT_FILE)
    const kept = openApp().machine
    const rootAt = (size: number) => (size <= journal.size ? journal.root(size) : undefined)
    if (!existsSync(path) || !loadSnapshot(kept, readFileSync(path), rootAt)) {
      return [
        { what: 'state', ok: true, detail: `${whole.rooms.length} rooms fold; there is no snapshot to compare with` },
      ]
    }
    fold(kept, journal.read(kept.position.size))
    const [a, b] = [stateDigests(whole), stateDigests(kept)]
    const differing = Object.keys(a).filter((room) => a[room] !== b[room])
    const detail =
      differing.length === 0
        ? 'the snapshot and the journal fold to the same state'
        : `differs: ${differing.join(', ')}`
    return [{ what: 'state', ok: differing.length === 0, detail }]
  } finally {
    journal.close()
  }
}

function decideAgain(context: Context, folder: Folder): Finding[] {
  const journal = openJournal({ folder: folder.paths.journal, signer: folder.journalSigner })
  try {
    const progress = progressBar(context.terminal, 'deciding')
    const difference = redecide(openApp().machine, journal.read(0), (done) => progress(done, journal.size))
    progress.end()
    if (difference === undefined)
      return [{ what: 'decisions', ok: true, detail: 'deciding again gives the same bytes' }]
    return [{ what: `entry ${difference.index}`, ok: false, detail: `turn ${difference.turn}: ${difference.what}` }]
  } finally {
    journal.close()
  }
}

export const verify: Spec = {
  usage: 'verify',
  summary: 'Read the journal again and check every hash, tile, signature and fold',
  more: 'Reads the whole journal: every entry is hashed again, the tree is built anew, stored tiles, the root, the signature and the anchor are compared; then the journal is folded from its beginning and compared with the snapshot. --redecide also runs every command again and compares bytes. A flipped bit is named by its entry or tile. A running server holds the journal: ask its console, or stop it first.',
  options: [{ flags: '--redecide', summary: 'decide every command again and compare bytes' }],
  exits: [0, 1, 2, 3, 70],
  examples: ['pasu verify', 'pasu verify --redecide --json'],
  run(context): ExitCode {
    const folder = readFolder(context.folder)
    const findings = readAgain(context, folder)
    if (findings.every(({ ok }) => ok)) findings.push(...foldAgain(context, folder))
    if (findings.every(({ ok }) => ok) && context.options.redecide === true)
      findings.push(...decideAgain(context, folder))
    const ok = findings.every((finding) => finding.ok)
    const lines = findings.map((finding) => `${finding.ok ? 'ok   ' : 'FAULT'}  ${finding.what}: ${finding.detail}`)
    context.print({ ok, findings: findings.map((finding) => ({ ...finding })) }, lines.join('\n'))
    return ok ? 0 : 1
  },
}
