/** Uploads taken one after the other: judged beside the main thread, then told to the machine. */
import { Worker } from 'node:worker_threads'
import { sha256, toHex } from '../../kernel/bytes.ts'
import { faultLine } from '../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { Answer, Command } from '../../machine/index.ts'
import type { ToldOf } from '../../rooms/access/alerts/index.ts'
import type { Judged, Upload } from './feed.ts'
import type { FeedAnswer, FeedAsked, FeedTask } from './feed-worker.ts'
import type { Format } from './formats.ts'
import type { Rejected } from './read.ts'
import { refuse } from './refusals.ts'

/** Uploads held at once, the one being read among them: each has at most 16 MiB. */
export const UPLOADS_AT_ONCE_MAX = 4
/** The largest upload takes about two seconds here; what runs longer has lost its way. */
export const JUDGE_MS_MAX = 60 * SECOND_MS
/** For what is usual of five sources, an upload and its events. A thread that needs more ends alone, and the server goes on. */
const HEAP_MB_MAX = 2_048

export interface FeedOptions extends FeedTask {
  /** What the journal knows of a source. */
  readonly toldOf: (source: string) => ToldOf
  readonly submit: (command: Command) => Promise<Answer>
  readonly now: () => Instant
}

export interface Taken {
  readonly events: number
  readonly rejected: readonly Rejected[]
  readonly rejected_count: number
  readonly detections: number
  readonly repeated: boolean
}

/** Here, and not from the feed: a server starts without what reads logs. */
const digestOf = (bytes: Uint8Array): string => `sha256:${toHex(sha256(bytes))}`

export class FeedDoor {
  readonly #options: FeedOptions
  #worker: Worker | undefined
  #answer: ((answer: FeedAnswer) => void) | undefined
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(options: FeedOptions) {
    this.#options = options
  }

  /** Started with the first upload. */
  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const { folder } = this.#options
    const worker = new Worker(new URL('./feed-worker.ts', import.meta.url), {
      workerData: { folder } satisfies FeedTask,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    })
    worker.on('message', (answer: FeedAnswer) => this.#answer?.(answer))
    worker.on('error', (fault) => this.#fail(worker, faultLine(fault, 200)))
    worker.on('exit', () => this.#fail(worker, 'the thread that judges ended without an answer'))
    worker.unref()
    this.#worker = worker
    return worker
  }

  /** A thread that failed knows nothing any more: the next upload starts another one, from what is on the disk. */
  #fail(worker: Worker, why: string): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    void worker.terminate()
    this.#answer?.(refuse('FEED-004', why))
  }

  /** Resolves once all that the upload caused is durable, or with the reason why nothing, or not all of it, was. Then send it again. */
  async take(from: Format, bytes: Uint8Array, by: string): Promise<Taken | Refusal> {
    if (this.#waiting >= UPLOADS_AT_ONCE_MAX) {
      return refuse('FEED-003', `${UPLOADS_AT_ONCE_MAX} uploads are being read already`)
    }
    this.#waiting += 1
    const taken = this.#last.then(() => this.#takeNext(from, bytes, by))
    this.#last = taken
    return taken.finally(() => {
      this.#waiting -= 1
    })
  }

  async close(): Promise<void> {
    await this.#last
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  /** Never rejects, so that one upload's fault is not the next one's. */
  async #takeNext(from: Format, bytes: Uint8Array, by: string): Promise<Taken | Refusal> {
    const { toldOf, now } = this.#options
    const { last, isTold } = toldOf(from)
    const judged = await this.#judge({ from, bytes, now: now(), last, isTold: isTold(digestOf(bytes)) })
    if (isRefusal(judged)) return judged
    const refused = await this.#tell(judged, by)
    this.#ask({ kind: refused === undefined ? 'told' : 'drop', from })
    if (refused !== undefined) return refused
    const { events, rejected, rejected_count, detections, repeated } = judged
    return { events, rejected, rejected_count, detections: detections.length, repeated }
  }

  async #tell({ reports }: Judged, by: string): Promise<Refusal | undefined> {
    for (const data of reports) {
      const answer = await this.#options.submit({ type: 'admin.report', data: { ...data }, by })
      if (isRefusal(answer)) return answer
    }
    return undefined
  }

  #ask(asked: FeedAsked): void {
    this.#thread().postMessage(asked)
  }

  async #judge(upload: Upload): Promise<FeedAnswer> {
    const worker = this.#thread()
    const timer = setTimeout(() => this.#fail(worker, `it took longer than ${JUDGE_MS_MAX} ms`), JUDGE_MS_MAX)
    worker.ref()
    try {
      return await new Promise<FeedAnswer>((resolve) => {
        this.#answer = resolve
        this.#ask({ kind: 'judge', upload })
      })
    } finally {
      clearTimeout(timer)
      this.#answer = undefined
      worker.unref()
    }
  }
}
