/** Runs the benches named on the command line, or all of them, one after the other: `npm run bench`, `npm run bench gate http`. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Parts of others, not benches of their own, and this file. */
const PARTS = new Set([
  'run',
  'http-load',
  'admin-attacks',
  'admin-feed',
  'admin-people',
  'admin-sql',
  'authorise-casbin',
  'random',
])
const known = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .filter((name) => !PARTS.has(name))
const asked = process.argv.slice(2)
const unknown = asked.find((name) => !known.includes(name))
if (unknown !== undefined) {
  console.error(`bench: there is no bench ${unknown}; known: ${known.join(', ')}`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : known) {
  const [cpu] = cpus()
  const load = loadavg()[0]?.toFixed(1)
  console.log(`\n== ${name} · ${cpus().length} x ${cpu?.model.trim()}, load ${load}, Node ${process.versions.node}`)
  // As `npm start` runs the server.
  const { status } = spawnSync(
    process.execPath,
    ['--min-semi-space-size=16', fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    { stdio: 'inherit' },
  )
  if (status !== 0) process.exitCode = 1
}
