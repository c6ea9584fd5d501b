/** The trace room's whole vocabulary: what is followed, and what was found. */
import { z } from 'zod'
import { accountSchema, chainSchema } from '../../kernel/caip.ts'
import { amountSchema } from '../../kernel/money.ts'
import { digestSchema, nameSchema } from '../../kernel/names.ts'

/** Sources of one trace: the robbed accounts, not the thief's many. */
export const TRACE_SOURCES_MAX = 200
/** Services told in the event; the whole list is in the result's file. */
export const TRACE_SERVICES_TOLD_MAX = 50
/** Characters of a service's entity and kind in the event. Labels may be longer; the result's file has them whole. */
export const TRACE_ENTITY_MAX = 100
export const TRACE_KIND_MAX = 40

/** Assets told with what the engine could not account for. With the services it keeps the entry below 65,535 bytes in any script. */
export const TRACE_UNACCOUNTED_TOLD_MAX = 60

const methodSchema = z.enum(['fifo'])

const service = z.strictObject({
  entity: z.string().max(TRACE_ENTITY_MAX),
  kind: z.string().max(TRACE_KIND_MAX),
  asset: z.string().max(200),
  amount: amountSchema,
})

const byAsset = z
  .array(z.strictObject({ asset: z.string().max(200), amount: amountSchema }))
  .max(TRACE_UNACCOUNTED_TOLD_MAX)

/** Counts the computations of one trace: 1, 2, … */
const runSchema = z.number().int().min(1)

export const commands = {
  /** Follows what left these accounts. Asked again for a running trace of the incident, it runs once more afterwards. */
  'trace.start': z.strictObject({
    incident: nameSchema,
    chain: chainSchema,
    sources: z.array(accountSchema).min(1).max(TRACE_SOURCES_MAX),
    method: methodSchema.default('fifo'),
  }),
  /** The engine's result, computed outside the turn. The whole of it is the file named by `digest`. */
  'trace.record': z.strictObject({
    trace: nameSchema,
    /** As in the effect that asked for it: a result that comes late must not pass for that of a later run. */
    run: runSchema,
    digest: digestSchema,
    input_digest: digestSchema,
    edges: z.number().int().min(0),
    addresses: z.number().int().min(0),
    services: z.array(service).max(TRACE_SERVICES_TOLD_MAX),
    unaccounted: byAsset,
  }),
  'trace.fail': z.strictObject({ trace: nameSchema, run: runSchema, why: z.string().max(300) }),
} as const

export const events = {
  /** `sources` are all that are followed in this run, the earlier ones included. */
  'trace.started': z.strictObject({
    trace: nameSchema,
    incident: nameSchema,
    chain: chainSchema,
    sources: z.array(accountSchema),
    method: methodSchema,
    run: runSchema,
  }),
  /** More arrived while it ran: it runs again when this run has ended. `sources` are those not followed before. */
  'trace.postponed': z.strictObject({ trace: nameSchema, run: runSchema, sources: z.array(accountSchema) }),
  'trace.recorded': commands['trace.record'].extend({ incident: nameSchema }),
  'trace.failed': z.strictObject({ trace: nameSchema, incident: nameSchema, run: runSchema, why: z.string() }),
} as const
