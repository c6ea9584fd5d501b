/** The drill's report: one page that stands alone, and beside it the answer, the picture, the notices, the books and the journal. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportLog, openJournal } from '../journal/index.ts'
import { Refused } from '../kernel/refusal.ts'
import type { Folder } from '../world/folder.ts'
import { pictureOf } from '../world/tracing/picture.ts'
import type { IncidentDetail } from './answer.ts'
import { ask } from './ask.ts'
import type { CardInput } from './card.ts'
import { page } from './page.ts'
import type { Played } from './played.ts'
import { refuse } from './refusals.ts'
import type { Language } from './words.ts'

const PAGE_FILE = 'report.html'

/** What must be taken from the deployment while it is open. */
export interface Material {
  readonly picture: string | undefined
  readonly ledger: string
  readonly notices: IncidentDetail['notices']
}

export async function reportOf({ deployment, detail }: Played, language: Language): Promise<Material> {
  const digest = detail?.trace?.digest ?? undefined
  return {
    picture: digest === undefined ? undefined : pictureOf(deployment.app, deployment.blobs.get(digest), language),
    ledger: await ask<string>(deployment, '/v1/ledger.journal'),
    notices: detail?.notices ?? [],
  }
}

export interface ReportInput {
  readonly card: CardInput
  readonly material: Material
  readonly folder: Folder
  readonly language: Language
}

/** Writes the report into a new folder, or over an earlier one; anything else there is left alone and refused. Returns the page's path. */
export function writeReport(path: string, { card, material, folder, language }: ReportInput): string {
  if (existsSync(path) && readdirSync(path).length > 0 && !existsSync(join(path, PAGE_FILE))) {
    throw new Refused(refuse('DRILL-004', `${path} holds files that no drill wrote`, { field: 'report' }))
  }
  // Of an earlier report nothing stays: its journal is another log, its notices may be of other duties.
  for (const part of ['journal', 'notices']) rmSync(join(path, part), { recursive: true, force: true })
  mkdirSync(join(path, 'notices'), { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(join(path, name), text)
  write(PAGE_FILE, page(card, material, language))
  write('drill.json', `${JSON.stringify(card.answer, null, 2)}\n`)
  write('ledger.journal', material.ledger)
  if (material.picture !== undefined) write('flow.svg', material.picture)
  for (const { notice, obligation, language: of, subject, body, to } of material.notices) {
    // A duty that returns has a notice each time.
    write(`notices/${obligation}.${notice}.${of}.txt`, `To: ${to}\nSubject: ${subject}\n\n${body}\n`)
  }
  const journal = openJournal({ folder: folder.paths.journal, signer: folder.journalSigner })
  try {
    exportLog(journal, join(path, 'journal'))
  } finally {
    journal.close()
  }
  return join(path, PAGE_FILE)
}
