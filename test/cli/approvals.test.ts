import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { exportLog, generateNoteKey, openMemoryJournal, parseSigningKey } from '../../src/journal/index.ts'
import { canonicalBytes } from '../../src/kernel/canonical.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { decodeEntry } from '../../src/machine/index.ts'
import { openTeam } from '../kit/team.ts'
import { pasu, temporaryFolder } from './kit.ts'

const HALT = { scope: 'all', reason: 'a drill' }

/** Signed whole, as an insider with the journal's key can. */
function logOf(entries: readonly Uint8Array[]): { log: string; vkey: string } {
  const signer = parseSigningKey(generateNoteKey('exchange/journal').skey)
  if (isRefusal(signer)) throw new Error(signer.detail)
  const journal = openMemoryJournal(signer)
  journal.append([...entries])
  const log = join(temporaryFolder(), 'log')
  exportLog(journal, log)
  return { log, vkey: signer.vkey }
}

describe('pasu verify --approvals on an exported log', () => {
  let entries: readonly Uint8Array[] = []
  beforeAll(() => {
    const team = openTeam()
    team.as('kim', 'halt.raise', HALT)
    team.carry(team.propose('kim', 'halt.lift', HALT), ['park', 'jung'])
    entries = team.entries
  })

  it('says how many people, proposals and signatures hold, with nothing but the log and its key', async () => {
    const { log, vkey } = logOf(entries)
    const said = await pasu(['verify', log, '--key', vkey, '--approvals'])
    expect([said.code, said.out]).toEqual([
      0,
      expect.stringContaining('5 people, 1 proposals, 1 executed, 2 signatures that count'),
    ])
  })

  it('names the entry at which somebody who could sign the journal wrote what nobody approved', async () => {
    const last = decodeEntry(entries.at(-1) ?? new Uint8Array(), entries.length - 1)
    const made = { at: last.at, by: 'person:kim', turn: last.turn + 1 }
    const command = canonicalBytes({ ...made, kind: 'command', type: 'halt.lift', data: HALT })
    const event = canonicalBytes({ ...made, kind: 'event', type: 'halt.lifted', data: { ...HALT, halt_epoch: 9 } })
    const { log, vkey } = logOf([...entries, command, event])
    const said = await pasu(['verify', log, '--key', vkey, '--approvals', '--json'])
    expect(said.code).toBe(1)
    expect(JSON.parse(said.out).findings).toEqual([
      { what: 'journal', ok: true, detail: expect.any(String) },
      { what: 'approvals', ok: false, detail: expect.any(String) },
      { what: `entry ${entries.length}`, ok: false, detail: 'AUDIT-001 halt.lift by person:kim' },
      { what: `entry ${entries.length + 1}`, ok: false, detail: expect.stringContaining('AUDIT-002') },
    ])
  })
})
