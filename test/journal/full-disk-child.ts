/**
 * Fills a real file system. Run by `unshare --mount`, so that the small tmpfs it mounts belongs to this process and goes away with it,
 * whatever happens. Argument: an empty folder. Prints one line of JSON: what was seen, in order.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Journal, openJournal, verifyJournal } from '../../src/journal/index.ts'
import { Refused } from '../../src/kernel/refusal.ts'
import { entriesFrom, signer } from './log.ts'

const [folder = ''] = process.argv.slice(2)

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'nothing was refused'
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code
    throw error
  }
}
const grow = (journal: Journal) => journal.append(entriesFrom(journal.size, 100))

execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'pasu-test', folder])
const journal = openJournal({ folder, signer })
let full = ''
while (full === '' || full === 'nothing was refused') full = codeOf(() => grow(journal))
const acknowledged = journal.size
const { note } = journal.checkpoint()
const after = codeOf(() => grow(journal))
const readable = [...journal.read(0)].length
const sameNote = journal.checkpoint().note === note
journal.close()

// Full to the last byte: opening may fail, but must say so by its number.
try {
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(2 ** 20))
} catch {
  // It was full before.
}
const whileFull = codeOf(() => openJournal({ folder, signer }).close())

execFileSync('mount', ['-o', 'remount,size=8m', folder])
const reopened = openJournal({ folder, signer })
const reopenedSize = reopened.size
for (let batch = 0; batch < 5; batch++) grow(reopened)
reopened.close()
const { ok, size } = verifyJournal(folder, [signer.verifier])
console.log(JSON.stringify({ full, acknowledged, after, readable, sameNote, whileFull, reopenedSize, ok, size }))
