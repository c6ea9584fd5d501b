/** Runs the trace engine beside the main thread. */
import { Worker } from 'node:worker_threads'
import type { TraceInput, TraceResult } from '../../rooms/trace/engine/index.ts'

/** A graph of ten million edges takes about a minute here; what runs longer has lost its way. */
export const TRACE_MS_MAX = 10 * 60_000

export function runTrace(input: TraceInput): Promise<TraceResult> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input })
    const timer = setTimeout(() => {
      void worker.terminate()
      failed(new Error(`the trace was stopped after ${TRACE_MS_MAX} ms`))
    }, TRACE_MS_MAX)
    worker.once('message', (result: TraceResult) => {
      clearTimeout(timer)
      done(result)
      void worker.terminate()
    })
    worker.once('error', (fault) => {
      clearTimeout(timer)
      failed(fault)
    })
  })
}
