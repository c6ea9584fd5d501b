/** The incident room's refusals. A number is never reused. */
import { refuser } from '../../kernel/refusal.ts'

export const incidentRefusals = {
  'INCIDENT-001': {
    kind: 'missing',
    title: { en: 'No such incident', ko: '없는 사건입니다' },
    help: { en: 'Look it up in the list of incidents.', ko: '사건 목록에서 번호를 확인하십시오.' },
  },
  'INCIDENT-002': {
    kind: 'missing',
    title: { en: 'No such notice', ko: '없는 통지 문서입니다' },
    help: { en: 'Look it up among the notices of its incident.', ko: '해당 사건의 통지 목록에서 번호를 확인하십시오.' },
  },
  'INCIDENT-003': {
    kind: 'missing',
    title: { en: 'No such clock in this incident', ko: '이 사건에 없는 의무 기한입니다' },
    help: {
      en: 'The duty never arose in this incident. Look at its clocks.',
      ko: '이 사건에서 발생하지 않은 의무입니다. 사건의 기한 목록을 확인하십시오.',
    },
  },
  'INCIDENT-004': {
    kind: 'conflict',
    title: { en: 'The incident is closed', ko: '종결된 사건입니다' },
    help: {
      en: 'A closed case takes only notes. What happens now belongs to a new one.',
      ko: '종결된 사건에는 메모만 남길 수 있습니다. 새로 발생한 일은 새 사건으로 처리하십시오.',
    },
  },
  'INCIDENT-005': {
    kind: 'conflict',
    title: { en: 'The notice is in another state', ko: '통지 문서의 상태가 맞지 않습니다' },
    help: {
      en: 'A notice is drafted, approved, sent, acknowledged, in this order. Nothing was changed.',
      ko: '통지는 작성, 승인, 발송, 접수 확인 순서로 처리됩니다. 변경된 것은 없습니다.',
    },
  },
  'INCIDENT-006': {
    kind: 'denied',
    title: { en: 'Nobody is set to receive this notice', ko: '수신처가 등록되지 않았습니다' },
    help: {
      en: 'Set the recipient of this authority and language, or deliver the text by hand and record the evidence on its clock.',
      ko: '해당 기관과 언어의 수신처를 등록하거나, 직접 전달한 뒤 해당 기한에 증빙을 기록하십시오.',
    },
  },
  'INCIDENT-007': {
    kind: 'conflict',
    title: { en: 'An older reading of the law cannot replace a newer one', ko: '더 오래된 규정으로 바꿀 수 없습니다' },
    help: {
      en: 'Load a pack whose as_of is not before that of the loaded one.',
      ko: '기준일이 현재 규정보다 앞서지 않는 규정 묶음을 불러오십시오.',
    },
  },
  'INCIDENT-008': {
    kind: 'denied',
    title: { en: 'Duties of the incident are still open', ko: '이행하지 않은 의무가 남아 있습니다' },
    help: {
      en: 'Send the notices that are due, or record on each clock how the duty was met or why it does not apply; then close.',
      ko: '남은 통지를 발송하거나, 각 기한에 이행 방법 또는 해당하지 않는 사유를 기록한 뒤 종결하십시오.',
    },
  },
  'INCIDENT-009': {
    kind: 'conflict',
    title: { en: 'The draft was drawn again since it was read', ko: '확인한 뒤 초안이 다시 작성되었습니다' },
    help: { en: 'Read the draft as it is now, then approve that one.', ko: '현재 초안을 다시 확인한 뒤 승인하십시오.' },
  },
  'INCIDENT-010': {
    kind: 'invalid',
    title: { en: 'The rule pack contradicts itself', ko: '규정 묶음의 내용이 서로 맞지 않습니다' },
    help: {
      en: 'Correct what the detail names and load the pack again. The pack that was loaded before stays.',
      ko: '표시된 항목을 고쳐 다시 불러오십시오. 이전 규정 묶음은 그대로 유지됩니다.',
    },
  },
  'INCIDENT-011': {
    kind: 'invalid',
    title: { en: 'The recipient’s address is malformed', ko: '수신 주소의 형식이 올바르지 않습니다' },
    help: {
      en: 'Give one mail address, or one https URL without user name and password (http is taken on loopback only).',
      ko: '전자우편 주소 하나 또는 사용자 정보가 없는 https 주소 하나를 입력하십시오(http는 루프백 주소만 가능).',
    },
  },
  'INCIDENT-012': {
    kind: 'conflict',
    title: { en: 'The duty was met already', ko: '이미 이행된 의무입니다' },
    help: {
      en: 'Its evidence stands in the record. Add what is new as a note.',
      ko: '이행 증빙이 이미 기록되어 있습니다. 추가할 내용은 메모로 남기십시오.',
    },
  },
  'INCIDENT-013': {
    kind: 'invalid',
    title: { en: 'That moment cannot be', ko: '시각이 올바르지 않습니다' },
    help: { en: 'Give a moment that is not in the future.', ko: '현재보다 늦지 않은 시각을 입력하십시오.' },
  },
} as const

export const refuse = refuser(incidentRefusals)
