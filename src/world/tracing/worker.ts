/** The trace engine in a thread of its own: a graph of a million edges must not keep a halt waiting. */
import { parentPort, workerData } from 'node:worker_threads'
import type { TraceInput } from '../../rooms/trace/engine/index.ts'
import { trace } from '../../rooms/trace/engine/index.ts'

if (parentPort === null) throw new Error('this file runs as a worker thread')
parentPort.postMessage(trace(workerData as TraceInput))
