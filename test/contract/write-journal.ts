/**
 * Writes the journal of this version for later versions to read: `npx node test/contract/write-journal.ts`, then
 * `npx vitest run test/contract -u` and a look at what changed. It writes over the folder of the present version and touches no other:
 * once a version is released, its journal is never written again.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exportLog } from '../../src/journal/index.ts'
import { VERSION } from '../../src/world/version.ts'
import { tellStory } from './story.ts'
import { openTeller } from './teller.ts'

const folder = fileURLToPath(new URL(`../golden/journals/${VERSION}/log`, import.meta.url))
const teller = openTeller()
tellStory(teller)
rmSync(folder, { recursive: true, force: true })
const { size } = exportLog(teller.journal, folder)
console.log(`${size} entries in ${folder}`)
