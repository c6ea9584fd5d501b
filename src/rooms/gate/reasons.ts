/** Why a withdrawal was denied or is held: recorded with it, told to whoever asked, and explained by `pasu explain`. */
import type { RefusalCatalogue } from '../../kernel/refusal.ts'

export const reasonCatalogue = {
  'GATE-001': {
    kind: 'denied',
    title: { en: 'There is no such wallet', ko: '등록되지 않은 지갑입니다' },
    help: {
      en: 'Register the wallet, or ask again for one that is registered, under a new withdrawal id.',
      ko: '지갑을 등록하거나, 등록된 지갑으로 새 출금 번호를 써서 다시 요청하십시오.',
    },
  },
  'GATE-002': {
    kind: 'denied',
    title: { en: 'The wallet does not hold this asset', ko: '지갑에 등록되지 않은 자산입니다' },
    help: {
      en: 'Register the asset with the wallet, or choose the wallet that holds it, under a new withdrawal id.',
      ko: '지갑에 자산을 등록하거나 해당 자산을 보유한 지갑을 골라 새 출금 번호로 요청하십시오.',
    },
  },
  'GATE-003': {
    kind: 'denied',
    title: { en: 'No limit is set for this asset in this wallet', ko: '이 지갑의 자산에 설정된 한도가 없습니다' },
    help: {
      en: 'Without a limit nothing may leave. Set one in the policy, then ask again under a new withdrawal id.',
      ko: '한도가 없으면 출금할 수 없습니다. 정책에 한도를 설정한 뒤 새 출금 번호로 요청하십시오.',
    },
  },
  'GATE-004': {
    kind: 'denied',
    title: { en: 'The destination is not an address of the chain', ko: '해당 체인의 주소가 아닙니다' },
    help: {
      en: 'Coins sent to another chain, or to a malformed address, are lost. Check the address with whoever gave it.',
      ko: '다른 체인이나 잘못된 주소로 보낸 코인은 되찾을 수 없습니다. 주소를 다시 확인하십시오.',
    },
  },
  'GATE-005': {
    kind: 'denied',
    title: { en: 'The destination is the platform itself', ko: '도착지가 거래소 자신의 계정입니다' },
    help: {
      en: 'Only a treasury movement may go to another wallet of the platform, and none to the wallet that it leaves.',
      ko: '거래소의 다른 지갑으로는 자체 이동(treasury)만 가능하며, 같은 지갑으로는 보낼 수 없습니다.',
    },
  },
  'GATE-006': {
    kind: 'denied',
    title: { en: 'The destination is on a deny list', ko: '차단 목록에 있는 주소입니다' },
    help: {
      en: 'Do not tell the customer before compliance has decided what to report.',
      ko: '자금세탁방지 담당자가 보고 여부를 정하기 전에는 고객에게 알리지 마십시오.',
    },
  },
  'GATE-007': {
    kind: 'denied',
    title: { en: 'Withdrawals are halted', ko: '출금이 중단된 상태입니다' },
    help: {
      en: 'Ask again under a new withdrawal id once the halt is lifted.',
      ko: '중단이 해제된 뒤 새 출금 번호로 다시 요청하십시오.',
    },
  },
  'GATE-008': {
    kind: 'denied',
    title: { en: 'The wallet holds less than was asked', ko: '지갑 잔액보다 많은 금액입니다' },
    help: {
      en: 'Check the unit of the amount first: it is in base units. Then fund the wallet and ask again under a new withdrawal id.',
      ko: '먼저 금액의 단위(최소 단위)를 확인하십시오. 그 다음 지갑을 채우고 새 출금 번호로 요청하십시오.',
    },
  },
  'GATE-009': {
    kind: 'denied',
    title: { en: 'The amount is larger than the whole window', ko: '기간 한도 전체보다 큰 금액입니다' },
    help: {
      en: 'It could never be permitted. Split it, or change the policy first.',
      ko: '어떤 시점에도 허가될 수 없습니다. 나누어 요청하거나 먼저 정책을 변경하십시오.',
    },
  },
  'GATE-010': {
    kind: 'denied',
    title: { en: 'The waiting line is full', ko: '대기열이 가득 찼습니다' },
    help: {
      en: 'As much already waits as one whole window can let go. Ask again later under a new withdrawal id.',
      ko: '한 기간의 한도만큼 이미 대기 중입니다. 나중에 새 출금 번호로 다시 요청하십시오.',
    },
  },
  'GATE-011': {
    kind: 'denied',
    title: { en: 'Over the limit of one withdrawal', ko: '1회 출금 한도를 넘었습니다' },
    help: {
      en: 'A person must release or reject it before its time is up.',
      ko: '기한이 지나기 전에 담당자가 승인하거나 거절해야 합니다.',
    },
  },
  'GATE-012': {
    kind: 'denied',
    title: { en: 'Waits for room in the window', ko: '기간 한도에 여유가 생기기를 기다립니다' },
    help: {
      en: 'Nothing to do: it is permitted in its turn, at the latest at the time given. Nobody can put it before its time.',
      ko: '조치할 것이 없습니다. 늦어도 표시된 시각에 차례대로 허가됩니다. 아무도 앞당길 수 없습니다.',
    },
  },
  'GATE-013': {
    kind: 'denied',
    title: { en: 'A cold wallet waits for a person', ko: '콜드 지갑은 담당자의 승인이 필요합니다' },
    help: {
      en: 'A person must release or reject each movement out of a cold wallet.',
      ko: '콜드 지갑에서 나가는 모든 이동은 담당자가 승인하거나 거절해야 합니다.',
    },
  },
  'GATE-014': {
    kind: 'denied',
    title: { en: 'Its time to wait is up', ko: '대기 기한이 지났습니다' },
    help: {
      en: 'Nobody released it in time, or the window was made smaller meanwhile. Ask again under a new withdrawal id.',
      ko: '기한 안에 승인되지 않았거나 그 사이 한도가 줄었습니다. 새 출금 번호로 다시 요청하십시오.',
    },
  },
  'GATE-015': {
    kind: 'denied',
    title: { en: 'A person rejected it', ko: '담당자가 거절했습니다' },
    help: { en: 'The detail gives the reason.', ko: '상세 내용에 사유가 있습니다.' },
  },
} as const satisfies RefusalCatalogue

export type ReasonCode = keyof typeof reasonCatalogue
