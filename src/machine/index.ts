/** The machine's public face. */
export { decodeEntry, ENTRY_BYTES_MAX, type Entry, encodeEntry } from './entry.ts'
export { type Command, type Guard, Machine, type MachineState, type Recorded, TICK, type TurnDone } from './machine.ts'
export { ATTEMPTS_MAX, confirm, fail, type OutboxState, outboxRefusals, retryWait, type Waiting } from './outbox.ts'
export { type Effect, none, type Playbook, type Row } from './playbook.ts'
export { machineRefusals } from './refusals.ts'
export { type Difference, fold, redecide } from './replay.ts'
export { loadSnapshot, plain, stateDigests, takeSnapshot } from './state.ts'
export { type Answer, QUEUE_MAX, Writer, type WriterOptions } from './writer.ts'
