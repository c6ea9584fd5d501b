/** What the audit finds, one number for each rule of README.md. */
import { type RefusalCatalogue, refuser } from '../../../kernel/refusal.ts'

const TELL = {
  en: 'Keep the journal and an older checkpoint of it, tell security, and compare the entry with what people remember.',
  ko: '저널과 이전 체크포인트를 보존하고 보안 담당자에게 알린 뒤, 해당 항목을 당사자의 기억과 대조하십시오.',
}

export const auditRefusals = {
  'AUDIT-001': {
    kind: 'broken',
    title: { en: 'The turns of the journal do not follow each other', ko: '저널의 턴이 이어지지 않습니다' },
    help: TELL,
  },
  'AUDIT-002': {
    kind: 'broken',
    title: { en: 'The entry does not fit what was recorded before', ko: '이전 기록과 맞지 않는 항목입니다' },
    help: TELL,
  },
  'AUDIT-003': {
    kind: 'denied',
    title: { en: 'It was done without an approved proposal', ko: '승인된 제안 없이 실행되었습니다' },
    help: TELL,
  },
  'AUDIT-004': {
    kind: 'denied',
    title: { en: 'It is not the founder’s act while founding', ko: '초기 설정 중의 첫 등록자 행위가 아닙니다' },
    help: TELL,
  },
  'AUDIT-005': {
    kind: 'denied',
    title: { en: 'Nobody could propose it so', ko: '그렇게 제안할 수 없었던 제안입니다' },
    help: TELL,
  },
  'AUDIT-006': {
    kind: 'denied',
    title: { en: 'The approval does not hold', ko: '승인이 유효하지 않습니다' },
    help: TELL,
  },
  'AUDIT-007': {
    kind: 'denied',
    title: {
      en: 'The veto, withdrawal or call-back does not hold',
      ko: '거부, 철회 또는 회신 통화가 유효하지 않습니다',
    },
    help: TELL,
  },
  'AUDIT-008': {
    kind: 'denied',
    title: { en: 'It was executed when it might not be', ko: '실행될 수 없는 것이 실행되었습니다' },
    help: TELL,
  },
  'AUDIT-009': {
    kind: 'denied',
    title: { en: 'The key was not let in', ko: '허용된 적이 없는 키입니다' },
    help: TELL,
  },
} as const satisfies RefusalCatalogue

export type AuditCode = keyof typeof auditRefusals
export const refuse = refuser(auditRefusals)
