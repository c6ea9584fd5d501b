/** Files that a person names at the terminal. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { type Bytes, fromUtf8 } from '../kernel/bytes.ts'
import type { Json } from '../kernel/canonical.ts'
import { faultLine } from '../kernel/names.ts'
import { Refused } from '../kernel/refusal.ts'
import { refused } from './refusals.ts'

/** A file of wallets, limits or claims is far smaller; a larger one is some other file. */
export const FILE_BYTES_MAX = 32 * 1024 * 1024

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'reading it is not permitted',
  EISDIR: 'this is a folder',
  EEXIST: 'there is a file of that name already',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a folder',
}

export function why(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown'
  return reasons[code] ?? `the system says ${code}`
}

export function readBytes(path: string): Bytes {
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw refused('CLI-004', `${path}: this is no ordinary file`)
    if (stat.size > FILE_BYTES_MAX) {
      throw refused('CLI-004', `${path}: the file has ${stat.size} bytes`, { expected: `at most ${FILE_BYTES_MAX}` })
    }
    return readFileSync(path)
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    throw refused('CLI-004', `${path}: ${why(cause)}`, { cause })
  }
}

export function readText(path: string): string {
  try {
    return fromUtf8(readBytes(path))
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    throw refused('CLI-004', `${path}: the file is not UTF-8`, { cause })
  }
}

export function readJson(path: string): Json {
  const text = readText(path)
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw refused('CLI-004', `${path}: not JSON: ${faultLine(cause, 200)}`, { cause })
  }
}

/** One object, or a list of them. */
export function readObjects(path: string): readonly { readonly [key: string]: Json }[] {
  const value = readJson(path)
  const list = Array.isArray(value) ? value : [value]
  return list.map((item: Json, at) => {
    if (typeof item === 'object' && item !== null && !Array.isArray(item))
      return item as { readonly [key: string]: Json }
    throw refused('CLI-004', `${path}: item ${at} is no object`, { expected: 'an object or a list of objects' })
  })
}

/** Never overwrites. */
export function writeNew(path: string, content: string | Bytes): void {
  try {
    writeFileSync(path, content, { flag: 'wx', flush: true })
  } catch (cause) {
    throw refused('CLI-007', `${path}: ${why(cause)}`, { cause })
  }
}
