/** What an audit finds. */
import { refuser } from '../../../kernel/refusal.ts'

export const auditRefusals = {
  'AUDIT-001': {
    kind: 'broken',
    title: { en: 'A guarded act was taken from outside', ko: '정족수가 필요한 행위가 외부에서 바로 실행되었습니다' },
    help: {
      en: 'No version of Pasu does this. Whoever could write the journal did: keep it as evidence and look at who had the host.',
      ko: 'Pasu의 어떤 버전도 이렇게 하지 않습니다. 원장을 쓸 수 있었던 사람이 한 일이니, 증거로 보존하고 서버 접근자를 조사하십시오.',
    },
  },
  'AUDIT-002': {
    kind: 'broken',
    title: { en: 'An effect without its proposal', ko: '제안 없이 생긴 결과입니다' },
    help: {
      en: 'The event stands in no turn that executed this act with these parameters. Treat it as forged.',
      ko: '이 행위를 이 내용으로 실행한 처리가 없습니다. 위조로 보십시오.',
    },
  },
  'AUDIT-003': {
    kind: 'broken',
    title: { en: 'A key that nobody let in', ko: '아무도 승인하지 않은 키입니다' },
    help: {
      en: 'It came by no first enrolment, no valid link and no proposal. Approvals by it count for nothing.',
      ko: '첫 등록, 유효한 링크, 제안 어느 것으로도 들어오지 않았습니다. 이 키의 승인은 무효입니다.',
    },
  },
  'AUDIT-004': {
    kind: 'broken',
    title: { en: 'Somebody acted as the founder', ko: '첫 등록자처럼 행동한 사람이 있습니다' },
    help: {
      en: 'Only the first person acts alone, and only until founding is closed.',
      ko: '첫 등록자만, 초기 설정이 끝나기 전까지만 혼자 할 수 있습니다.',
    },
  },
  'AUDIT-005': {
    kind: 'broken',
    title: { en: 'A proposal’s record does not hold', ko: '제안 기록이 맞지 않습니다' },
    help: {
      en: 'The detail names the rule of approval that is broken. What was executed on it was not approved.',
      ko: '어긋난 승인 규칙이 세부 내용에 있습니다. 이를 근거로 실행된 것은 승인되지 않은 것입니다.',
    },
  },
  'AUDIT-006': {
    kind: 'broken',
    title: { en: 'It names a proposal that was never made', ko: '없는 제안을 가리킵니다' },
    help: { en: 'Treat it as forged.', ko: '위조로 보십시오.' },
  },
  'AUDIT-007': {
    kind: 'broken',
    title: { en: 'Not a word of this version', ko: '이 버전이 알지 못하는 기록입니다' },
    help: {
      en: 'The entry does not have the shape of its kind. Use the version that wrote the journal; if it is the same, the entry is forged.',
      ko: '기록의 형식이 맞지 않습니다. 원장을 쓴 버전으로 확인하고, 같은 버전이면 위조로 보십시오.',
    },
  },
} as const

export const refuse = refuser(auditRefusals)
