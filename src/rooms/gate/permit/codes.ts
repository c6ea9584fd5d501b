/** Why a permit is not accepted. A number keeps its meaning for ever; a signer may act on it. */

export const permitRefusals = {
  'PERMIT-001': {
    kind: 'invalid',
    title: { en: 'This is not a compact JWS', ko: '간결 직렬화 JWS가 아닙니다' },
    help: {
      en: 'Pass the text that Pasu gave, unchanged: three parts of base64url with points between.',
      ko: 'Pasu가 준 문자열을 그대로 전달하십시오. 점으로 구분된 base64url 세 부분입니다.',
    },
  },
  'PERMIT-002': {
    kind: 'denied',
    title: { en: 'The header asks for something not allowed', ko: '허용되지 않는 헤더입니다' },
    help: {
      en: 'Only EdDSA, this type and a known key id are taken. Somebody may be trying a forgery: tell security.',
      ko: 'EdDSA, 정해진 유형, 알려진 키 번호만 허용됩니다. 위조 시도일 수 있으니 보안 담당자에게 알리십시오.',
    },
  },
  'PERMIT-003': {
    kind: 'denied',
    title: { en: 'The signing key is not known', ko: '알 수 없는 서명 키입니다' },
    help: {
      en: 'Fetch the key set again from Pasu over a trusted way. If the key still is not in it, the permit is forged.',
      ko: '신뢰할 수 있는 경로로 Pasu의 키 목록을 다시 받으십시오. 그래도 없으면 위조된 허가입니다.',
    },
  },
  'PERMIT-004': {
    kind: 'denied',
    title: { en: 'The signature is wrong', ko: '서명이 올바르지 않습니다' },
    help: {
      en: 'The permit was changed or forged. Do not sign; tell security.',
      ko: '변조되었거나 위조된 허가입니다. 서명하지 말고 보안 담당자에게 알리십시오.',
    },
  },
  'PERMIT-005': {
    kind: 'invalid',
    title: { en: 'A claim is missing, malformed or unknown', ko: '클레임이 없거나 잘못되었거나 알 수 없는 것입니다' },
    help: {
      en: 'A newer Pasu may say more than this verifier understands. Update the verifier before signing anything.',
      ko: '새 버전의 Pasu일 수 있습니다. 서명하기 전에 검증기를 갱신하십시오.',
    },
  },
  'PERMIT-006': {
    kind: 'denied',
    title: { en: 'The permit is of another deployment', ko: '다른 배포의 허가입니다' },
    help: { en: 'Check which Pasu this signer answers to.', ko: '이 서명기가 따르는 Pasu가 어느 것인지 확인하십시오.' },
  },
  'PERMIT-007': {
    kind: 'denied',
    title: { en: 'The permit has expired', ko: '만료된 허가입니다' },
    help: {
      en: 'Ask for the withdrawal again under a new id. If this happens often, compare the clocks.',
      ko: '새 출금 번호로 다시 요청하십시오. 자주 생기면 시계를 비교하십시오.',
    },
  },
  'PERMIT-008': {
    kind: 'denied',
    title: { en: 'The permit’s life is not believable', ko: '허가의 유효 기간이 비정상입니다' },
    help: {
      en: 'It begins in the future or lives longer than any permit may. Compare the clocks; then tell security.',
      ko: '미래에 시작하거나 허용보다 오래 유효합니다. 시계를 비교하고 보안 담당자에게 알리십시오.',
    },
  },
  'PERMIT-009': {
    kind: 'denied',
    title: { en: 'A halt has come since', ko: '허가 이후 중단이 선언되었습니다' },
    help: {
      en: 'The permit is void. Ask again under a new id once the halt is lifted.',
      ko: '무효가 된 허가입니다. 중단이 해제된 뒤 새 번호로 요청하십시오.',
    },
  },
  'PERMIT-010': {
    kind: 'denied',
    title: { en: 'The permit is for another movement', ko: '다른 이동에 대한 허가입니다' },
    help: {
      en: 'The transaction to sign is not the one that was permitted. Do not sign; find out who built it.',
      ko: '서명하려는 거래가 허가된 것과 다릅니다. 서명하지 말고 누가 만들었는지 확인하십시오.',
    },
  },
  'PERMIT-011': {
    kind: 'denied',
    title: { en: 'The permit was spent before', ko: '이미 사용된 허가입니다' },
    help: {
      en: 'A permit is good for one signature. Send the transaction that was signed with it again instead.',
      ko: '허가는 한 번만 쓸 수 있습니다. 그때 서명한 거래를 다시 전송하십시오.',
    },
  },
  'PERMIT-012': {
    kind: 'broken',
    title: { en: 'The record of spent permits cannot be kept', ko: '사용된 허가의 기록을 남길 수 없습니다' },
    help: {
      en: 'Nothing may be signed until it can: check disk and rights.',
      ko: '기록할 수 있을 때까지 서명하지 마십시오. 디스크와 권한을 확인하십시오.',
    },
  },
  'PERMIT-013': {
    kind: 'broken',
    title: { en: 'The signer asked wrongly', ko: '서명기의 호출이 잘못되었습니다' },
    help: {
      en: 'The movement, key set, time or halt epoch that the signer passed is malformed. Nothing is accepted until it is corrected.',
      ko: '서명기가 넘긴 이동, 키 목록, 시각 또는 중단 번호가 잘못되었습니다. 고치기 전에는 아무것도 허용되지 않습니다.',
    },
  },
} as const

export type PermitCode = keyof typeof permitRefusals

/** `detail` is one line in English: what was expected, and what stood there. */
export interface NotPermitted {
  readonly ok: false
  readonly code: PermitCode
  readonly detail: string
}

export const no = (code: PermitCode, detail: string): NotPermitted => ({ ok: false, code, detail })
