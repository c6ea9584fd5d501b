/** Why somebody may not do something. All of them mean no: whoever cannot be judged is denied. */
import { refuser } from '../../../kernel/refusal.ts'

const ASK = {
  en: 'The policies in src/rooms/access/policies say who may. Ask somebody with such a role, or have your roles changed by a quorum.',
  ko: '누가 할 수 있는지는 src/rooms/access/policies의 정책에 적혀 있습니다. 해당 역할의 사람에게 요청하거나 정족수 승인으로 역할을 변경하십시오.',
}

export const authorityRefusals = {
  'AUTHORITY-001': {
    kind: 'denied',
    title: { en: 'No policy permits this', ko: '허용하는 정책이 없습니다' },
    help: ASK,
  },
  'AUTHORITY-002': {
    kind: 'denied',
    title: { en: 'A policy forbids this', ko: '정책이 금지하는 행위입니다' },
    help: {
      en: 'The policy that the detail names keeps duties apart. No role outweighs it: somebody else must do this.',
      ko: '표시된 정책은 직무를 분리합니다. 어떤 역할로도 예외가 없으므로 다른 사람이 해야 합니다.',
    },
  },
  'AUTHORITY-003': {
    kind: 'denied',
    title: { en: 'There is no such action', ko: '알 수 없는 행위입니다' },
    help: {
      en: 'What no policy knows nobody may do. The known actions stand in src/rooms/access/policies/pasu.cedarschema.',
      ko: '정책에 없는 행위는 누구도 할 수 없습니다. 알려진 행위는 src/rooms/access/policies/pasu.cedarschema에 있습니다.',
    },
  },
  'AUTHORITY-004': {
    kind: 'denied',
    title: { en: 'Who asks, or about what, cannot be judged', ko: '요청자나 대상을 판단할 수 없습니다' },
    help: {
      en: 'The question is incomplete or names a role that does not exist. It counts as a no; report it as a fault of Pasu.',
      ko: '질문이 불완전하거나 존재하지 않는 역할이 있습니다. 거부로 처리되며, Pasu의 결함으로 신고하십시오.',
    },
  },
  'AUTHORITY-005': {
    kind: 'broken',
    title: { en: 'The policies could not be asked', ko: '정책을 확인할 수 없습니다' },
    help: {
      en: 'The policy engine failed, which counts as a no. Nothing was done. Restart Pasu, and report it if it happens again.',
      ko: '정책 엔진 오류는 거부로 처리됩니다. 수행된 것은 없습니다. Pasu를 다시 시작하고, 반복되면 신고하십시오.',
    },
  },
  'AUTHORITY-006': {
    kind: 'broken',
    title: { en: 'The policy files do not hold', ko: '정책 파일이 올바르지 않습니다' },
    help: {
      en: 'Pasu starts with exactly the files it was delivered with. Restore src/rooms/access/policies from the release.',
      ko: 'Pasu는 배포된 파일 그대로만 시작합니다. 릴리스의 src/rooms/access/policies를 복원하십시오.',
    },
  },
} as const

export const refuse = refuser(authorityRefusals)
