/** What the server asks of a deployment: its routes and how to carry commands to it. `world/deployment.ts` gives more. */
import type { z } from 'zod'
import type { Journal } from '../journal/index.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Answer, Command, Recorded } from '../machine/index.ts'
import type { Data, RoomInstance } from '../machine/room.ts'
import type { BoundRoute, RecordView } from '../machine/route.ts'
import type { AccessState } from '../rooms/access/index.ts'
import type { Jwks } from '../rooms/gate/permit/index.ts'

export interface ServedApp {
  readonly machine: { readonly rooms: readonly Pick<RoomInstance, 'commands' | 'refusals'>[] }
  readonly routes: readonly BoundRoute[]
  /** Who there is, where the machine knows of people. */
  readonly rooms?: { readonly access: { readonly state: AccessState } }
}

export interface Served {
  readonly app: ServedApp
  readonly journal: Journal
  readonly blobs: { get(digest: string): Uint8Array }
  submit(command: Command): Promise<Answer>
  /** Claims as a compact JWS under the deployment's permit key. */
  attest(kind: string, claims: Data): Promise<string>
  /** The public keys, as RFC 7517 has them. */
  readonly jwks: Jwks
  /** Why no further command is taken, if so. */
  readonly stopped: Refusal | undefined
  /** Durable entries from `from` on, at most `limit`, in order. */
  entries(from: number, limit: number): readonly Recorded[]
  /** The journal as answers tell of it. */
  record(): RecordView
  /** Somebody had the first `size` entries checked, and they were sound. */
  noteVerified(size: number): void
  /** Called with each durable batch; returns how to end it. */
  subscribe(listener: (recorded: readonly Recorded[]) => void): () => void
}

/** The schema of every command, by its type. */
export function commandSchemas(app: ServedApp): ReadonlyMap<string, z.ZodType<Data>> {
  return new Map(app.machine.rooms.flatMap((room) => Object.entries(room.commands)))
}
