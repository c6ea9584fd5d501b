/** Why a passkey's registration or assertion is not accepted. Each number names one field of what the browser sent. */
import { type RefusalCatalogue, refuser } from '../../../../kernel/refusal.ts'

const TRY_AGAIN = {
  en: 'Start again from the page. Nothing was recorded.',
  ko: '화면에서 다시 시작하십시오. 기록된 것은 없습니다.',
}
const TELL_SECURITY = {
  en: 'Do not repeat it. Somebody may have lured the person to another page: tell security.',
  ko: '반복하지 마십시오. 다른 화면으로 유인되었을 수 있으니 보안 담당자에게 알리십시오.',
}

export const passkeyRefusals = {
  'PASSKEY-001': {
    kind: 'invalid',
    title: { en: 'A field is not canonical base64url', ko: '항목이 정규 base64url이 아닙니다' },
    help: {
      en: 'Send what the browser gave, unchanged, without padding.',
      ko: '브라우저가 준 값을 패딩 없이 그대로 보내십시오.',
    },
  },
  'PASSKEY-002': {
    kind: 'invalid',
    title: { en: 'The client data is not strict JSON', ko: '클라이언트 데이터가 엄격한 JSON이 아닙니다' },
    help: {
      en: 'A byte order mark, a member that stands twice or one of the wrong type is not taken. Use another browser; tell security.',
      ko: '바이트 순서 표시, 중복 항목, 잘못된 유형은 받지 않습니다. 다른 브라우저를 쓰고 보안 담당자에게 알리십시오.',
    },
  },
  'PASSKEY-003': {
    kind: 'denied',
    title: { en: 'It was signed for another ceremony', ko: '다른 절차를 위한 서명입니다' },
    help: TRY_AGAIN,
  },
  'PASSKEY-004': {
    kind: 'denied',
    title: { en: 'Another challenge was signed', ko: '다른 챌린지에 서명했습니다' },
    help: {
      en: 'The signature is over something else than what is asked for now. Read the proposal again and approve that one.',
      ko: '지금 요청한 것과 다른 내용에 대한 서명입니다. 제안을 다시 읽고 그 제안을 승인하십시오.',
    },
  },
  'PASSKEY-005': {
    kind: 'denied',
    title: { en: 'It was signed on another origin', ko: '다른 출처에서 서명했습니다' },
    help: TELL_SECURITY,
  },
  'PASSKEY-006': {
    kind: 'denied',
    title: { en: 'It was signed inside another site’s frame', ko: '다른 사이트의 프레임 안에서 서명했습니다' },
    help: TELL_SECURITY,
  },
  'PASSKEY-007': {
    kind: 'invalid',
    title: { en: 'The authenticator data is malformed', ko: '인증기 데이터 형식이 올바르지 않습니다' },
    help: TRY_AGAIN,
  },
  'PASSKEY-008': {
    kind: 'denied',
    title: { en: 'The key answered for another site', ko: '키가 다른 사이트에 응답했습니다' },
    help: TELL_SECURITY,
  },
  'PASSKEY-009': {
    kind: 'denied',
    title: { en: 'Nobody touched the key', ko: '키를 조작한 사람이 없습니다' },
    help: { en: 'Touch the key when it asks.', ko: '키가 요청할 때 조작하십시오.' },
  },
  'PASSKEY-010': {
    kind: 'denied',
    title: { en: 'The key did not verify its user', ko: '키가 사용자를 확인하지 않았습니다' },
    help: {
      en: 'Set a PIN or a fingerprint on the key, and use it. Touch alone proves only that somebody was there.',
      ko: '키에 PIN이나 지문을 설정하고 사용하십시오. 접촉만으로는 누구인지 알 수 없습니다.',
    },
  },
  'PASSKEY-011': {
    kind: 'denied',
    title: { en: 'The backup flags contradict the key', ko: '백업 표시가 키와 맞지 않습니다' },
    help: {
      en: 'Whether a key may be copied is fixed when it is made. Remove this key and register a new one.',
      ko: '복사 가능 여부는 키를 만들 때 정해집니다. 이 키를 제거하고 새로 등록하십시오.',
    },
  },
  'PASSKEY-012': {
    kind: 'denied',
    title: { en: 'The key’s counter went back', ko: '키의 계수기가 되돌아갔습니다' },
    help: {
      en: 'The key may have been copied. Suspend the person, remove the key, tell security.',
      ko: '키가 복제되었을 수 있습니다. 해당 사용자를 정지하고 키를 제거한 뒤 보안 담당자에게 알리십시오.',
    },
  },
  'PASSKEY-013': {
    kind: 'denied',
    title: { en: 'The signature is wrong', ko: '서명이 올바르지 않습니다' },
    help: {
      en: 'What was signed was changed, or another key signed it. Tell security.',
      ko: '서명 대상이 변조되었거나 다른 키의 서명입니다. 보안 담당자에게 알리십시오.',
    },
  },
  'PASSKEY-014': {
    kind: 'invalid',
    title: { en: 'The signature is malformed', ko: '서명 형식이 올바르지 않습니다' },
    help: TRY_AGAIN,
  },
  'PASSKEY-015': {
    kind: 'denied',
    title: { en: 'Another credential answered', ko: '다른 자격 증명이 응답했습니다' },
    help: { en: 'Choose the key that was asked for.', ko: '요청된 키를 선택하십시오.' },
  },
  'PASSKEY-016': {
    kind: 'invalid',
    title: { en: 'The attestation object is malformed', ko: '증명 객체 형식이 올바르지 않습니다' },
    help: {
      en: 'It must be canonical CBOR with fmt, attStmt and authData. Try another browser or key.',
      ko: 'fmt, attStmt, authData가 있는 정규 CBOR이어야 합니다. 다른 브라우저나 키를 써 보십시오.',
    },
  },
  'PASSKEY-017': {
    kind: 'denied',
    title: { en: 'The key’s algorithm is not allowed', ko: '허용되지 않는 키 알고리즘입니다' },
    help: {
      en: 'Allowed are ES256, ES384, ES512, EdDSA, Ed448 and RS256. Use another key.',
      ko: 'ES256, ES384, ES512, EdDSA, Ed448, RS256만 허용됩니다. 다른 키를 쓰십시오.',
    },
  },
  'PASSKEY-018': {
    kind: 'denied',
    title: { en: 'The public key is malformed or weak', ko: '공개 키가 잘못되었거나 약합니다' },
    help: { en: 'Do not use this key. Register another.', ko: '이 키를 쓰지 마십시오. 다른 키를 등록하십시오.' },
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(passkeyRefusals)
