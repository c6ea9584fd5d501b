/** The feed in a thread of its own: reading and judging an upload must not keep a halt waiting. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Refusal } from '../../kernel/refusal.ts'
import { AdminFeed, type Judged, type Upload } from './feed.ts'
import type { Format } from './formats.ts'

export interface FeedTask {
  /** Where what is usual is kept. */
  readonly folder: string
}

/** `told` and `drop` are not answered. */
export type FeedAsked =
  | { readonly kind: 'judge'; readonly upload: Upload }
  | { readonly kind: 'told' | 'drop'; readonly from: Format }

export type FeedAnswer = Judged | Refusal

if (parentPort === null) throw new Error('this file runs as a worker thread')
const port = parentPort
const feed = new AdminFeed((workerData as FeedTask).folder)

port.on('message', (asked: FeedAsked) => {
  if (asked.kind === 'judge') port.postMessage(feed.judge(asked.upload) satisfies FeedAnswer)
  else feed[asked.kind](asked.from)
})
