/**
 * One deployment at work: a data folder, its journal, the machine folded from it, the writer before both, and the outbox, timers and
 * watchers around them. It carries and keeps; every decision is the machine's.
 */
import { type App, openApp } from '../app.ts'
import { type Journal, openJournal } from '../journal/index.ts'
import { toHex } from '../kernel/bytes.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import { type Answer, type Command, decodeEntry, type Recorded, Writer } from '../machine/index.ts'
import type { Data } from '../machine/room.ts'
import type { RecordView } from '../machine/route.ts'
import type { Jwks } from '../rooms/gate/permit/index.ts'
import { type Blobs, folderBlobs } from './blobs.ts'
import { type Carrier, OutboxCarrier } from './carrier.ts'
import { Waker } from './clock.ts'
import type { Folder } from './folder.ts'
import { attester } from './signers/attest.ts'
import { Snapshots } from './snapshot.ts'
import { VERSION } from './version.ts'

export interface DeploymentOptions {
  readonly folder: Folder
  readonly now: () => Instant
  /** Calls back after so many milliseconds. Default: a real timer. */
  readonly later?: (ms: number, wake: () => void) => () => void
  /** Effect kind -> carrier. A kind without one is retried and at last given up, which is a fact of its own. */
  readonly carriers?: (deployment: Deployment) => ReadonlyMap<string, Carrier>
  /** False where the caller drives the timers itself, as a drill does; no snapshot is kept then before the end. */
  readonly wake?: boolean
  /** False where effects are left in the outbox for the next server, as by a single command at a terminal. */
  readonly deliver?: boolean
  readonly onStopped?: (why: Refusal) => void
  readonly onProgress?: (folded: number, size: number) => void
}

export interface Deployment {
  readonly app: App
  readonly folder: Folder
  readonly journal: Journal
  readonly blobs: Blobs
  readonly outbox: OutboxCarrier
  /** Entries that were folded at the start, beside the snapshot. */
  readonly folded: number
  readonly now: () => Instant
  /** Why no further command is taken, if so. */
  readonly stopped: Refusal | undefined
  submit(command: Command): Promise<Answer>
  /** The claims as a compact JWS under the deployment's permit key. */
  attest(kind: string, claims: Data): Promise<string>
  readonly jwks: Jwks
  /** Durable entries from `from` on, at most `limit`. */
  entries(from: number, limit: number): Recorded[]
  subscribe(listener: (recorded: readonly Recorded[]) => void): () => void
  /** The journal as answers tell of it. */
  record(): RecordView
  /** Somebody had the first `size` entries checked, and they were sound. */
  noteVerified(size: number): void
  close(): Promise<void>
}

const realLater = (ms: number, wake: () => void): (() => void) => {
  const timer = setTimeout(wake, ms)
  return () => clearTimeout(timer)
}

/** Opens the folder's journal, folds it and starts work. Throws `Refused` where the folder or the journal is not sound. */
export function openDeployment(options: DeploymentOptions): Deployment {
  const { folder, now } = options
  const later = options.later ?? realLater
  const journal = openJournal({ folder: folder.paths.journal, signer: folder.journalSigner })
  const app = openApp({ platform: folder.config.platform, version: VERSION })
  const snapshots = new Snapshots(app, journal, folder)
  let folded: number
  try {
    folded = snapshots.restore(options.onProgress)
  } catch (fault) {
    journal.close()
    throw fault
  }
  const listeners = new Set<(recorded: readonly Recorded[]) => void>()
  const writer = new Writer({
    machine: app.machine,
    now,
    append: (entries) => void journal.append(entries),
    onDurable: (recorded) => {
      for (const listener of listeners) listener(recorded)
      if (options.deliver !== false) outbox.look()
      waker.look()
      if (options.wake !== false) snapshots.look()
    },
    onStopped: (why) => options.onStopped?.(why),
  })
  const submit = (command: Command): Promise<Answer> => writer.submit(command)
  const { attest, jwks } = attester(folder.permitKey, folder.config.platform)
  const waker = new Waker({ due: () => (options.wake === false ? undefined : app.machine.due()), submit, now })
  const carriers = new Map<string, Carrier>()
  const outbox = new OutboxCarrier({ outbox: () => app.machine.outbox.state, carriers, submit, now, later })
  let verified: RecordView['verified'] = null
  const entries = (from: number, limit: number): Recorded[] => {
    const to = Math.min(journal.size, from + limit)
    if (from >= to) return []
    return [...journal.read(from, to)].map((bytes, at) => ({ ...decodeEntry(bytes, from + at), index: from + at }))
  }
  const deployment: Deployment = {
    app,
    folder,
    journal,
    blobs: folderBlobs(folder.paths.blobs),
    outbox,
    folded,
    now,
    get stopped() {
      return writer.stopped
    },
    submit,
    attest,
    jwks,
    entries,
    record: () => ({ size: journal.size, root: toHex(journal.root()), verified, entries }),
    noteVerified: (size) => {
      verified = { at: now(), size }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      waker.stop()
      await outbox.stop()
      const sound = writer.stopped === undefined
      writer.stop()
      await snapshots.close(sound)
      journal.close()
    },
  }
  for (const [kind, carrier] of options.carriers?.(deployment) ?? []) carriers.set(kind, carrier)
  if (options.deliver !== false) outbox.look()
  waker.look()
  if (options.wake !== false) snapshots.look()
  return deployment
}
