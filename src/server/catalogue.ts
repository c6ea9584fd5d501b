/** Every refusal that a caller of this server can meet. */
import { journalRefusals } from '../journal/index.ts'
import { inputRefusals } from '../kernel/input.ts'
import type { RefusalCatalogue } from '../kernel/refusal.ts'
import { machineRefusals } from '../machine/index.ts'
import { authorityRefusals } from '../rooms/access/authority/index.ts'
import { feedRefusals } from '../world/admin/refusals.ts'
import { blobRefusals } from '../world/blobs.ts'
import { folderRefusals } from '../world/folder-refusals.ts'
import { doorRefusals } from './door/refusals.ts'
import { serverRefusals } from './refusals.ts'
import type { ServedApp } from './served.ts'

export function catalogueOf({ machine }: Pick<ServedApp, 'machine'>): RefusalCatalogue {
  const layers = [inputRefusals, journalRefusals, machineRefusals]
  const outside = [blobRefusals, folderRefusals, feedRefusals, serverRefusals, doorRefusals, authorityRefusals]
  return Object.assign({}, ...layers, ...outside, ...machine.rooms.map((room) => room.refusals))
}
