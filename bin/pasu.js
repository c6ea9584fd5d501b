#!/usr/bin/env node
// Runs the CLI on the Node.js that the lock file pins, whichever Node.js found this file.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR = 26
const FAULT = 70
/** As `npm start` has it: what one batch makes dies young, and a larger nursery (MB) is swept less often. About a tenth more permits a second. */
const NURSERY = '--min-semi-space-size=16'
const main = new URL('../src/cli/main.ts', import.meta.url)
const [major] = process.versions.node.split('.').map(Number)

/** A signal to this process is meant for the one that does the work; this one ends when that one has. */
function runPinned(node) {
  const child = spawn(node, [NURSERY, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to every process of the foreground by itself; passing it on would make it two.
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    })
  }
  child.on('error', (fault) => {
    process.stderr.write(`pasu: Node.js ${NODE_MAJOR} cannot be started: ${fault.message}\n`)
    process.exitCode = FAULT
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? ''] ?? 0)
  })
}

if (major >= NODE_MAJOR) {
  // Half of a start is reading and compiling sources; Node keeps the result here, beside the packages, and does without where it can't.
  // It must be asked for before the first TypeScript: stripping even one file loads the whole stripper.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/pasu', import.meta.url)))
  await import(main.href)
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))
  if (existsSync(pinned)) {
    runPinned(pinned)
  } else {
    process.stderr.write(`pasu: this needs Node.js ${NODE_MAJOR}; run "npm ci" first, which brings it along\n`)
    process.exitCode = FAULT
  }
}
