/** Runs in a worker thread: verifies the journal of a folder beside its running writer and reports what it found. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseVerifierKey, verifyJournal } from '../journal/index.ts'
import { toHex } from '../kernel/bytes.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import type { VerifyAnswer, VerifyTask } from './verify.ts'

function run({ folder, vkey }: VerifyTask): VerifyAnswer {
  const started = performance.now()
  const verifier = parseVerifierKey(vkey)
  if (isRefusal(verifier)) return verifier
  try {
    const { ok, size, root, faults, more } = verifyJournal(folder, [verifier])
    const told = faults.map(({ where, index, what }) => ({ where, index: index ?? null, what }))
    return { ok, size, root: toHex(root), faults: told, more, ms: Math.round(performance.now() - started) }
  } catch (fault) {
    if (fault instanceof Refused) return fault.refusal
    throw fault
  }
}

parentPort?.postMessage(run(workerData as VerifyTask))
