/** What the journal can refuse. A number is never reused and never changes its meaning; `pasu explain JRNL-006` prints its entry. */
import { type RefusalCatalogue, Refused, type RefuseMore, refuser } from '../kernel/refusal.ts'

export const journalRefusals = {
  'JRNL-001': {
    kind: 'busy',
    title: { en: 'Another process uses this data folder', ko: '다른 프로세스가 이 데이터 폴더를 사용하고 있습니다' },
    help: {
      en: 'Stop the other Pasu on this folder, or use its API. One journal has one writer.',
      ko: '이 폴더를 쓰는 다른 Pasu를 종료하거나 그 API를 이용하십시오. 원장은 한 프로세스만 기록합니다.',
    },
  },
  'JRNL-002': {
    kind: 'invalid',
    title: { en: 'The entry is too long', ko: '항목이 너무 깁니다' },
    help: {
      en: 'Keep bulk data in a file and journal its hash. Nothing was written.',
      ko: '큰 자료는 파일로 두고 해시만 기록하십시오. 기록된 것은 없습니다.',
    },
  },
  'JRNL-003': {
    kind: 'invalid',
    title: { en: 'The batch is too large', ko: '일괄 기록이 너무 큽니다' },
    help: {
      en: 'Append it in smaller batches. Nothing was written.',
      ko: '더 작은 묶음으로 나누어 기록하십시오. 기록된 것은 없습니다.',
    },
  },
  'JRNL-004': {
    kind: 'broken',
    title: { en: 'The disk is full; the journal has stopped', ko: '디스크가 가득 차 원장 기록을 멈췄습니다' },
    help: {
      en: 'Free space on the disk of the data folder and start Pasu again. What was acknowledged before is safe.',
      ko: '데이터 폴더의 디스크 공간을 확보하고 Pasu를 다시 시작하십시오. 이미 확인된 기록은 안전합니다.',
    },
  },
  'JRNL-005': {
    kind: 'broken',
    title: { en: 'A write failed; the journal has stopped', ko: '쓰기 오류로 원장 기록을 멈췄습니다' },
    help: {
      en: 'Look at the disk and the system log, then start Pasu again. What was acknowledged before is safe.',
      ko: '디스크와 시스템 로그를 확인한 뒤 Pasu를 다시 시작하십시오. 이미 확인된 기록은 안전합니다.',
    },
  },
  'JRNL-006': {
    kind: 'broken',
    title: { en: 'The journal is older than what it has signed', ko: '원장이 이미 서명한 상태보다 오래되었습니다' },
    help: {
      en: 'The database is an old copy, or entries were lost. Restore the newest copy; signing a smaller tree would deny history.',
      ko: '오래된 사본이거나 항목이 유실되었습니다. 최신 사본을 복원하십시오. 더 작은 트리에 서명하면 기록을 부정하게 됩니다.',
    },
  },
  'JRNL-007': {
    kind: 'broken',
    title: { en: 'The journal differs from what it has signed', ko: '원장이 이미 서명한 내용과 다릅니다' },
    help: {
      en: 'Entries were changed after they were signed. Run `pasu verify`, keep the files as evidence, restore an intact copy.',
      ko: '서명 후 항목이 변경되었습니다. `pasu verify`를 실행하고 파일을 증거로 보존한 뒤 온전한 사본을 복원하십시오.',
    },
  },
  'JRNL-008': {
    kind: 'broken',
    title: { en: 'The anchor is missing or unreadable', ko: '앵커 파일이 없거나 읽을 수 없습니다' },
    help: {
      en: 'The file `anchor` guards against old copies. Restore it; adopt the database without it only when you know it is the newest.',
      ko: '`anchor` 파일은 오래된 사본을 막습니다. 파일을 복원하십시오. 데이터베이스가 최신임이 확실할 때만 앵커 없이 여십시오.',
    },
  },
  'JRNL-009': {
    kind: 'broken',
    title: { en: 'The journal cannot be read', ko: '원장을 읽을 수 없습니다' },
    help: {
      en: 'The database is damaged or no journal. Run `pasu verify` to see where, and restore a copy.',
      ko: '데이터베이스가 손상되었거나 원장이 아닙니다. `pasu verify`로 위치를 확인하고 사본을 복원하십시오.',
    },
  },
  'JRNL-010': {
    kind: 'conflict',
    title: { en: 'The journal was signed with another key', ko: '원장이 다른 키로 서명되었습니다' },
    help: {
      en: 'Use the signing key that belongs to this data folder.',
      ko: '이 데이터 폴더에 속한 서명 키를 사용하십시오.',
    },
  },
  'JRNL-011': {
    kind: 'invalid',
    title: { en: 'The key is malformed', ko: '키 형식이 올바르지 않습니다' },
    help: {
      en: 'A verifier key is `name+hash+base64`, as in the file `vkey` of an exported log.',
      ko: '검증 키는 내보낸 로그의 `vkey` 파일처럼 `name+hash+base64` 형식입니다.',
    },
  },
  'JRNL-012': {
    kind: 'invalid',
    title: { en: 'The signed note is malformed', ko: '서명된 노트의 형식이 올바르지 않습니다' },
    help: {
      en: 'The note must follow c2sp.org/signed-note. Fetch it again; if it stays so, it was changed.',
      ko: '노트는 c2sp.org/signed-note 형식이어야 합니다. 다시 받아 보고, 같으면 변경된 것입니다.',
    },
  },
  'JRNL-013': {
    kind: 'denied',
    title: { en: 'No known key signed the note', ko: '알려진 키의 서명이 없습니다' },
    help: {
      en: 'Check that the verifier key is the one of this log. Do not use the text.',
      ko: '검증 키가 이 로그의 키인지 확인하십시오. 노트 내용을 사용하지 마십시오.',
    },
  },
  'JRNL-014': {
    kind: 'denied',
    title: { en: 'A signature of a known key is wrong', ko: '알려진 키의 서명이 틀렸습니다' },
    help: {
      en: 'The note was changed or forged. Do not use the text; keep it as evidence.',
      ko: '노트가 변경되었거나 위조되었습니다. 내용을 사용하지 말고 증거로 보존하십시오.',
    },
  },
  'JRNL-015': {
    kind: 'invalid',
    title: { en: 'The checkpoint is malformed', ko: '체크포인트 형식이 올바르지 않습니다' },
    help: {
      en: 'A checkpoint is an origin, a tree size and a root hash, one a line (c2sp.org/tlog-checkpoint).',
      ko: '체크포인트는 출처, 트리 크기, 루트 해시를 한 줄씩 적습니다(c2sp.org/tlog-checkpoint).',
    },
  },
  'JRNL-016': {
    kind: 'broken',
    title: { en: 'The journal has stopped', ko: '원장이 멈춘 상태입니다' },
    help: {
      en: 'An earlier write failed. Repair what the detail names and start Pasu again.',
      ko: '이전 쓰기가 실패했습니다. 표시된 원인을 해결하고 Pasu를 다시 시작하십시오.',
    },
  },
  'JRNL-017': {
    kind: 'missing',
    title: { en: 'The journal does not reach so far', ko: '원장에 그 범위가 없습니다' },
    help: {
      en: 'Ask for an index or size within the current checkpoint.',
      ko: '현재 체크포인트 안의 위치나 크기를 요청하십시오.',
    },
  },
  'JRNL-018': {
    kind: 'conflict',
    title: { en: 'The export folder is not empty', ko: '내보낼 폴더가 비어 있지 않습니다' },
    help: {
      en: 'Name a new or empty folder; nothing is overwritten.',
      ko: '새 폴더나 빈 폴더를 지정하십시오. 기존 파일은 덮어쓰지 않습니다.',
    },
  },
  'JRNL-019': {
    kind: 'broken',
    title: { en: 'The data folder cannot be used', ko: '데이터 폴더를 사용할 수 없습니다' },
    help: {
      en: 'Check that the folder exists or can be made, and that this user may write there.',
      ko: '폴더가 있거나 만들 수 있는지, 이 사용자가 쓸 수 있는지 확인하십시오.',
    },
  },
  'JRNL-020': {
    kind: 'broken',
    title: { en: 'The journal is of another version', ko: '원장의 버전이 다릅니다' },
    help: {
      en: 'Use the version of Pasu that wrote it, or a newer one.',
      ko: '원장을 기록한 Pasu 버전이나 그 이후 버전을 사용하십시오.',
    },
  },
  'JRNL-021': {
    kind: 'invalid',
    title: { en: 'The proof file is malformed', ko: '증명 파일의 형식이 올바르지 않습니다' },
    help: {
      en: 'The file must follow c2sp.org/tlog-proof. Ask for it again.',
      ko: '파일은 c2sp.org/tlog-proof 형식이어야 합니다. 다시 요청하십시오.',
    },
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(journalRefusals)
export type JournalCode = keyof typeof journalRefusals

/** For code that can only throw; `cause` keeps the system's own error for the log. */
export const refused = (code: JournalCode, detail: string, more: RefuseMore & { cause?: unknown } = {}): Refused => {
  const { cause, ...rest } = more
  return new Refused(refuse(code, detail, rest), cause === undefined ? undefined : { cause })
}

/** The message of anything thrown, on one line. */
export const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ')

/** SQLite's result code for a disk, or an allowance, that is full. */
const SQLITE_FULL = 13

/** Whether the system said that the disk, or the quota, is full. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && error.errcode === SQLITE_FULL) return true
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
