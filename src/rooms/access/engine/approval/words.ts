/** The words of a proposal's text in both languages. They belong to version 1: a changed word is a new version of what is signed. */

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../kernel/time.ts'

export type Language = 'en' | 'ko'

export interface ProposalWords {
  readonly proposal: string
  readonly act: string
  readonly content: string
  readonly nothing: string
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: string
  readonly approveBefore: string
  readonly needs: (count: number, roles: string, proposer: string) => string
  readonly lock: (ms: number) => string
  readonly noLock: string
  readonly veto: (roles: string) => string
  readonly noVeto: string
  readonly atRisk: (count: number, ms: number) => string
  readonly callBack: string
  readonly executeBefore: string
  readonly digest: string
  readonly mixed: (scripts: string) => string
  readonly unseen: (characters: string) => string
}

/** All units that are not zero, so that two times never read the same: `1 d 2 h 30 min`, `1일 2시간 30분`. */
function exactly(ms: number, names: readonly string[], gap: string): string {
  let rest = ms
  const parts = [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, 1].flatMap((unit, place) => {
    const count = Math.floor(rest / unit)
    rest -= count * unit
    return count === 0 ? [] : [`${count}${gap}${names[place]}`]
  })
  return parts.join(' ')
}

export const WORDS: Readonly<Record<Language, ProposalWords>> = {
  en: {
    proposal: 'Proposal',
    act: 'Act',
    content: 'Content',
    nothing: '(nothing)',
    reason: 'Reason',
    proposedBy: 'Proposed by',
    proposedAt: 'Proposed at',
    approveBefore: 'Approve before',
    needs: (count, roles, proposer) => `Needs: ${count} of the roles ${roles}, without ${proposer}`,
    lock: (ms) => `Then: locked for ${exactly(ms, ['d', 'h', 'min', 's', 'ms'], ' ')}`,
    noLock: 'Then: may be executed at once',
    veto: (roles) => `Veto: one person of the roles ${roles} is enough`,
    noVeto: 'Veto: nobody',
    atRisk: (count, ms) =>
      `While an administrator is at risk: ${count} more, and locked for ${exactly(ms, ['d', 'h', 'min', 's', 'ms'], ' ') || '0 s'} longer`,
    callBack: 'Call-back: somebody else must have called the number on file and heard the code',
    executeBefore: 'Execute before',
    digest: 'Digest',
    mixed: (scripts) => `letters that look alike are mixed: ${scripts}`,
    unseen: (characters) => `it holds characters that nobody sees: ${characters}`,
  },
  ko: {
    proposal: '제안',
    act: '행위',
    content: '내용',
    nothing: '(없음)',
    reason: '사유',
    proposedBy: '제안자',
    proposedAt: '제안 시각',
    approveBefore: '승인 기한',
    needs: (count, roles, proposer) => `필요 승인: 역할 ${roles} 중 ${count}명, ${proposer} 제외`,
    lock: (ms) => `이후: ${exactly(ms, ['일', '시간', '분', '초', '밀리초'], '')} 동안 대기`,
    noLock: '이후: 즉시 실행 가능',
    veto: (roles) => `거부권: 역할 ${roles} 중 누구든 1명`,
    noVeto: '거부권: 없음',
    atRisk: (count, ms) =>
      `관리자 위험 상태에서는: 승인 ${count}명 추가, 대기 ${exactly(ms, ['일', '시간', '분', '초', '밀리초'], '') || '0초'} 추가`,
    callBack: '회신 통화: 제안자가 아닌 사람이 등록된 번호로 전화하여 코드를 확인해야 함',
    executeBefore: '실행 기한',
    digest: '다이제스트',
    mixed: (scripts) => `모양이 비슷한 글자가 섞여 있습니다: ${scripts}`,
    unseen: (characters) => `보이지 않는 문자가 있습니다: ${characters}`,
  },
}

/** Titles of commands that weaken protection or move coins. Another act is shown by its name alone. */
export const ACT_TITLES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'policy.set': { en: 'Change the policy of the gate', ko: '게이트 정책 변경' },
  'wallet.register': { en: 'Register or change a wallet', ko: '지갑 등록 또는 변경' },
  'halt.lift': { en: 'Lift a halt', ko: '중단 해제' },
  'withdrawal.release': { en: 'Release a withdrawal over its limit', ko: '한도 초과 출금 승인' },
  'repayment.pay': { en: 'Pay a batch of repayments', ko: '피해 보상 일괄 지급' },
  'notice.approve': { en: 'Send a notice', ko: '통지 발송' },
  'pack.load': { en: 'Load a rule pack', ko: '규칙 묶음 적재' },
  'recipient.set': { en: 'Change where notices go', ko: '통지 수신처 변경' },
  'reporter.set': { en: 'Change who reports', ko: '보고 주체 변경' },
  'incident.close': { en: 'Close a case', ko: '사건 종결' },
  'clock.meet': { en: 'Count a duty as met by other means', ko: '의무를 다른 방법으로 이행한 것으로 처리' },
  'fund.set': { en: 'Change the budget of a fund', ko: '기금 한도 변경' },
  'person.invite': { en: 'Let a new person in', ko: '새 사람 초대' },
  'person.change': { en: 'Change a person’s roles or contacts', ko: '역할 또는 연락처 변경' },
  'person.restore': { en: 'End a person’s suspension', ko: '정지 해제' },
  'key.add': { en: 'Add a passkey', ko: '패스키 추가' },
  'key.recover': { en: 'Replace a person’s lost keys', ko: '분실한 키 복구' },
  'service.register': { en: 'Register a service account', ko: '서비스 계정 등록' },
  'approvals.set': { en: 'Change who must approve what', ko: '승인 규칙 변경' },
  'risk.clear': { en: 'Say that an administrator is no longer at risk', ko: '관리자 위험 상태 해제' },
  'site.set': { en: 'Change where approvals are signed', ko: '승인 서명 위치 변경' },
}
