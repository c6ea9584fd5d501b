/** `pasu verify`: is the journal what was signed, and does it say what the machine says? */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readFolder } from '../../world/folder.ts'
import { type Context, neededText } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'
import { checkDecisions, checkLog, checkPeople, checkState, type Finding, keyOf } from '../verifying.ts'

const sound = (findings: readonly Finding[]): boolean => findings.every(({ ok }) => ok)

/** Each step needs what the one before it showed, so the first that fails is the last. */
function findingsOf(context: Context): Finding[] {
  const folder = readFolder(context.folder)
  const findings = checkLog(context, folder.paths.journal, folder.journalSigner.verifier)
  if (sound(findings)) findings.push(...checkState(context, folder))
  if (sound(findings) && context.options.redecide === true) findings.push(...checkDecisions(context, folder))
  if (sound(findings) && context.options.approvals === true) {
    findings.push(...checkPeople(context, folder.paths.journal, folder.journalSigner.verifier))
  }
  return findings
}

function findingsOfLog(context: Context, log: string): Finding[] {
  if (context.options.redecide === true) {
    throw refused('CLI-001', '--redecide needs a data folder, not an exported log', { field: '--redecide' })
  }
  const given = neededText(context, 'key')
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given
  const verifier = keyOf(text.trim())
  const findings = checkLog(context, resolve(log), verifier)
  if (!sound(findings) || context.options.approvals !== true) return findings
  return [...findings, ...checkPeople(context, resolve(log), verifier)]
}

export const verify: Spec = {
  usage: 'verify [log]',
  summary: 'Read the journal again and check every hash, tile, signature and fold',
  more: 'Reads the whole journal: every entry is hashed again, the tree is built anew, stored tiles, the root, the signature and the anchor are compared; then the journal is folded from its beginning and compared with the snapshot. --redecide also runs every command again and compares bytes. --approvals believes nobody who wrote it: people, keys and rules are read from the entries, every signature of a proposal is verified again, and each entry is named at which somebody did alone what takes a quorum. A flipped bit is named by its entry or tile. Runs beside a running server. With a folder that "pasu journal export" wrote, it checks that log by the key given.',
  options: [
    { flags: '--redecide', summary: 'decide every command again and compare bytes' },
    { flags: '--approvals', summary: 'judge every approval again, and find what was done without one' },
    { flags: '--key <vkey>', summary: 'for an exported log: the verifier key, or a file that holds it' },
  ],
  exits: [0, 1, 2, 3, 70],
  examples: ['pasu verify', 'pasu verify --redecide --json', 'pasu verify ./log --key ./known-vkey --approvals'],
  run(context, [log]): ExitCode {
    const findings = log === undefined ? findingsOf(context) : findingsOfLog(context, log)
    const ok = sound(findings)
    const lines = findings.map((finding) => `${finding.ok ? 'ok   ' : 'FAULT'}  ${finding.what}: ${finding.detail}`)
    context.print({ ok, findings: findings.map((finding) => ({ ...finding })) }, lines.join('\n'))
    return ok ? 0 : 1
  },
}
