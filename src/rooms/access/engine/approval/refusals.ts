/** Why an approval does not count, and what is wrong with a recorded proposal. */
import { type RefusalCatalogue, refuser } from '../../../../kernel/refusal.ts'

const TELL_SECURITY = {
  en: 'Stop. The record and what was done differ: tell security and keep the journal.',
  ko: '중단하십시오. 기록과 실제가 다릅니다. 보안 담당자에게 알리고 저널을 보존하십시오.',
}

export const approvalRefusals = {
  'APPROVAL-001': {
    kind: 'conflict',
    title: { en: 'The approval is for something else', ko: '다른 내용에 대한 승인입니다' },
    help: {
      en: 'It was given for another proposal, or the proposal was changed since. Read this one and approve it, or do not.',
      ko: '다른 제안에 대한 승인이거나 이후 제안이 바뀌었습니다. 이 제안을 읽고 승인 여부를 정하십시오.',
    },
  },
  'APPROVAL-002': {
    kind: 'denied',
    title: { en: 'Nobody approves their own proposal', ko: '본인의 제안은 승인할 수 없습니다' },
    help: { en: 'Ask somebody else to approve it.', ko: '다른 사람에게 승인을 요청하십시오.' },
  },
  'APPROVAL-003': {
    kind: 'denied',
    title: { en: 'The person is not known', ko: '등록되지 않은 사용자입니다' },
    help: { en: 'Only people of the register approve.', ko: '등록된 사용자만 승인할 수 있습니다.' },
  },
  'APPROVAL-004': {
    kind: 'denied',
    title: { en: 'The person had no role for this', ko: '해당 역할이 없는 사용자입니다' },
    help: {
      en: 'The proposal says which roles approve or veto it.',
      ko: '승인하거나 거부할 수 있는 역할은 제안에 적혀 있습니다.',
    },
  },
  'APPROVAL-005': {
    kind: 'denied',
    title: { en: 'The person was suspended', ko: '정지된 사용자입니다' },
    help: {
      en: 'An approval given before a suspension is void too. Once cleared, the person may approve again.',
      ko: '정지 전에 한 승인도 무효입니다. 정지가 풀리면 다시 승인할 수 있습니다.',
    },
  },
  'APPROVAL-006': {
    kind: 'denied',
    title: { en: 'It was given outside the proposal’s life', ko: '제안의 유효 기간 밖에서 한 것입니다' },
    help: { en: 'Propose it again.', ko: '다시 제안하십시오.' },
  },
  'APPROVAL-007': {
    kind: 'denied',
    title: { en: 'It was not the person’s key at that time', ko: '그 시점에 본인의 키가 아니었습니다' },
    help: {
      en: 'The key was added later, was removed before, was reported lost, or is another person’s.',
      ko: '나중에 등록되었거나, 이미 제거되었거나, 분실 신고되었거나, 다른 사람의 키입니다.',
    },
  },
  'APPROVAL-008': {
    kind: 'conflict',
    title: { en: 'The person has approved already', ko: '이미 승인한 사용자입니다' },
    help: {
      en: 'People count, not keys. Somebody else must approve.',
      ko: '키가 아니라 사람 수를 셉니다. 다른 사람의 승인이 필요합니다.',
    },
  },
  'APPROVAL-009': {
    kind: 'denied',
    title: { en: 'No policy says who approves this', ko: '승인 정책이 없는 행위입니다' },
    help: { en: 'Add terms for this act to the policy first.', ko: '먼저 정책에 이 행위의 조건을 추가하십시오.' },
  },
  'APPROVAL-010': {
    kind: 'invalid',
    title: { en: 'The policy of approvals contradicts itself', ko: '승인 정책이 서로 맞지 않습니다' },
    help: {
      en: 'An act that weakens protection needs a time-lock and somebody who can veto it.',
      ko: '보호를 약화하는 행위에는 대기 시간과 거부권자가 있어야 합니다.',
    },
  },
  'APPROVAL-011': {
    kind: 'conflict',
    title: { en: 'The terms are not the policy’s of that day', ko: '당시 정책의 조건과 다릅니다' },
    help: TELL_SECURITY,
  },
  'APPROVAL-012': {
    kind: 'denied',
    title: { en: 'It was executed when it might not be', ko: '실행할 수 없는 시점에 실행되었습니다' },
    help: TELL_SECURITY,
  },
  'APPROVAL-013': {
    kind: 'denied',
    title: { en: 'Something else was executed', ko: '승인된 것과 다른 내용이 실행되었습니다' },
    help: TELL_SECURITY,
  },
  'APPROVAL-014': {
    kind: 'denied',
    title: { en: 'It was executed twice', ko: '두 번 실행되었습니다' },
    help: TELL_SECURITY,
  },
  'APPROVAL-015': {
    kind: 'conflict',
    title: { en: 'The proposal has another digest', ko: '제안의 다이제스트가 다릅니다' },
    help: TELL_SECURITY,
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(approvalRefusals)
