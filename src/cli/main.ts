/** Where `bin/pasu.js` begins. */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { realTerminal } from './terminal.ts'

// Half of a start is reading and compiling sources; Node keeps the result here, beside the packages, and does without where it can't.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/pasu', import.meta.url)))
// A reader that leaves early (`pasu … | head`) is no fault of ours.
process.stdout.on('error', (fault: Error & { code?: string }) => {
  if (fault.code !== 'EPIPE') throw fault
  process.exit(0)
})
const { run } = await import('./run.ts')
process.exitCode = await run(process.argv.slice(2), realTerminal())
