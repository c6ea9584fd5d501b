/** What the door itself refuses, before or after a room was asked. */
import { type RefusalCatalogue, Refused, type RefuseMore, refuser } from '../kernel/refusal.ts'

export const serverRefusals = {
  'HTTP-001': {
    kind: 'invalid',
    title: { en: 'The body is not sound JSON', ko: '본문이 올바른 JSON이 아닙니다' },
    help: {
      en: 'Send one JSON object in UTF-8, each member once. Nothing was changed.',
      ko: 'UTF-8로 된 JSON 객체 하나를 보내고 같은 이름은 한 번만 쓰십시오. 변경된 것은 없습니다.',
    },
  },
  'HTTP-002': {
    kind: 'denied',
    title: { en: 'Nobody is known to ask', ko: '누가 요청하는지 알 수 없습니다' },
    help: {
      en: 'People sign in with a passkey; service accounts sign their requests; on the server itself send "Authorization: Bearer …" with host.token.',
      ko: '사람은 패스키로 로그인하고 서비스 계정은 요청에 서명하며, 서버에서는 host.token을 "Authorization: Bearer …"로 보내십시오.',
    },
  },
  'HTTP-003': {
    kind: 'denied',
    title: { en: 'This is for another kind of caller', ko: '다른 종류의 요청자만 할 수 있습니다' },
    help: {
      en: 'What people do, they do in their own name: sign in. Machines use the endpoints that are listed for services.',
      ko: '사람의 행위는 본인 이름으로 로그인하여 하십시오. 기계는 서비스용 주소만 쓸 수 있습니다.',
    },
  },
  'HTTP-004': {
    kind: 'busy',
    title: { en: 'Too many wrong tokens from this address', ko: '이 주소에서 잘못된 토큰이 너무 많습니다' },
    help: {
      en: 'Correct the token and wait for the time that Retry-After names. A right token is taken at any time.',
      ko: '토큰을 바로잡고 Retry-After 시간만큼 기다리십시오. 올바른 토큰은 언제나 받습니다.',
    },
  },
  'HTTP-005': {
    kind: 'missing',
    title: { en: 'No such endpoint', ko: '없는 주소입니다' },
    help: { en: '/openapi.json lists them all.', ko: '전체 목록은 /openapi.json에 있습니다.' },
  },
  'HTTP-006': {
    kind: 'invalid',
    title: { en: 'The endpoint does not take this method', ko: '이 주소가 받지 않는 메서드입니다' },
    help: { en: 'Use a method that Allow names.', ko: 'Allow 헤더에 있는 메서드를 쓰십시오.' },
  },
  'HTTP-007': {
    kind: 'invalid',
    title: { en: 'The body has another media type than JSON', ko: '본문 형식이 JSON이 아닙니다' },
    help: { en: 'Send "Content-Type: application/json".', ko: '"Content-Type: application/json"으로 보내십시오.' },
  },
  'HTTP-008': {
    kind: 'invalid',
    title: { en: 'The body is too large', ko: '본문이 너무 큽니다' },
    help: {
      en: 'Send it in parts: one command is one journal entry. Nothing was changed.',
      ko: '나누어 보내십시오. 명령 하나는 원장 항목 하나입니다. 변경된 것은 없습니다.',
    },
  },
  'HTTP-009': {
    kind: 'denied',
    title: { en: 'This server does not have that name', ko: '이 서버의 이름이 아닙니다' },
    help: {
      en: 'Use 127.0.0.1 or localhost, or list the name under listen.names in config.json.',
      ko: '127.0.0.1 또는 localhost를 쓰거나 config.json의 listen.names에 이름을 추가하십시오.',
    },
  },
  'HTTP-010': {
    kind: 'invalid',
    title: { en: 'Path, query and body do not fit together', ko: '경로, 질의, 본문이 서로 맞지 않습니다' },
    help: {
      en: 'Give each parameter once, where /openapi.json lists it.',
      ko: '각 매개변수를 /openapi.json에 적힌 자리에 한 번만 쓰십시오.',
    },
  },
  'HTTP-011': {
    kind: 'busy',
    title: { en: 'Too many open streams', ko: '열린 스트림이 너무 많습니다' },
    help: {
      en: 'Close streams that nobody reads, and try again later.',
      ko: '쓰지 않는 스트림을 닫고 잠시 뒤 다시 시도하십시오.',
    },
  },
  'HTTP-012': {
    kind: 'invalid',
    title: { en: 'Last-Event-ID names no entry of this journal', ko: 'Last-Event-ID가 이 원장의 항목이 아닙니다' },
    help: {
      en: 'Send the id of the last event received, or none to begin with what comes next.',
      ko: '마지막으로 받은 이벤트의 id를 보내거나, 없이 시작하십시오.',
    },
  },
  'HTTP-013': {
    kind: 'broken',
    title: { en: 'A fault of the server', ko: '서버 결함입니다' },
    help: {
      en: 'Ask again for what was changed before repeating it; tell us the time and the endpoint.',
      ko: '반복하기 전에 무엇이 변경되었는지 확인하고 시각과 주소를 알려 주십시오.',
    },
  },
  'HTTP-014': {
    kind: 'invalid',
    title: { en: 'The request is not sound HTTP', ko: '올바른 HTTP 요청이 아닙니다' },
    help: { en: 'Correct the request line, its path or its headers.', ko: '요청 줄, 경로, 헤더를 바로잡으십시오.' },
  },
  'HTTP-015': {
    kind: 'denied',
    title: { en: 'Without TLS the server stays on this machine', ko: 'TLS 없이는 외부에서 접속할 수 없습니다' },
    help: {
      en: 'Set listen.tls in config.json; or, behind a proxy that ends TLS, listen.allow_plain_beyond_loopback or --allow-plain.',
      ko: 'config.json에 listen.tls를 설정하십시오. TLS를 끝내는 프록시 뒤라면 listen.allow_plain_beyond_loopback 또는 --allow-plain을 쓰십시오.',
    },
  },
  'HTTP-016': {
    kind: 'conflict',
    title: { en: 'The port is in use', ko: '포트를 이미 쓰고 있습니다' },
    help: {
      en: 'Stop the other program, or choose another port with --port or listen.port.',
      ko: '다른 프로그램을 끄거나 --port 또는 listen.port로 다른 포트를 고르십시오.',
    },
  },
  'HTTP-017': {
    kind: 'broken',
    title: { en: 'The server cannot listen there', ko: '그 주소에서 수신할 수 없습니다' },
    help: {
      en: 'Check listen.host and listen.port; ports below 1024 need a right of their own.',
      ko: 'listen.host와 listen.port를 확인하십시오. 1024 미만 포트는 별도 권한이 필요합니다.',
    },
  },
  'HTTP-018': {
    kind: 'broken',
    title: { en: 'The TLS key or certificate cannot be used', ko: 'TLS 키나 인증서를 쓸 수 없습니다' },
    help: {
      en: 'Give listen.tls two PEM files that belong together, the key with mode 0600.',
      ko: 'listen.tls에 서로 맞는 PEM 파일 두 개를 지정하고 키는 0600으로 두십시오.',
    },
  },
  'HTTP-019': {
    kind: 'missing',
    title: { en: 'No such file', ko: '없는 파일입니다' },
    help: {
      en: 'The journal may not reach so far, or the result is not computed yet.',
      ko: '원장이 거기까지 없거나 결과가 아직 계산되지 않았습니다.',
    },
  },
  'HTTP-020': {
    kind: 'missing',
    title: { en: 'No such refusal', ko: '없는 거절 번호입니다' },
    help: {
      en: 'A number looks like GATE-014. See that it is of this version of Pasu.',
      ko: '번호는 GATE-014와 같은 형식입니다. 이 판의 번호인지 확인하십시오.',
    },
  },
  'HTTP-021': {
    kind: 'busy',
    title: { en: 'A verification is under way', ko: '검증이 진행 중입니다' },
    help: {
      en: 'One runs at a time, for it reads the whole journal. Ask again in a moment.',
      ko: '원장 전체를 읽으므로 한 번에 하나만 실행합니다. 잠시 뒤 다시 요청하십시오.',
    },
  },
  'HTTP-022': {
    kind: 'denied',
    title: { en: 'Nobody is registered yet', ko: '아직 등록된 사람이 없습니다' },
    help: {
      en: 'Enrol the first person by the link that pasu init made; its token is in enrol.token. Until then the host only reads and halts.',
      ko: 'pasu init이 만든 링크로 첫 사람을 등록하십시오(토큰은 enrol.token에 있음). 그때까지 서버에서는 조회와 정지만 할 수 있습니다.',
    },
  },
  'HTTP-023': {
    kind: 'broken',
    title: { en: 'Who may do what could not be read', ko: '권한 정책을 읽을 수 없습니다' },
    help: {
      en: 'Nothing was done, and nothing will be until it can. Restore src/rooms/access/policies from the release and restart.',
      ko: '수행된 것이 없으며 복구될 때까지 모두 거부됩니다. 릴리스의 src/rooms/access/policies를 복원하고 다시 시작하십시오.',
    },
  },
} as const satisfies RefusalCatalogue

export type ServerCode = keyof typeof serverRefusals
export const refuse = refuser(serverRefusals)
export const refused = (code: ServerCode, detail: string, more: RefuseMore & ErrorOptions = {}): Refused => {
  const { cause, ...rest } = more
  return new Refused(refuse(code, detail, rest), { cause })
}
