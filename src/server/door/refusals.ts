/**
 * Why the door lets nobody in. Where two causes would tell a stranger whether a name, a key or a link exists, they share one number and one
 * text; where the cause is the caller's own clock or form, it is told, for it helps honest clients only.
 */
import { type RefusalCatalogue, refuser } from '../../kernel/refusal.ts'

const SIGN_IN_AGAIN = {
  en: 'Sign in again with your passkey.',
  ko: '패스키로 다시 로그인하십시오.',
}
const SIGN_AFRESH = {
  en: 'Sign the request again, with a new nonce and the time of now, and send it once.',
  ko: '새 nonce와 현재 시각으로 요청에 다시 서명하여 한 번만 보내십시오.',
}
const SET_CLOCK = {
  en: 'Set the clock of this machine (NTP), then try again with a new signature.',
  ko: '이 기기의 시계를 맞춘(NTP) 뒤 새로 서명하여 다시 시도하십시오.',
}

export const doorRefusals = {
  'DOOR-001': {
    kind: 'denied',
    title: { en: 'Not signed in', ko: '로그인되어 있지 않습니다' },
    help: SIGN_IN_AGAIN,
  },
  'DOOR-002': {
    kind: 'denied',
    title: { en: 'The proof of the device is missing or malformed', ko: '기기 증명이 없거나 형식이 잘못되었습니다' },
    help: {
      en: 'Send one header "DPoP" with a proof (RFC 9449) by the key with which this session was opened.',
      ko: '이 세션을 연 키로 만든 증명(RFC 9449)을 "DPoP" 헤더 하나에 담아 보내십시오.',
    },
  },
  'DOOR-003': {
    kind: 'denied',
    title: { en: 'The proof is by another device', ko: '다른 기기의 증명입니다' },
    help: {
      en: 'If this was not you, end the session: somebody has its cookie. Otherwise sign in again.',
      ko: '본인이 아니라면 세션을 종료하십시오. 쿠키가 유출된 것입니다. 본인이라면 다시 로그인하십시오.',
    },
  },
  'DOOR-004': {
    kind: 'denied',
    title: { en: 'The proof is for another request', ko: '다른 요청에 대한 증명입니다' },
    help: {
      en: 'Make a proof for exactly this method, address and session.',
      ko: '이 메서드, 주소, 세션에 맞는 증명을 만드십시오.',
    },
  },
  'DOOR-005': {
    kind: 'denied',
    title: { en: 'The proof is not of now', ko: '지금 만든 증명이 아닙니다' },
    help: SET_CLOCK,
  },
  'DOOR-006': {
    kind: 'denied',
    title: { en: 'The proof was used before', ko: '이미 사용된 증명입니다' },
    help: { en: 'Make a new proof for each request.', ko: '요청마다 새 증명을 만드십시오.' },
  },
  'DOOR-007': {
    kind: 'denied',
    title: { en: 'The request’s signature is missing or malformed', ko: '요청 서명이 없거나 형식이 잘못되었습니다' },
    help: {
      en: 'Sign it by RFC 9421 with Ed25519: one Signature-Input and one Signature of the same label.',
      ko: 'RFC 9421에 따라 Ed25519로 서명하고, 같은 이름의 Signature-Input과 Signature를 하나씩 보내십시오.',
    },
  },
  'DOOR-008': {
    kind: 'denied',
    title: { en: 'The signature leaves part of the request open', ko: '서명이 요청의 일부를 포함하지 않습니다' },
    help: {
      en: 'Cover "@method", "@target-uri" (or "@authority", "@path" and "@query"), and "content-digest" where there is a body.',
      ko: '"@method", "@target-uri"(또는 "@authority", "@path", "@query"), 본문이 있으면 "content-digest"도 서명하십시오.',
    },
  },
  'DOOR-009': {
    kind: 'denied',
    title: { en: 'The body is not what was signed', ko: '본문이 서명된 내용과 다릅니다' },
    help: {
      en: 'Send the Content-Digest (RFC 9530, sha-256 or sha-512) of exactly these bytes, and sign it.',
      ko: '보내는 바이트 그대로의 Content-Digest(RFC 9530, sha-256 또는 sha-512)를 보내고 서명하십시오.',
    },
  },
  'DOOR-010': {
    kind: 'denied',
    title: { en: 'The signature is not of now', ko: '지금 만든 서명이 아닙니다' },
    help: SET_CLOCK,
  },
  'DOOR-011': {
    kind: 'denied',
    title: { en: 'The signature is not accepted', ko: '서명을 받아들일 수 없습니다' },
    help: {
      en: 'The service is not registered, or another key signed, or something of the request was changed on its way.',
      ko: '등록되지 않은 서비스이거나, 다른 키로 서명했거나, 전송 중 요청이 바뀌었습니다.',
    },
  },
  'DOOR-012': {
    kind: 'denied',
    title: { en: 'The signed request came before', ko: '이미 받은 서명 요청입니다' },
    help: SIGN_AFRESH,
  },
  'DOOR-013': {
    kind: 'busy',
    title: { en: 'Too many requests to remember', ko: '기억할 수 있는 요청 수를 넘었습니다' },
    help: {
      en: 'Slow down. Nothing is taken that could not be recognised when it comes again.',
      ko: '요청 속도를 낮추십시오. 다시 왔을 때 알아볼 수 없는 요청은 받지 않습니다.',
    },
  },
  'DOOR-014': {
    kind: 'denied',
    title: { en: 'The request comes from another site', ko: '다른 사이트에서 온 요청입니다' },
    help: {
      en: 'Use the console of this server. A program that acts for a person sends the console’s origin in "Origin".',
      ko: '이 서버의 콘솔을 사용하십시오. 사람을 대신하는 프로그램은 콘솔의 origin을 "Origin" 헤더로 보내야 합니다.',
    },
  },
  'DOOR-015': {
    kind: 'denied',
    title: { en: 'The ceremony is over', ko: '진행 중인 절차가 아닙니다' },
    help: {
      en: 'Ask for new options and answer them once, within five minutes.',
      ko: '새 옵션을 요청하여 5분 안에 한 번만 응답하십시오.',
    },
  },
  'DOOR-016': {
    kind: 'denied',
    title: { en: 'The sign-in is not accepted', ko: '로그인할 수 없습니다' },
    help: {
      en: 'Use a passkey that is registered here. If yours is lost, ask the others to recover you.',
      ko: '이곳에 등록된 패스키를 사용하십시오. 패스키를 잃어버렸다면 다른 담당자에게 복구를 요청하십시오.',
    },
  },
  'DOOR-017': {
    kind: 'denied',
    title: { en: 'This kind of authenticator is not allowed', ko: '허용되지 않은 인증 장치입니다' },
    help: {
      en: 'Use an authenticator that the deployment’s attestation policy allows.',
      ko: '이 시스템의 증명 정책이 허용하는 인증 장치를 사용하십시오.',
    },
  },
  'DOOR-018': {
    kind: 'broken',
    title: { en: 'Two readers of one registration disagree', ko: '같은 등록 정보를 두 판독기가 다르게 읽었습니다' },
    help: {
      en: 'Nothing was registered. Keep the authenticator and tell security.',
      ko: '등록되지 않았습니다. 인증 장치를 보관하고 보안 담당자에게 알리십시오.',
    },
  },
  'DOOR-019': {
    kind: 'invalid',
    title: { en: 'The attestation policy contradicts itself', ko: '증명 정책이 서로 맞지 않습니다' },
    help: {
      en: 'Where attestation is asked for, name formats and root certificates; where it is not, name none.',
      ko: '증명을 요구하면 형식과 루트 인증서를 지정하고, 요구하지 않으면 지정하지 마십시오.',
    },
  },
  'DOOR-020': {
    kind: 'busy',
    title: { en: 'Too many wrong tries from this address', ko: '이 주소에서 잘못된 시도가 너무 많습니다' },
    help: {
      en: 'Wait for the time that Retry-After names. A right credential is taken at any time.',
      ko: 'Retry-After 시간만큼 기다리십시오. 올바른 자격 증명은 언제나 받습니다.',
    },
  },
  'DOOR-021': {
    kind: 'denied',
    title: { en: 'The enrolment link is not valid', ko: '유효하지 않은 등록 링크입니다' },
    help: {
      en: 'It was used, has expired or was replaced. Ask for a new one.',
      ko: '이미 사용되었거나 만료되었거나 교체되었습니다. 새 링크를 요청하십시오.',
    },
  },
  'DOOR-022': {
    kind: 'invalid',
    title: { en: 'The key of the service is not sound', ko: '서비스 키가 올바르지 않습니다' },
    help: {
      en: 'Give the 32 bytes of an Ed25519 public key in base64url without padding.',
      ko: 'Ed25519 공개 키 32바이트를 패딩 없는 base64url로 입력하십시오.',
    },
  },
  'DOOR-023': {
    kind: 'invalid',
    title: { en: 'The key of the device is not sound', ko: '기기 키가 올바르지 않습니다' },
    help: {
      en: 'Give the public half of a P-256 key as a JWK of "kty", "crv", "x" and "y", and nothing else.',
      ko: 'P-256 공개 키를 "kty", "crv", "x", "y"만 있는 JWK로 입력하십시오.',
    },
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(doorRefusals)
