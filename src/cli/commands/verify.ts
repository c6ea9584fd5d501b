/** `pasu verify`: is the journal what was signed, and does it say what the machine says? */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { NoteVerifier } from '../../journal/index.ts'
import type { Json } from '../../kernel/canonical.ts'
import { readFolder } from '../../world/folder.ts'
import { type Context, neededText } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'
import { checkDecisions, checkLog, checkState, type Finding, keyOf } from '../verifying.ts'
import { checkApprovalsOf } from '../verifying-approvals.ts'

const sound = (findings: readonly Finding[]): boolean => findings.every(({ ok }) => ok)

interface Found {
  readonly findings: Finding[]
  /** What --approvals found, as data. */
  readonly approvals?: Json
}

/** Asked for, and only where the log itself is sound: entries that differ from what was signed prove nothing of anybody. */
function withApprovals(context: Context, findings: Finding[], where: string, verifier: NoteVerifier): Found {
  if (context.options.approvals !== true || !sound(findings)) return { findings }
  const { findings: more, approvals } = checkApprovalsOf(context, where, verifier)
  return { findings: [...findings, ...more], approvals }
}

/** Each step needs what the one before it showed, so the first that fails is the last. */
function findingsOf(context: Context): Found {
  const folder = readFolder(context.folder)
  const findings = checkLog(context, folder.paths.journal, folder.journalSigner.verifier)
  if (sound(findings)) findings.push(...checkState(context, folder))
  if (sound(findings) && context.options.redecide === true) findings.push(...checkDecisions(context, folder))
  return withApprovals(context, findings, folder.paths.journal, folder.journalSigner.verifier)
}

function findingsOfLog(context: Context, log: string): Found {
  if (context.options.redecide === true) {
    throw refused('CLI-001', '--redecide needs a data folder, not an exported log', { field: '--redecide' })
  }
  const given = neededText(context, 'key')
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given
  const verifier = keyOf(text.trim())
  return withApprovals(context, checkLog(context, resolve(log), verifier), resolve(log), verifier)
}

export const verify: Spec = {
  usage: 'verify [log]',
  summary: 'Read the journal again and check every hash, tile, signature and fold',
  more: 'Reads the whole journal: every entry is hashed again, the tree is built anew, stored tiles, the root, the signature and the anchor are compared; then the journal is folded from its beginning and compared with the snapshot. --redecide also runs every command again and compares bytes. A flipped bit is named by its entry or tile. Runs beside a running server. With a folder that "pasu journal export" wrote, it checks that log by the key given. --approvals reads the people, their keys and the rules of approval out of the entries and judges every proposal again: each act that nobody does alone must have been signed by enough others, waited for, and done exactly so, once; what was not is named by its entry. It needs the log and the key, nothing else.',
  options: [
    { flags: '--redecide', summary: 'decide every command again and compare bytes' },
    { flags: '--approvals', summary: 'judge every proposal, signature and execution again' },
    { flags: '--key <vkey>', summary: 'for an exported log: the verifier key, or a file that holds it' },
  ],
  exits: [0, 1, 2, 3, 70],
  examples: ['pasu verify', 'pasu verify --redecide --json', 'pasu verify ./log --key ./known-vkey --approvals'],
  run(context, [log]): ExitCode {
    const { findings, approvals } = log === undefined ? findingsOf(context) : findingsOfLog(context, log)
    const ok = sound(findings)
    const lines = findings.map((finding) => `${finding.ok ? 'ok   ' : 'FAULT'}  ${finding.what}: ${finding.detail}`)
    const told = { ok, findings: findings.map((finding) => ({ ...finding })) }
    context.print({ ...told, ...(approvals !== undefined && { approvals }) }, lines.join('\n'))
    return ok ? 0 : 1
  },
}
