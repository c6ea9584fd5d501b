/**
 * JSON-RPC over HTTP, from nodes that nobody trusts: every answer is bounded in size and time, checked against a schema, and every
 * failure has one type. Nothing is retried here; the caller knows what else it could ask.
 */
import { z } from 'zod'

/** A block with its transactions or its logs is a few megabytes at most; a larger body is not read to its end. */
export const BODY_BYTES_MAX = 8 * 2 ** 20
/** Traces of a full block carry every call's input and output. */
export const TRACE_BYTES_MAX = 32 * 2 ** 20
/** Calls in one HTTP request: what public nodes commonly accept. */
export const BATCH_CALLS_MAX = 100

/** `stalled`: no answer in time. `unsupported`: the node lacks the method. `erring`: everything else. */
export type FaultKind = 'stalled' | 'unsupported' | 'erring'

export class NodeFault extends Error {
  override name = 'NodeFault'
  readonly kind: FaultKind
  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(message.replace(/\p{Cc}+/gu, ' ').slice(0, 200), options)
    this.kind = kind
  }
}

export interface Call<T> {
  readonly method: string
  readonly params: readonly unknown[]
  readonly schema: z.ZodType<T>
}

export const call = <T>(method: string, params: readonly unknown[], schema: z.ZodType<T>): Call<T> => ({
  method,
  params,
  schema,
})

const answerSchema = z.object({
  id: z.number().int(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
})

/** "Method not found" has a code of its own, and some providers only words for it. */
const lacks = (error: { code: number; message: string }): boolean =>
  error.code === -32601 ||
  /method.*(not (found|supported|available|allowed|whitelisted)|does not exist)/i.test(error.message)

async function bodyOf(response: Response, limit: number): Promise<string> {
  if (response.body === null) throw new NodeFault('erring', 'the answer has no body')
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const part of response.body) {
    size += part.length
    if (size > limit) throw new NodeFault('erring', `the answer is longer than ${limit} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

export interface RpcOptions {
  readonly url: string
  readonly timeoutMs: number
}

export class Rpc {
  readonly #options: RpcOptions

  constructor(options: RpcOptions) {
    this.#options = options
  }

  async one<T>(wanted: Call<T>, signal: AbortSignal, limit = BODY_BYTES_MAX): Promise<T> {
    const answer = await this.#post({ jsonrpc: '2.0', id: 0, ...request(wanted) }, signal, limit)
    return resultOf(wanted, answer, 0)
  }

  /** All of them, in one or a few requests; one that fails fails them all. */
  async all<T>(wanted: readonly Call<T>[], signal: AbortSignal, limit = BODY_BYTES_MAX): Promise<T[]> {
    const results: T[] = []
    for (let from = 0; from < wanted.length; from += BATCH_CALLS_MAX) {
      const calls = wanted.slice(from, from + BATCH_CALLS_MAX)
      const answers = await this.#post(
        calls.map((each, id) => ({ jsonrpc: '2.0', id, ...request(each) })),
        signal,
        limit,
      )
      if (!Array.isArray(answers)) throw new NodeFault('erring', 'a batch was answered by something else than a list')
      // A batch may be answered in any order.
      const byId = new Map(answers.map((answer) => [idOf(answer), answer]))
      calls.forEach((each, id) => {
        results.push(resultOf(each, byId.get(id), id))
      })
    }
    return results
  }

  async #post(body: unknown, signal: AbortSignal, limit: number): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs)
    try {
      const response = await fetch(this.#options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, timeout]),
        // A node has no business in sending us elsewhere.
        redirect: 'error',
      })
      if (!response.ok) {
        await response.body?.cancel()
        throw new NodeFault('erring', `the node answers HTTP ${response.status}`)
      }
      return JSON.parse(await bodyOf(response, limit))
    } catch (fault) {
      if (fault instanceof NodeFault) throw fault
      if (signal.aborted) throw signal.reason
      if (timeout.aborted) throw new NodeFault('stalled', `no answer within ${this.#options.timeoutMs} ms`)
      if (fault instanceof SyntaxError) throw new NodeFault('erring', 'the answer is not JSON')
      throw new NodeFault('erring', `the node can't be reached: ${reasonOf(fault)}`, { cause: fault })
    }
  }
}

const request = <T>({ method, params }: Call<T>) => ({ method, params })

/** `fetch failed` says nothing; what the socket said is in the cause. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  return fault.cause instanceof Error && fault.cause.message !== '' ? fault.cause.message : fault.message
}

const idOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'id') : undefined

function resultOf<T>({ method, schema }: Call<T>, answer: unknown, id: number): T {
  const envelope = answerSchema.safeParse(answer)
  if (!envelope.success || envelope.data.id !== id) throw new NodeFault('erring', `${method}: not a JSON-RPC answer`)
  const { error, result } = envelope.data
  if (error !== undefined) {
    throw new NodeFault(lacks(error) ? 'unsupported' : 'erring', `${method}: ${error.code} ${error.message}`)
  }
  const parsed = schema.safeParse(result)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new NodeFault('erring', `${method}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'has the wrong shape'}`)
}
