/** `pasu verify --approvals`: an auditor's machine has the exported files and the key, and nothing else. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportLog, generateNoteKey, openMemoryJournal, parseSigningKey } from '../../src/journal/index.ts'
import type { Bytes } from '../../src/kernel/bytes.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { encodeEntry } from '../../src/machine/entry.ts'
import { openTeam } from '../kit/team.ts'
import { pasu, temporaryFolder } from './kit.ts'

const HALT = { scope: 'all', reason: 'a drill' }

/** A log signed by the journal's key, whatever stands in it: whoever holds the machine holds that key too. */
function exported(entries: readonly Bytes[]): { readonly log: string; readonly key: string } {
  const signer = parseSigningKey(generateNoteKey('exchange/journal').skey)
  if (isRefusal(signer)) throw new Error(signer.detail)
  const journal = openMemoryJournal(signer)
  journal.append([...entries])
  const log = join(temporaryFolder(), 'log')
  exportLog(journal, log)
  return { log, key: journal.vkey }
}

const verify = (log: string, key: string, ...more: readonly string[]) =>
  pasu(['verify', log, '--key', key, '--approvals', ...more])

function lifted() {
  const team = openTeam()
  team.as('kim', 'halt.raise', HALT)
  team.carry(team.propose('kim', 'halt.lift', HALT), ['park', 'jung'])
  team.as('kim', 'halt.raise', HALT)
  return team
}

describe('pasu verify --approvals', () => {
  it('reads people, signatures and executions out of an exported log, in English and Korean', async () => {
    const { log, key } = exported(lifted().entries)
    const { code, out } = await verify(log, key)
    expect(code).toBe(0)
    expect(out).toContain('approvals: 5 people with 5 keys; 1 proposals (1 executed); 2 signatures read again')
    expect((await verify(log, key, '--lang', 'ko')).out).toContain('승인: 사람 5명, 키 5개; 제안 1건 (1 executed)')
    const told = JSON.parse((await verify(log, key, '--json')).out)
    expect(told).toMatchObject({ ok: true, approvals: { phase: 'founded', approvals: 2, findings: [] } })
  })

  it('names the entry that somebody with the journal’s key wrote without approval, and ends with 1', async () => {
    const team = lifted()
    const last = team.recorded.at(-1)
    const turn = { turn: (last?.turn ?? 0) + 1, at: last?.at ?? 0, by: 'person:kim' }
    const forged = [
      encodeEntry({ ...turn, kind: 'command', type: 'incident.note', data: { incident: 'x', text: 'x' } }),
      encodeEntry({ ...turn, kind: 'event', type: 'halt.lifted', data: { ...HALT, halt_epoch: 2 } }),
    ]
    const { log, key } = exported([...team.entries, ...forged])
    expect((await pasu(['verify', log, '--key', key])).code).toBe(0)
    const place = team.entries.length + 1
    const found = await verify(log, key)
    expect(found.code).toBe(1)
    expect(found.out).toContain(`FAULT  entry ${place}: AUDIT-003 It was done without an approved proposal`)
    expect((await verify(log, key, '--lang', 'ko')).out).toContain(`항목 ${place}: AUDIT-003 승인된 제안 없이`)
    const told = JSON.parse((await verify(log, key, '--json')).out)
    expect(told).toMatchObject({ ok: false, approvals: { findings: [{ index: place, code: 'AUDIT-003' }] } })
  })

  it('tells of entries that are none, and judges nothing where the log itself is not sound', async () => {
    const team = lifted()
    const { log, key } = exported([...team.entries, Buffer.from('{"at":1}')])
    expect((await verify(log, key)).out).toContain(`entry ${team.entries.length}: AUDIT-001`)
    writeFileSync(join(log, 'checkpoint'), 'nobody signed this')
    const broken = await verify(log, key)
    expect(broken.code).toBe(1)
    expect(broken.out).not.toContain('approvals')
  })

  it('says of a journal without people that one person did everything', async () => {
    const { log, key } = exported([encodeEntry({ kind: 'command', turn: 1, at: 1, by: 'x', type: 'x', data: {} })])
    expect((await verify(log, key)).out).toContain('nobody is registered')
    expect((await verify(log, key)).code).toBe(0)
  })
})
