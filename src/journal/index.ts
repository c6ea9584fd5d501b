/** The journal: an append-only, signed and provable log of opaque entries. Its rules stand in README.md. */
export { FAULTS_MAX, type LogFault } from './check.ts'
export { type Checkpoint, type CheckpointText, formatCheckpointText, parseCheckpointText } from './checkpoint.ts'
export { exportLog } from './export.ts'
export { ENTRY_BYTES_MAX, type Root } from './hash.ts'
export { BATCH_BYTES_MAX, BATCH_ENTRIES_MAX, type Fault, type Journal, type WriteStep } from './journal.ts'
export {
  generateNoteKey,
  isKeyName,
  type NoteKeyKind,
  type NoteSigner,
  type NoteVerifier,
  parseSigningKey,
  parseVerifierKey,
} from './keys.ts'
export { lockFolder } from './lock.ts'
export {
  addSignatures,
  type Note,
  type NoteSignature,
  type OpenedNote,
  parseNote,
  type VerifiedSignature,
  verifyCheckpoint,
  verifyNote,
} from './note.ts'
export { type JournalOptions, type MemoryDisk, memoryDisk, openJournal, openMemoryJournal } from './open.ts'
export { formatProofFile, type ProofFile, parseProofFile, verifyProofFile } from './proof-file.ts'
export { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from './proofs.ts'
export { journalRefusals } from './refusals.ts'
export { type LogFile, logFile, logPaths } from './serve.ts'
export { DATABASE_FILE } from './store.ts'
export { type Verification, type VerifyOptions, verifyJournal } from './verify.ts'
