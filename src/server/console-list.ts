/** The console's own code by its hashes, in the journal at each start: what a browser was served can be compared years later. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { sha256, toHex } from '../kernel/bytes.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Served } from './served.ts'

/** Each served file with its SHA-256, in the order of their paths; paths as they are asked for. */
export function consoleFiles(folder: string): { path: string; sha256: string }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((file) => ({
      path: `/${relative(folder, file).split(sep).join('/')}`,
      sha256: toHex(sha256(readFileSync(file))),
    }))
}

/** Journals the list, where it is another than the last; the machine says which it knows. */
export async function listConsole(served: Served, folder: string | undefined, log: (line: string) => void) {
  const isKnown = served.app.machine.rooms.some((room) => Object.hasOwn(room.commands, 'console.list'))
  const files = folder === undefined || !isKnown ? [] : consoleFiles(folder)
  if (files.length === 0) return
  const answer = await served.submit({ type: 'console.list', data: { files }, by: 'server' })
  if (isRefusal(answer)) log(`the console's files were not journaled: ${answer.code} ${answer.detail}`)
}
