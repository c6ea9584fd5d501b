/** An incident of one's own as a folder: `transfers.csv`, `sources.csv` and optionally `terminals.csv` and `labels.csv`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Service } from '../../rooms/trace/engine/index.ts'
import { readAddresses } from './addresses.ts'
import { type AddressLabel, readLabels } from './labels.ts'
import { toServices } from './services.ts'
import { readTransfers, type TransferFile } from './transfers.ts'

export interface TraceFiles extends TransferFile {
  readonly sources: readonly string[]
  readonly services: readonly Service[]
}

export interface TracePaths {
  readonly transfers: string
  readonly sources: string
  /** Label files and lists of stops; each may be a plain list of addresses. Earlier ones win. */
  readonly labels: readonly string[]
}

/** All that a trace needs, or the first refusal. */
export async function readTraceFiles(paths: TracePaths): Promise<TraceFiles | Refusal> {
  const transfers = await readTransfers(paths.transfers)
  if (isRefusal(transfers)) return transfers
  const sources = await readAddresses(paths.sources)
  if (isRefusal(sources)) return sources
  const lists: (readonly AddressLabel[])[] = []
  for (const path of paths.labels) {
    const labels = await readLabels(path)
    if (isRefusal(labels)) return labels
    lists.push(labels)
  }
  return { ...transfers, sources, services: toServices(lists, transfers.names) }
}

/** `moreLabels`: label files from elsewhere, believed after the folder's own. */
export async function readTraceFolder(
  folder: string,
  moreLabels: readonly string[] = [],
): Promise<TraceFiles | Refusal> {
  const own = ['labels.csv', 'terminals.csv'].map((name) => join(folder, name)).filter((path) => existsSync(path))
  return readTraceFiles({
    transfers: join(folder, 'transfers.csv'),
    sources: join(folder, 'sources.csv'),
    labels: [...own, ...moreLabels],
  })
}
