#!/usr/bin/env node
// Runs the CLI on the Node.js that the lock file pins, whichever Node.js found this file.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const [major] = process.versions.node.split('.').map(Number)
if (major >= 26) {
  await import(main)
} else {
  const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (!existsSync(pinned)) {
    process.stderr.write('pasu: this needs Node.js 26; run "npm ci" first, which brings it along\n')
    process.exit(70)
  }
  const run = spawnSync(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(run.status ?? 70)
}
