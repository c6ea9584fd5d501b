/** What a chain source is, live or recorded: it tells what it sees as commands of the watch, and decides nothing. */
import type { z } from 'zod'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Standing } from '../../rooms/watch/index.ts'
import type { commands } from '../../rooms/watch/messages.ts'

export type SourceCommand = {
  readonly [K in keyof typeof commands]: { readonly type: K; readonly data: z.input<(typeof commands)[K]> }
}[keyof typeof commands]

export type ObservedBlock = z.input<(typeof commands)['block.observe']>
export type ObservedMovement = NonNullable<ObservedBlock['movements']>[number]
export type ObservedGrant = NonNullable<ObservedBlock['delegations']>[number]

/** A wallet to look out for: its account as CAIP-10, its registered assets as CAIP-19. */
export interface Target {
  readonly wallet: string
  readonly account: string
  readonly assets: readonly string[]
}

/** What a source may know of the machine, read afresh at each call. */
export interface WatchView {
  /** How far the source's chain was read; `undefined` before the first block. */
  readonly standing: () => Standing | undefined
  /** The platform's wallets on the source's chain. The same array as long as nothing changed. */
  readonly targets: () => readonly Target[]
}

/** After a round: there is more to read now, nothing new yet, or nothing ever again. */
export type Pause = 'more' | 'idle' | 'end'

export interface ChainSource {
  readonly chain: string
  /** The names under which it reports how it fares; empty where it never does. */
  readonly sources: readonly string[]
  /**
   * One bounded round of reading from where the watch stands. Each command is durable, or refused, before the next is asked for;
   * the refusal is what the `yield` returns.
   */
  read(view: WatchView, signal: AbortSignal): AsyncGenerator<SourceCommand, Pause, Refusal | undefined>
}
