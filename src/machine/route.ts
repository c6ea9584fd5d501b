/** Endpoints as data. An adapter (HTTP, a terminal) loops over them; it knows how to carry, not what is carried. */
import type { z } from 'zod'
import type { Json } from '../kernel/canonical.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Recorded } from './machine.ts'
import type { Data } from './room.ts'

/** `public`: anybody who reaches the port. `service`: a machine of the platform, such as a signer, or a person. `person`: a person alone. */
export type Who = 'public' | 'service' | 'person'

/** What an answer may use beside the state. */
export interface AnswerTools {
  readonly now: Instant
  /** Who asks: `person:kim`, `service:signer`, `host`. */
  readonly by: string
  /** The session of a person who asks. */
  readonly session?: string | undefined
  /** The claims as a compact JWS (RFC 7515) under the deployment's key; `kind` becomes the header's `typ`. Same claims, same bytes. */
  readonly attest: (kind: string, claims: Data) => Promise<string>
  readonly record: RecordView
}

/** The journal as an answer may tell of it. */
export interface RecordView {
  /** Entries. */
  readonly size: number
  /** Hexadecimal root of all of them. */
  readonly root: string
  /** When somebody last had the whole of it checked, and how large it was then; null where nobody did since the start. */
  readonly verified: { readonly at: Instant; readonly size: number } | null
  /** Entries from `from` on, at most `limit`, in order. */
  readonly entries: (from: number, limit: number) => readonly Recorded[]
}

/** Path parameters (`:wallet`), query members and, for a command, the members of the body: one flat object. */
export type Params = { readonly [key: string]: unknown }

export interface CommandRoute<State> {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly who: Who
  readonly summary: string
  /** The command whose data is the request's params; its schema is the endpoint's. */
  readonly command: string
  /** What the caller is told once the command is durable. Asked with the command's data. */
  readonly answer: (state: State, data: Data, tools: AnswerTools) => Promise<Json | Refusal> | Json | Refusal
}

export interface ViewRoute<State> {
  readonly method: 'GET'
  readonly path: string
  readonly who: Who
  readonly summary: string
  readonly params?: z.ZodType<Data>
  readonly view: (state: State, params: Data, tools: AnswerTools) => Promise<Json | Refusal> | Json | Refusal
  /** For what is not JSON: the media type of the string that the view returns. */
  readonly mediaType?: string
}

export type Route<State> = CommandRoute<State> | ViewRoute<State>

/** A route whose state is bound: what an adapter carries. `command` and `params` tell what it takes. */
export interface BoundRoute {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  /** What it reads, for whoever decides who may: the room's name, or that of a page over several. */
  readonly room: string
  readonly who: Who
  readonly summary: string
  readonly command?: string
  readonly params?: z.ZodType<Data>
  readonly mediaType?: string
  /** The answer to a view, or to a command that is durable now. */
  readonly answer: (data: Data, tools: AnswerTools) => Promise<Json | Refusal>
}

/** Binds routes to the room whose state they read. */
export const bindRoutes = <State>(
  routes: readonly Route<State>[],
  room: { readonly name?: string; readonly state: State },
): BoundRoute[] =>
  routes.map((route) => {
    const { method, path, who, summary } = route
    if (route.method !== 'GET') {
      const { command, answer } = route
      return {
        ...{ method, path, who, summary, command, room: room.name ?? '' },
        answer: async (data, tools) => answer(room.state, data, tools),
      }
    }
    const { view, params, mediaType } = route
    return {
      ...{ method, path, who, summary, room: room.name ?? '' },
      ...(params && { params }),
      ...(mediaType !== undefined && { mediaType }),
      answer: async (data, tools) => view(room.state, data, tools),
    }
  })
