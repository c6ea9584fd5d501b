/** Native transfers inside transactions, from the two trace formats that nodes speak. */
import { z } from 'zod'
import { type Call, call, NodeFault } from './rpc.ts'
import { addressSchema, hashSchema, quantitySchema } from './schemas.ts'

/** A block's gas pays for fewer calls than this. */
const FRAMES_MAX = 1_000_000

/** One movement of the native coin by a call, never the transaction's own. */
export interface Transfer {
  readonly tx: string
  readonly from: string
  readonly to: string
  readonly value: bigint
}

export interface TraceReader {
  readonly call: (block: { readonly number: number; readonly hash: string }) => Call<unknown>
  readonly transfers: (answer: unknown) => Transfer[]
}

/** A delegate call runs with its caller's value and moves nothing; a static one can't; CALLCODE sends to itself. */
const MOVING = new Set(['CALL', 'CREATE', 'CREATE2', 'SELFDESTRUCT'])

const frameSchema = z.object({
  type: z.string().max(20),
  from: addressSchema,
  to: addressSchema.nullish(),
  value: quantitySchema.nullish(),
  error: z.string().nullish(),
  calls: z.array(z.unknown()).max(FRAMES_MAX).nullish(),
})

const debugSchema = z.array(z.object({ txHash: hashSchema, result: z.unknown() })).max(FRAMES_MAX)

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new NodeFault('erring', `trace: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'has the wrong shape'}`)
}

/** By hand and without recursion: a hostile answer may nest deeper than our stack. A frame that failed undoes those within it. */
function walk(tx: string, root: unknown, found: Transfer[]): void {
  const waiting: { frame: unknown; top: boolean }[] = [{ frame: root, top: true }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { type, from, to, value, error, calls } = checked(frameSchema, next.frame)
    if (error != null) continue
    if (!next.top && MOVING.has(type.toUpperCase()) && to != null && value != null) found.push({ tx, from, to, value })
    for (const frame of (calls ?? []).toReversed()) waiting.push({ frame, top: false })
  }
}

/** geth, reth, Nethermind, Erigon, anvil. */
export const debugTraces: TraceReader = {
  call: ({ number }) =>
    call('debug_traceBlockByNumber', [`0x${number.toString(16)}`, { tracer: 'callTracer' }], z.unknown()),
  transfers: (answer) => {
    const found: Transfer[] = []
    for (const { txHash, result } of checked(debugSchema, answer)) walk(txHash, result, found)
    return found
  },
}

const flatSchema = z
  .array(
    z.object({
      type: z.string().max(20),
      transactionHash: hashSchema.nullish(),
      traceAddress: z.array(z.number().int()).max(1_100),
      error: z.string().nullish(),
      action: z.record(z.string(), z.unknown()),
      result: z.record(z.string(), z.unknown()).nullish(),
    }),
  )
  .max(FRAMES_MAX)
type Flat = z.output<typeof flatSchema>[number]

const sides = z.object({ from: addressSchema, to: addressSchema, value: quantitySchema })

/** The two sides of a moving frame; `undefined` for a frame that moves nothing. */
function flatTransfer({ type, action, result }: Flat): z.output<typeof sides> | undefined {
  if (type === 'call' && action.callType === 'call') return checked(sides, action)
  if (type === 'create') return checked(sides, { ...action, to: result?.address })
  if (type !== 'suicide') return undefined
  return checked(sides, { from: action.address, to: action.refundAddress, value: action.balance })
}

const within = (address: readonly number[], parent: readonly number[]): boolean =>
  parent.length < address.length && parent.every((step, depth) => step === address[depth])

/** OpenEthereum's format; Erigon, Nethermind, reth, anvil. Frames come flat, each before those within it. */
export const parityTraces: TraceReader = {
  call: ({ number }) => call('trace_block', [`0x${number.toString(16)}`], z.unknown()),
  transfers: (answer) => {
    const found: Transfer[] = []
    let undone: { readonly tx: string; readonly address: readonly number[] } | undefined
    for (const frame of checked(flatSchema, answer)) {
      const { transactionHash: tx, traceAddress: address, error } = frame
      // Rewards have no transaction.
      if (tx == null) continue
      if (undone !== undefined && undone.tx === tx && within(address, undone.address)) continue
      if (error != null) {
        undone = { tx, address }
        continue
      }
      const transfer = address.length === 0 ? undefined : flatTransfer(frame)
      if (transfer !== undefined) found.push({ tx, ...transfer })
    }
    return found
  },
}
