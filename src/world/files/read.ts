/** Bytes of a file that a person named, within a limit and as text; and the border at which thrown refusals become answers. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Refusal, Refused } from '../../kernel/refusal.ts'
import { refused } from './refusals.ts'

/** About two million transfers. The text is held whole, and Node cannot hold a string of more than 512 MiB. */
export const FILE_BYTES_MAX = 384 * 1024 * 1024

/** The text of a file, its byte order mark removed. */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw refused('FILE-003', { file }, 'some bytes are not UTF-8', 'UTF-8 text', { cause })
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  // Opening a pipe that nobody writes to would wait for ever.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = await handle.stat()
    // A pipe or a device has no size to check, and may never end.
    if (!stat.isFile()) throw refused('FILE-001', { file: path }, 'this is not an ordinary file')
    if (stat.size > FILE_BYTES_MAX) {
      throw refused('FILE-002', { file: path }, `the file has ${stat.size} bytes`, `at most ${FILE_BYTES_MAX}`)
    }
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'reading it is not permitted',
  EISDIR: 'this is a folder',
  ENOTDIR: 'a part of the path is not a folder',
}

/** The bytes of a file; throws `Refused` where it cannot be read. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await bytesOf(path)
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw refused('FILE-001', { file: path }, reasons[code] ?? `the system says ${code}`, undefined, { cause })
  }
}

/** Runs a parser that throws `Refused`, and gives the refusal as a value. Every other error is a fault and passes. */
export function answer<T>(work: () => T): T | Refusal {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

/** Reads a file and parses its text, or says why not. `parse` is given the path, to name it in refusals. */
export async function readFileWith<T>(
  path: string,
  parse: (text: string, file: string) => T | Refusal,
): Promise<T | Refusal> {
  let text: string
  try {
    text = textOf(await readBytes(path), path)
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
  return parse(text, path)
}
