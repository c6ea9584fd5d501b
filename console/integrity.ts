/**
 * Subresource integrity: every script and style sheet of the built page is named with its SHA-384, so that a file that was changed on the
 * way or on the disk is not run. `integrity.json` lists the same hashes for the server, which journals what code it served.
 *
 * The console is one script. A chunk that is loaded later by `import()` is not checked: Chromium refuses a preload whose hash differs, and then
 * fetches and runs the same file without looking at the hash. So code that no tag of the page names is not built at all.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

/** Fonts and pictures run nothing. */
const CODE = /\.(js|css)$/
const LIST = 'integrity.json'

const hashOf = (path: string): string => `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`

/** `assets/index-1a2b.js` -> its hash, for everything in the folder that runs or dresses, in the order of names. */
export function hashesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
  return new Map(files.map((file) => [file, hashOf(join(folder, file))]))
}

const TAG = /<(?:script|link)\b[^>]*\b(?:src|href)="\/([^"]+\.(?:js|css))"[^>]*>/g

/** The page with a hash on every tag that loads code. Code that no tag names would run unchecked, so there may be none. */
export function withIntegrity(html: string, hashes: ReadonlyMap<string, string>): string {
  const named = new Set<string>()
  const marked = html.replace(TAG, (tag: string, file: string) => {
    const hash = hashes.get(file)
    if (hash === undefined) throw new Error(`index.html loads ${file}, which was not built`)
    named.add(file)
    const attributes = `integrity="${hash}"${/\bcrossorigin\b/.test(tag) ? '' : ' crossorigin'}`
    return tag.replace(/\s*\/?>$/, ` ${attributes}>`)
  })
  const unchecked = [...hashes.keys()].filter((file) => !named.has(file))
  if (unchecked.length > 0) throw new Error(`no tag of index.html names ${unchecked.join(', ')}`)
  return marked
}

export function integrity(): Plugin {
  let folder = ''
  return {
    name: 'pasu-integrity',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    // After everything is written: public files, such as the one that runs before the first paint, are hashed as they lie there.
    closeBundle() {
      const page = join(folder, 'index.html')
      const hashes = hashesIn(folder)
      writeFileSync(page, withIntegrity(readFileSync(page, 'utf8'), hashes))
      const all = [...hashes, ['index.html', hashOf(page)] as const]
      writeFileSync(join(folder, LIST), `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`)
    },
  }
}
