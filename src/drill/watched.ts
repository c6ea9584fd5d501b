/** Counts what a drill wants to tell, from the durable entries as they come. */
import type { Recorded } from '../machine/index.ts'
import type { Watched } from './answer.ts'

export function watchEntries(watched: Watched, recorded: readonly Recorded[]): void {
  for (const { kind, type, at, data } of recorded) {
    if (kind !== 'event') continue
    if (type === 'permit.issued' && data.kind === 'withdrawal') watched.permitsIssued += 1
    else if (type === 'transfer.matched') watched.permitsMatched += 1
    else if (type === 'withdrawal.denied') watched.denied += 1
    else if (type === 'incident.opened' && data.kind === 'theft') watched.incident ??= String(data.incident)
    else if (type === 'halt.raised') {
      if (watched.detectedAt !== undefined) watched.haltedAt ??= at
    } else if (type === 'transfer.unpermitted') {
      watched.detectedAt ??= at
      watched.firstUnpermittedAt ??= Number(data.block_at)
      if (watched.haltedAt === undefined) watched.unpermittedBeforeHalt += 1
    }
  }
}
