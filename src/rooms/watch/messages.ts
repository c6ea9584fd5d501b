/** The watch's whole vocabulary: what its sources saw on the chains, and what that means beside the permits. */
import { z } from 'zod'
import { accountSchema, assetSchema, chainSchema } from '../../kernel/caip.ts'
import { amountSchema, positiveAmountSchema } from '../../kernel/money.ts'
import { lineSchema, nameSchema, txSchema } from '../../kernel/names.ts'
import { instantSchema } from '../../kernel/time.ts'
import type { MessageOf } from '../../machine/room.ts'

/**
 * Movements of our wallets in one command; a fuller block comes in parts. Every theft among them causes about five commands
 * elsewhere and a turn runs at most 256, so that no theft of a full part may lose its case.
 */
export const BLOCK_MOVEMENTS_MAX = 32
/** Grants in one command: as rare as thefts, with the same consequences. Together with a full part they stay below the turn's bound. */
export const BLOCK_DELEGATIONS_MAX = 8

/** What a source says of itself; may have several lines, as error messages do. */
export const DETAIL_MAX = 300

/** A movement that touches a platform wallet: coins out of it or into it. */
const movement = z.strictObject({
  tx: txSchema,
  /** Its place within the transaction (log index, instruction), so that `tx` and `place` name it. */
  place: z.number().int().min(0),
  from: accountSchema,
  to: accountSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
})

/** What lets another move our coins later: a token allowance, an EIP-7702 delegation. Revoking one is not reported. */
const delegation = z.strictObject({
  tx: txSchema,
  place: z.number().int().min(0),
  kind: z.enum(['allowance', 'eip7702']),
  /** Our account. */
  account: accountSchema,
  /** Who may act for it from now on. */
  delegate: accountSchema,
  asset: assetSchema.optional(),
  /** As granted; absent where it has no amount. */
  amount: amountSchema.optional(),
})

const block = z.strictObject({
  chain: chainSchema,
  /** The last block read before these: the cursor that this one moves. -1 where nothing was read yet. */
  after: z.number().int().min(-1),
  height: z.number().int().min(0),
  hash: z.string().min(1).max(128),
  /** The chain's own time of the block. */
  block_at: instantSchema,
  /** Whether more parts of the same block follow; the cursor moves with the last. */
  part: z.number().int().min(0).default(0),
  last: z.boolean().default(true),
  movements: z.array(movement).max(BLOCK_MOVEMENTS_MAX).default([]),
  delegations: z.array(delegation).max(BLOCK_DELEGATIONS_MAX).default([]),
})

const seen = movement.extend({ chain: chainSchema, height: z.number().int(), block_at: instantSchema })

export const commands = {
  /** From `after` (exclusive) to `height` nothing else touched our wallets: empty blocks need no command of their own. */
  'block.observe': block,
  /**
   * The block at `height` and those above it are no longer in the chain. The cursor goes back to `height - 1`, or less far where
   * that would undo too many movements in one turn: ask again until the cursor is below `height`.
   */
  'chain.rewind': z.strictObject({ chain: chainSchema, height: z.number().int().min(0), reason: z.string().max(200) }),
  /** A balance read from a node at the cursor: the base of all later sums. */
  'holding.report': z.strictObject({
    wallet: nameSchema,
    asset: assetSchema,
    amount: amountSchema,
    height: z.number().int().min(0),
  }),
  /** How a source fares: `reading` is well; all else is blindness in some degree. */
  'source.report': z.strictObject({
    chain: chainSchema,
    source: nameSchema,
    status: z.enum(['reading', 'stalled', 'erring', 'disagreeing', 'behind']),
    detail: z.string().max(DETAIL_MAX),
  }),
} as const

export const events = {
  'block.observed': z.strictObject({
    chain: chainSchema,
    height: z.number().int(),
    hash: z.string(),
    block_at: instantSchema,
    part: z.number().int(),
    last: z.boolean(),
  }),
  /** Spends exactly this permit. */
  'transfer.matched': seen.extend({ wallet: nameSchema, permit: nameSchema, to_wallet: nameSchema.optional() }),
  /** Between two wallets of the platform, or into a registered refuge (then `to_wallet` is the wallet whose refuge it is). */
  'transfer.internal': seen.extend({
    wallet: nameSchema,
    to_wallet: nameSchema,
    into: z.enum(['wallet', 'refuge']),
  }),
  'transfer.received': seen.extend({ wallet: nameSchema }),
  /** No permit covers it: a suspected theft. `near` names a permit that it resembles, and in what it differs. */
  'transfer.unpermitted': seen.extend({
    wallet: nameSchema,
    near: z.strictObject({ permit: nameSchema, differs: z.string() }).optional(),
  }),
  /** A reorganisation undid it. `permit` where it had spent one; `unpermitted` where it had been an alarm. */
  'transfer.reverted': seen.extend({ wallet: nameSchema, permit: nameSchema.optional(), unpermitted: z.boolean() }),
  'delegation.unpermitted': delegation.extend({
    wallet: nameSchema,
    chain: chainSchema,
    height: z.number().int(),
    block_at: instantSchema,
  }),
  'chain.rewound': commands['chain.rewind'],
  'holding.reported': commands['holding.report'],
  /** No source of the chain reads: what moves there now is not seen. */
  'watch.blinded': z.strictObject({ chain: chainSchema, detail: lineSchema.max(DETAIL_MAX) }),
  'watch.restored': z.strictObject({ chain: chainSchema, blind_ms: z.number().int().min(0) }),
  'source.reported': commands['source.report'],
} as const

export type WatchEvent = MessageOf<typeof events>
