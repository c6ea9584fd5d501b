/** Bulk data as files named by their content: what the journal holds only the hash of. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '../journal/anchor.ts'
import { type Bytes, sha256, toHex } from '../kernel/bytes.ts'
import { Refused, refuser } from '../kernel/refusal.ts'

export const blobRefusals = {
  'BLOB-001': {
    kind: 'missing',
    title: { en: 'The file is not in the store', ko: '저장소에 파일이 없습니다' },
    help: {
      en: 'Restore it from a backup: the journal names it by its hash.',
      ko: '백업에서 복원하십시오. 원장에 해시가 남아 있습니다.',
    },
  },
  'BLOB-002': {
    kind: 'broken',
    title: { en: 'The file is not what its name says', ko: '파일 내용이 이름과 다릅니다' },
    help: {
      en: 'It was damaged or replaced. Restore it from a backup.',
      ko: '손상되었거나 바뀌었습니다. 백업에서 복원하십시오.',
    },
  },
} as const

const refuse = refuser(blobRefusals)

export interface Blobs {
  /** Durable before it returns. Returns the name, `sha256:…`. */
  put(bytes: Bytes): string
  /** Throws {@link Refused} where the file is missing or its content has another hash. */
  get(digest: string): Bytes
  has(digest: string): boolean
}

/** A folder of files `ab/cdef…`; each is written beside and renamed, so that no half-written file ever bears a name. */
export function folderBlobs(folder: string): Blobs {
  const pathOf = (digest: string): string => {
    const hex = digest.slice('sha256:'.length)
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Refused(refuse('BLOB-001', `${digest} is no name of a file`))
    return join(folder, hex.slice(0, 2), hex.slice(2))
  }
  return {
    put(bytes) {
      const digest = `sha256:${toHex(sha256(bytes))}`
      const path = pathOf(digest)
      if (existsSync(path)) return digest
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const file = openSync(`${path}.new`, 'w', 0o600)
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(`${path}.new`, path)
      // The journal will name this file for ever: its name, too, must outlast a power cut.
      syncFolder(dirname(path))
      syncFolder(folder)
      return digest
    },
    get(digest) {
      const path = pathOf(digest)
      if (!existsSync(path)) throw new Refused(refuse('BLOB-001', `no file ${digest}`))
      const bytes = readFileSync(path)
      if (`sha256:${toHex(sha256(bytes))}` !== digest) {
        throw new Refused(refuse('BLOB-002', `the file named ${digest} has other content`))
      }
      return bytes
    },
    has: (digest) => existsSync(pathOf(digest)),
  }
}
