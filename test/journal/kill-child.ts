/** A writer to be killed: appends batches for ever and says after each what was acknowledged. Arguments: folder, and a step to die at. */
import { writeSync } from 'node:fs'
import { openJournal } from '../../src/journal/index.ts'
import { entriesFrom, signer } from './log.ts'

const [folder = '', when, step, batch] = process.argv.slice(2)
let batches = 0
const journal = openJournal({
  folder,
  signer,
  fault: (w, s) => {
    if (w === when && s === step && batches === Number(batch)) process.kill(process.pid, 'SIGKILL')
  },
})
while (true) {
  const { size } = journal.append(entriesFrom(journal.size, 1 + ((batches * 37) % 400)))
  batches += 1
  // Straight to the descriptor: what was printed must not wait in a buffer when the signal comes.
  writeSync(1, `${size}\n`)
}
