/** Where `bin/pasu.js` begins. */
import { run } from './run.ts'
import { realTerminal } from './terminal.ts'

// A reader that leaves early (`pasu … | head`) is no fault of ours.
process.stdout.on('error', (fault: Error & { code?: string }) => {
  if (fault.code !== 'EPIPE') throw fault
  process.exit(0)
})
process.exitCode = await run(process.argv.slice(2), realTerminal())
