/** The policies from the disk beside the code, opened when first asked for: reading Cedar's 4 MB takes too long for every start. */
import { readdirSync, readFileSync } from 'node:fs'
import {
  type Authority,
  type AuthorityOptions,
  openAuthority,
  type PolicyFiles,
} from '../rooms/access/authority/index.ts'

const FOLDER = new URL('../rooms/access/policies/', import.meta.url)
const SCHEMA = 'pasu.cedarschema'

/** As they stand on the disk now. Throws what the file system says where they cannot be read. */
export function readPolicyFiles(): PolicyFiles {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.cedar'))
    .sort()
  const text = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8')
  return { schema: text(SCHEMA), files: names.map((name) => ({ name, text: text(name) })) }
}

/** A new authority. Rejects with `Refused` AUTHORITY-006 where the files do not hold. */
export async function loadAuthority(options: AuthorityOptions = {}): Promise<Authority> {
  const cedar = await import('@cedar-policy/cedar-wasm/nodejs')
  return openAuthority(cedar, readPolicyFiles(), options)
}

let opened: Promise<Authority> | undefined

/** The one of this process. A failure is not kept, so that the next request tries again and meanwhile everything is denied. */
export function authority(): Promise<Authority> {
  opened ??= loadAuthority().catch((fault: unknown) => {
    opened = undefined
    throw fault
  })
  return opened
}
