/** Verification of the journal on request, in a worker thread: it reads everything, and the writer must not wait for it. */
import { Worker } from 'node:worker_threads'
import type { Json } from '../kernel/canonical.ts'
import { faultLine } from '../kernel/names.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import { type Endpoint, sendJson } from './endpoint.ts'
import type { SendProblem } from './problem.ts'
import { refuse } from './refusals.ts'

export interface VerifyTask {
  readonly folder: string
  readonly vkey: string
}

export interface Verified {
  readonly [key: string]: Json
  readonly ok: boolean
  readonly size: number
  /** Hexadecimal. */
  readonly root: string
  readonly faults: readonly { readonly where: string; readonly index: number | null; readonly what: string }[]
  readonly more: number
  readonly ms: number
}

export type VerifyAnswer = Verified | Refusal

export function verifyInWorker(task: VerifyTask): Promise<VerifyAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: task })
    worker.once('message', (answer: VerifyAnswer) => resolve(answer))
    worker.once('error', (fault) => resolve(refuse('HTTP-013', `the verification failed: ${faultLine(fault, 200)}`)))
    worker.once('exit', () => resolve(refuse('HTTP-013', 'the verification ended without an answer')))
  })
}

export interface VerifyOptions {
  /** Absent where the journal is in memory only. */
  readonly task: VerifyTask | undefined
  readonly now: () => Instant
  /** Told of a sound journal: the state that people see names the latest. */
  readonly noteVerified: (size: number) => void
}

export function verifyEndpoint({ task, now, noteVerified }: VerifyOptions, sendProblem: SendProblem): Endpoint {
  let running = false
  const verify = async (): Promise<VerifyAnswer> => {
    if (task === undefined) return refuse('HTTP-019', 'this journal is in memory; there is nothing to verify on a disk')
    if (running) return refuse('HTTP-021', 'a verification runs already')
    running = true
    try {
      return await verifyInWorker(task)
    } finally {
      running = false
    }
  }
  return {
    method: 'POST',
    path: '/v1/journal/verify',
    who: 'person',
    asks: () => ({ action: 'journal.read' }),
    summary: 'Reads the whole journal anew and checks every hash, tile and signature.',
    async handle(request, reply) {
      const answer = await verify()
      if (isRefusal(answer)) return sendProblem(request, reply, answer)
      const at = now()
      if (answer.ok) noteVerified(answer.size)
      return sendJson(request, reply, { ...answer, at }, sendProblem)
    },
  }
}
