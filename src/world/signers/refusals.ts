/** What can go wrong between Pasu and the signer that carries out an evacuation. */
import { type RefusalCatalogue, Refused, refuser } from '../../kernel/refusal.ts'

export const signerRefusals = {
  'SIGNER-001': {
    kind: 'invalid',
    title: { en: 'The signer’s address is not allowed', ko: '서명기 주소를 사용할 수 없습니다' },
    help: {
      en: 'Give an https URL without user and password; http is taken on this machine alone.',
      ko: '사용자와 비밀번호가 없는 https URL을 적으십시오. http는 같은 서버에서만 허용됩니다.',
    },
  },
  'SIGNER-002': {
    kind: 'broken',
    title: { en: 'The signer cannot be reached', ko: '서명기에 연결할 수 없습니다' },
    help: {
      en: 'Pasu tries again by itself. While a theft runs, sign the evacuation by hand: the permit names what and where to.',
      ko: 'Pasu가 자동으로 다시 시도합니다. 탈취가 진행 중이면 허가에 적힌 대로 직접 대피 거래에 서명하십시오.',
    },
  },
  'SIGNER-003': {
    kind: 'denied',
    title: { en: 'The signer refused', ko: '서명기가 거절했습니다' },
    help: {
      en: 'The detail has its answer. A permit that expired is renewed; any other reason needs a person.',
      ko: '상세 내용에 응답이 있습니다. 만료된 허가는 갱신되며, 다른 이유는 담당자가 확인해야 합니다.',
    },
  },
  'SIGNER-004': {
    kind: 'broken',
    title: { en: 'The signer’s answer cannot be understood', ko: '서명기의 응답을 이해할 수 없습니다' },
    help: {
      en: 'It must answer 2xx with JSON that has a "receipt" of 1 to 300 characters, and no redirect.',
      ko: '2xx 상태와 1~300자의 "receipt"가 든 JSON으로 답해야 하며, 리디렉션은 허용되지 않습니다.',
    },
  },
} as const satisfies RefusalCatalogue

const refuse = refuser(signerRefusals)

export const refused = (code: keyof typeof signerRefusals, detail: string, options?: ErrorOptions): Refused =>
  new Refused(refuse(code, detail), options)
