/** The liability room's refusals. */
import { refuser } from '../../kernel/refusal.ts'

export const liabilityRefusals = {
  'LIABILITY-001': {
    kind: 'invalid',
    title: { en: 'An asset has two prices in one list', ko: '한 목록에 같은 자산의 가격이 두 번 있습니다' },
    help: {
      en: 'Leave one price for each asset and instant.',
      ko: '자산과 시점마다 가격을 하나만 남기십시오.',
    },
  },
  'LIABILITY-002': {
    kind: 'conflict',
    title: { en: 'The asset is known with other decimals', ko: '이미 등록된 자산의 소수 자릿수와 다릅니다' },
    help: {
      en: 'The decimals of a coin never change. Check the file: a price for the wrong unit values a loss a thousandfold.',
      ko: '코인의 소수 자릿수는 변하지 않습니다. 파일을 확인하십시오. 단위가 틀리면 피해액이 크게 달라집니다.',
    },
  },
  'LIABILITY-003': {
    kind: 'denied',
    title: { en: 'More was drawn from the fund already', ko: '이미 그보다 많은 금액이 사용되었습니다' },
    help: {
      en: 'A budget cannot fall below what repayments have drawn from it. Set at least that amount.',
      ko: '예산은 이미 배정된 금액보다 낮을 수 없습니다. 그 이상의 금액을 지정하십시오.',
    },
  },
  'LIABILITY-004': {
    kind: 'conflict',
    title: {
      en: 'The movement is counted already, with other particulars',
      ko: '이미 다른 내용으로 집계된 이동입니다',
    },
    help: {
      en: 'One movement is one loss. Look at what was recorded of it first; nothing was added.',
      ko: '하나의 이동은 한 번만 집계됩니다. 먼저 기록된 내용을 확인하십시오. 추가된 것은 없습니다.',
    },
  },
  'LIABILITY-005': {
    kind: 'invalid',
    title: { en: 'The asset or account is on another chain', ko: '자산 또는 계정의 체인이 다릅니다' },
    help: {
      en: 'Name an asset and an account of one chain.',
      ko: '같은 체인의 자산과 계정을 지정하십시오.',
    },
  },
  'LIABILITY-006': {
    kind: 'missing',
    title: { en: 'No loss is recorded for this case', ko: '이 사건에 기록된 피해가 없습니다' },
    help: {
      en: 'Check the name of the incident. A case without a stolen movement has nothing to repay.',
      ko: '사건 이름을 확인하십시오. 도난이 기록되지 않은 사건에는 상환할 것이 없습니다.',
    },
  },
  'LIABILITY-007': {
    kind: 'denied',
    title: { en: 'The claims exceed the loss', ko: '청구 합계가 피해를 넘습니다' },
    help: {
      en: 'The claims of a case are together at most its loss of each asset. The detail says how much is left.',
      ko: '사건의 청구 합계는 자산별 피해를 넘을 수 없습니다. 남은 수량은 상세 내용에 있습니다.',
    },
  },
  'LIABILITY-008': {
    kind: 'conflict',
    title: { en: 'The claim is filed already, with other particulars', ko: '이미 다른 내용으로 접수된 청구입니다' },
    help: {
      en: 'A claim does not change. Withdraw it and file the corrected one under a new id.',
      ko: '청구 내용은 바뀌지 않습니다. 철회한 뒤 새 번호로 접수하십시오.',
    },
  },
  'LIABILITY-009': {
    kind: 'missing',
    title: { en: 'No such claim', ko: '없는 청구입니다' },
    help: { en: 'Check the id of the claim.', ko: '청구 번호를 확인하십시오.' },
  },
  'LIABILITY-010': {
    kind: 'denied',
    title: { en: 'The claim is being paid or was paid', ko: '이미 지급 중이거나 지급된 청구입니다' },
    help: {
      en: 'Once the gate was asked to pay, a claim can be withdrawn only after the gate has refused it.',
      ko: '출금을 요청한 뒤에는 관문이 거절한 경우에만 철회할 수 있습니다.',
    },
  },
  'LIABILITY-011': {
    kind: 'invalid',
    title: { en: 'An asset has two wallets in one order', ko: '한 지시에 같은 자산의 지갑이 두 개 있습니다' },
    help: { en: 'Name one wallet for each asset.', ko: '자산마다 지갑을 하나만 지정하십시오.' },
  },
  'LIABILITY-012': {
    kind: 'denied',
    title: { en: 'The wallet cannot pay this asset now', ko: '지금 이 지갑에서 이 자산을 지급할 수 없습니다' },
    help: {
      en: 'Name another wallet, or lift the halt first. Nothing was asked of the gate, so nothing is refused for good.',
      ko: '다른 지갑을 지정하거나 먼저 정지를 해제하십시오. 관문에 요청하지 않았으므로 확정된 거절은 없습니다.',
    },
  },
  'LIABILITY-013': {
    kind: 'denied',
    title: { en: 'The chain took back a part of the loss', ko: '체인 재구성으로 피해 일부가 취소되었습니다' },
    help: {
      en: 'The claims for this asset now exceed its loss. Withdraw those that no longer stand, then pay.',
      ko: '이 자산의 청구가 피해를 넘습니다. 성립하지 않는 청구를 철회한 뒤 지급하십시오.',
    },
  },
} as const

export const refuse = refuser(liabilityRefusals)
