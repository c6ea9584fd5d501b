/** What the gate refuses: nothing is recorded and nothing changes. What it denies or holds is in `reasons.ts`, and is recorded. */
import { type RefusalCatalogue, refuser } from '../../kernel/refusal.ts'
import { reasonCatalogue } from './reasons.ts'

export const gateRefusals = {
  ...reasonCatalogue,
  'GATE-020': {
    kind: 'conflict',
    title: { en: 'The withdrawal id was used for another request', ko: '다른 요청에 쓰인 출금 번호입니다' },
    help: {
      en: 'One id stands for one request for ever. Use a new id for a changed request.',
      ko: '출금 번호 하나는 하나의 요청만 가리킵니다. 내용을 바꾸려면 새 번호를 쓰십시오.',
    },
  },
  'GATE-021': {
    kind: 'missing',
    title: { en: 'There is no such withdrawal', ko: '해당 출금이 없습니다' },
    help: { en: 'Check the id.', ko: '번호를 확인하십시오.' },
  },
  'GATE-022': {
    kind: 'conflict',
    title: { en: 'The withdrawal does not wait for a person', ko: '담당자를 기다리는 출금이 아닙니다' },
    help: {
      en: 'It was decided already, or waits for its window. Look at its present status.',
      ko: '이미 결정되었거나 기간 한도를 기다리는 중입니다. 현재 상태를 확인하십시오.',
    },
  },
  'GATE-023': {
    kind: 'denied',
    title: { en: 'No release during a halt', ko: '중단 중에는 승인할 수 없습니다' },
    help: { en: 'Lift the halt first, or reject the withdrawal.', ko: '먼저 중단을 해제하거나 출금을 거절하십시오.' },
  },
  'GATE-024': {
    kind: 'invalid',
    title: { en: 'The wallet contradicts itself', ko: '지갑 정보가 서로 맞지 않습니다' },
    help: {
      en: 'Account, refuge and assets must be on the wallet’s own chain, each asset once, and the refuge another account.',
      ko: '계정, 피난 주소, 자산은 모두 지갑의 체인에 있어야 하고, 자산은 한 번씩만, 피난 주소는 다른 계정이어야 합니다.',
    },
  },
  'GATE-025': {
    kind: 'conflict',
    title: { en: 'The wallet is registered otherwise', ko: '지갑이 다른 내용으로 등록되어 있습니다' },
    help: {
      en: 'Kind, account, refuge and assets stay as registered; assets, and a refuge where there is none, may be added.',
      ko: '종류, 계정, 피난 주소, 자산은 바꿀 수 없습니다. 자산 추가와 비어 있는 피난 주소의 등록만 가능합니다.',
    },
  },
  'GATE-026': {
    kind: 'conflict',
    title: { en: 'The account belongs to another wallet', ko: '다른 지갑의 계정입니다' },
    help: { en: 'One account is one wallet. Check both.', ko: '계정 하나는 지갑 하나입니다. 둘을 확인하십시오.' },
  },
  'GATE-027': {
    kind: 'invalid',
    title: { en: 'The policy contradicts itself', ko: '정책이 서로 맞지 않습니다' },
    help: {
      en: 'One limit for each wallet and asset, no withdrawal above its window, and more time to land than to live.',
      ko: '지갑과 자산마다 한도 하나, 1회 한도는 기간 한도 이하, 착지 시간은 허가 수명보다 길어야 합니다.',
    },
  },
  'GATE-028': {
    kind: 'missing',
    title: { en: 'It names a wallet or an asset that is not registered', ko: '등록되지 않은 지갑 또는 자산입니다' },
    help: {
      en: 'Check the spelling, or register it first. A halt or limit of something misspelt would guard nothing.',
      ko: '철자를 확인하거나 먼저 등록하십시오. 잘못 적힌 대상의 중단이나 한도는 아무것도 지키지 못합니다.',
    },
  },
  'GATE-029': {
    kind: 'missing',
    title: { en: 'There is no such permit', ko: '해당 허가가 없습니다' },
    help: { en: 'Check the id.', ko: '번호를 확인하십시오.' },
  },
  'GATE-030': {
    kind: 'conflict',
    title: { en: 'The permit was spent by another transaction', ko: '다른 거래가 이미 사용한 허가입니다' },
    help: {
      en: 'A permit covers one movement. A second one without its own permit is a suspected theft.',
      ko: '허가는 하나의 이동만 허용합니다. 두 번째 이동은 도난으로 의심됩니다.',
    },
  },
  'GATE-031': {
    kind: 'conflict',
    title: { en: 'The amount is not the permitted one', ko: '허가된 금액과 다릅니다' },
    help: {
      en: 'A withdrawal moves exactly its amount, an evacuation at most its ceiling. Look for who signed it.',
      ko: '출금은 허가된 금액 그대로, 대피는 상한 이하여야 합니다. 누가 서명했는지 확인하십시오.',
    },
  },
  'GATE-032': {
    kind: 'denied',
    title: { en: 'The wallet has no refuge', ko: '피난 주소가 없는 지갑입니다' },
    help: {
      en: 'Nothing can be evacuated. Register a refuge for the wallet now, then order the evacuation.',
      ko: '대피할 곳이 없습니다. 지금 피난 주소를 등록한 뒤 대피를 지시하십시오.',
    },
  },
  'GATE-033': {
    kind: 'conflict',
    title: { en: 'No evacuation has landed by this permit', ko: '이 허가로 완료된 대피가 없습니다' },
    help: { en: 'It is told by the settling of its permit.', ko: '허가가 사용된 뒤에 기록됩니다.' },
  },
  'GATE-034': {
    kind: 'invalid',
    title: { en: 'The deny list has an entry that is no account', ko: '차단 목록에 계정이 아닌 항목이 있습니다' },
    help: {
      en: 'Each entry is a CAIP-10 account, or "*:" and an address where the list names no chain.',
      ko: '각 항목은 CAIP-10 계정이거나, 체인이 없으면 "*:" 뒤에 주소를 적습니다.',
    },
  },
  'GATE-035': {
    kind: 'missing',
    title: { en: 'There is no such wallet', ko: '해당 지갑이 없습니다' },
    help: { en: 'Check the name.', ko: '이름을 확인하십시오.' },
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(gateRefusals)
