/** The room's refusals; its engines bring their own. */
import { refuser } from '../../kernel/refusal.ts'
import { alertRefusals } from './alerts/refusals.ts'
import { auditRefusals } from './audit/refusals.ts'
import { approvalRefusals } from './engine/approval/refusals.ts'
import { passkeyRefusals } from './engine/webauthn/refusals.ts'

const own = {
  'ACCESS-001': {
    kind: 'denied',
    title: { en: 'Nobody does this alone', ko: '혼자서는 할 수 없는 행위입니다' },
    help: {
      en: 'Propose it. It is done once as many others have approved as the approval rules ask for.',
      ko: '제안하십시오. 승인 규칙이 요구하는 수의 다른 사람이 승인하면 실행됩니다.',
    },
  },
  'ACCESS-002': {
    kind: 'denied',
    title: { en: 'No coin moves before founding is closed', ko: '초기 설정이 끝나기 전에는 코인을 옮길 수 없습니다' },
    help: {
      en: 'Let the people in who must approve, then close founding under People.',
      ko: '승인할 사람들을 등록한 뒤 사람 화면에서 초기 설정을 마치십시오.',
    },
  },
  'ACCESS-003': {
    kind: 'denied',
    title: { en: 'The actor is not registered', ko: '등록되지 않은 행위자입니다' },
    help: {
      en: 'Sign in again. Service accounts must be registered.',
      ko: '다시 로그인하십시오. 서비스 계정은 등록해야 합니다.',
    },
  },
  'ACCESS-004': {
    kind: 'invalid',
    title: { en: 'These roles do not belong in one hand', ko: '한 사람이 함께 가질 수 없는 역할입니다' },
    help: {
      en: 'Who writes the register of wallets does not approve; auditors and regulators only look on.',
      ko: '지갑을 등록하는 사람은 승인하지 않으며, 감사인과 감독자는 열람만 합니다.',
    },
  },
  'ACCESS-005': {
    kind: 'denied',
    title: { en: 'The person is suspended', ko: '정지된 사람입니다' },
    help: { en: 'A quorum restores a suspended person.', ko: '정지 해제에는 정족수의 승인이 필요합니다.' },
  },
  'ACCESS-006': {
    kind: 'conflict',
    title: { en: 'There is a first person already', ko: '첫 번째 사람이 이미 등록되어 있습니다' },
    help: {
      en: 'The link of the first enrolment works once. Others are invited by a proposal.',
      ko: '첫 등록 링크는 한 번만 쓸 수 있습니다. 다른 사람은 제안으로 초대합니다.',
    },
  },
  'ACCESS-007': {
    kind: 'denied',
    title: { en: 'Only the founder may do this, while founding', ko: '초기 설정 중에 첫 등록자만 할 수 있습니다' },
    help: { en: 'Close founding first, then propose it.', ko: '먼저 초기 설정을 마친 뒤 제안하십시오.' },
  },
  'ACCESS-008': {
    kind: 'denied',
    title: { en: 'A quorum could not be met', ko: '정족수를 채울 수 없게 됩니다' },
    help: {
      en: 'Those who are left must still be able to approve, at the end of founding with any one person away. Let more people in, or change the rules of approval.',
      ko: '남은 사람이 승인할 수 있어야 하며, 초기 설정을 마칠 때에는 누구 한 명이 없어도 그래야 합니다. 사람을 더 등록하거나 승인 규칙을 바꾸십시오.',
    },
  },
  'ACCESS-009': {
    kind: 'conflict',
    title: { en: 'The name is taken', ko: '이미 쓰인 이름입니다' },
    help: {
      en: 'Choose another one, not one that looks alike. Names are never given to somebody else, even after somebody left.',
      ko: '모양이 비슷하지 않은 다른 이름을 고르십시오. 떠난 사람의 이름도 다시 쓰지 않습니다.',
    },
  },
  'ACCESS-010': {
    kind: 'denied',
    title: { en: 'No link may be issued or used', ko: '등록 링크를 발급하거나 쓸 수 없습니다' },
    help: {
      en: 'A link needs an approved invitation or recovery, is valid for a short time and works once. Ask for a new one.',
      ko: '승인된 초대나 복구가 있어야 하며, 짧은 시간 동안 한 번만 쓸 수 있습니다. 새 링크를 요청하십시오.',
    },
  },
  'ACCESS-011': {
    kind: 'conflict',
    title: { en: 'The key is registered already', ko: '이미 등록된 키입니다' },
    help: {
      en: 'One key never stands for two people, and one that was lost is not used again. Use another authenticator.',
      ko: '한 키로 두 사람이 될 수 없고, 분실한 키는 다시 쓰지 않습니다. 다른 인증 장치를 쓰십시오.',
    },
  },
  'ACCESS-012': {
    kind: 'missing',
    title: { en: 'No such person, key, session or service account', ko: '없는 사람, 키, 세션 또는 서비스 계정입니다' },
    help: { en: 'Check the name.', ko: '이름을 확인하십시오.' },
  },
  'ACCESS-013': {
    kind: 'missing',
    title: { en: 'No such proposal', ko: '없는 제안입니다' },
    help: { en: 'Check the number of the proposal.', ko: '제안 번호를 확인하십시오.' },
  },
  'ACCESS-014': {
    kind: 'conflict',
    title: { en: 'The proposal has ended', ko: '이미 끝난 제안입니다' },
    help: { en: 'Make a new proposal where it is still wanted.', ko: '아직 필요하면 다시 제안하십시오.' },
  },
  'ACCESS-015': {
    kind: 'denied',
    title: { en: 'This may not be proposed, approved or vetoed by you', ko: '제안, 승인 또는 거부할 수 없습니다' },
    help: {
      en: 'The proposal names the roles that approve and veto it; nobody approves what they proposed.',
      ko: '승인과 거부를 할 수 있는 역할은 제안에 적혀 있으며, 자신의 제안은 승인할 수 없습니다.',
    },
  },
  'ACCESS-016': {
    kind: 'invalid',
    title: { en: 'The call-back did not hear the right code', ko: '회신 통화 코드가 맞지 않습니다' },
    help: {
      en: 'Dial the number on file yourself and let the proposer read the code. After three wrong codes a new one must be shown.',
      ko: '등록된 번호로 직접 전화하여 제안자가 읽는 코드를 입력하십시오. 세 번 틀리면 새 코드가 필요합니다.',
    },
  },
  'ACCESS-017': {
    kind: 'denied',
    title: { en: 'One suspension a day alone', ko: '혼자서는 하루 한 명만 정지할 수 있습니다' },
    help: {
      en: 'Whoever could suspend everybody could silence every veto. Let somebody else suspend the next.',
      ko: '모두를 정지할 수 있다면 모든 거부권을 막을 수 있습니다. 다음 정지는 다른 사람이 하게 하십시오.',
    },
  },
  'ACCESS-018': {
    kind: 'denied',
    title: { en: 'Too much is open', ko: '열린 항목이 너무 많습니다' },
    help: { en: 'End sessions or proposals that nobody needs.', ko: '필요 없는 세션이나 제안을 끝내십시오.' },
  },
} as const

/** Its own; `accessRefusals` has those of its engines as well. */
export const refuse = refuser(own)
export const accessRefusals = {
  ...own,
  ...approvalRefusals,
  ...passkeyRefusals,
  ...alertRefusals,
  ...auditRefusals,
} as const
