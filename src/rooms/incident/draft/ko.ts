/** The words of a Korean notice, in the formal style of reports to an authority. */
import { formatDecimal, grouped } from '../../../kernel/money.ts'
import { kst, utc } from '../../../kernel/time.ts'
import type { Channel } from '../messages.ts'
import { chainName } from './chains.ts'
import { spanKo } from './span.ts'
import type { Words } from './words.ts'

const won = (amount: bigint): string => `${grouped(amount.toString())}원`
const LETTERS = ['가', '나', '다', '라', '마', '바', '사', '아', '자', '차', '카', '타']

const CHANNELS: Readonly<Record<Channel, string>> = { mail: '전자우편', webhook: '웹훅' }

export const ko: Words = {
  language: 'ko',
  time: (at) => `${kst(at)} (${utc(at)})`,
  pending: '확인 중',
  unset: { reporter: '[보고자 정보를 등록하여야 합니다]', platform: '[사업자명 미등록]' },
  proposed:
    '[참고] 이 문서는 제정·개정이 추진 중인 규정에 대비하여 작성한 것으로, 현행 법령상 의무에 따른 것이 아닙니다.',
  kind: {
    theft: '승인되지 않은 가상자산 출금(탈취 의심)',
    delegation: '지갑 처분 권한의 무단 위임(탈취 위험)',
    blind: '네트워크 거래 내역 확인 불능',
    block: '가상자산 입출금 중단',
  },
  reason: {
    theft: '승인되지 않은 출금이 확인되어 이용자의 가상자산을 긴급히 보호할 필요가 있음',
    delegation:
      '지갑의 처분 권한이 제3자에게 무단으로 위임된 사실이 확인되어 이용자의 가상자산을 긴급히 보호할 필요가 있음',
    blind: '네트워크의 거래 내역을 확인할 수 없어 이용자의 가상자산을 안전하게 보호할 필요가 있음',
  },
  fact: {
    halted: '입출금 중단',
    lifted: '입출금 중단 해제',
    evacuation_ordered: '잔여 자산의 비상 이전 지시',
    evacuated: '잔여 자산의 비상 이전 완료',
    traced: '유출 자산 추적 결과 확보',
    trace_failed: '유출 자산 추적 계산 실패',
    loss_computed: '피해액 산정',
    repayment_planned: '이용자 피해 보상 계획 수립',
    repaid: '이용자 피해 보상 지급',
    blinded: '네트워크 거래 내역 확인 불능',
    restored: '네트워크 거래 내역 확인 재개',
    delegated: '무단 위임 추가 확인',
    delivery_failed: '통지 발송 실패',
    note: '메모',
  },
  head: { to: '수신', from: '발신', incident: '사건번호', asOf: '작성 기준 일시' },
  under: (act, basis) => `${basis}에 따라 아래와 같이 ${act}합니다.`,
  section: {
    what: '사고 개요',
    damage: '피해 현황',
    done: '조치 현황',
    asked: '법정 기재사항',
    contact: '담당 부서 및 연락처',
    stopped: '입출금 중단 내용',
    care: '유의 사항',
    resume: '입출금 재개',
    basis: '근거 법령',
  },
  what: {
    kind: '유형',
    wallet: '대상 지갑',
    chain: '대상 네트워크',
    happened: '최초 발생 일시(블록 기준)',
    aware: '최초 인지 일시',
    movements: '승인되지 않은 이체',
    count: (count) => `${grouped(String(count))}건`,
    between: (first, last) => `${first}부터 ${last}까지`,
    retracted: '체인 재편성으로 취소되어 집계에서 제외한 이체',
  },
  amount: ({ asset, amount, symbol, decimals }) =>
    symbol === undefined || decimals === undefined
      ? `${asset} ${grouped(amount.toString())}(최소 단위)`
      : `${grouped(formatDecimal(amount, decimals))} ${symbol}`,
  krw: won,
  noPrice: '원화 환산액 확인 중',
  total: '원화 환산 합계(유출 시점 시세)',
  noLoss: '현재까지 확인된 유출 없음',
  listed: '이체 내역',
  more: (count) => `외 ${grouped(String(count))}건`,
  omitted: (count) => `중간 ${grouped(String(count))}건 생략`,
  scope: ({ chain, wallet, asset, symbol }) => {
    if (asset !== undefined) return symbol === undefined ? asset : `${symbol} (${asset})`
    if (wallet !== undefined) return `지갑 ${wallet}`
    return chain === undefined ? '전체 가상자산' : `${chainName(chain, 'ko')} 네트워크의 가상자산`
  },
  see: (section) => `위 ${section}항과 같음`,
  letters: (place) => `${LETTERS[place] ?? place + 1}.`,
  run: (run) => ` (${run}차)`,
  span: spanKo,
  told: {
    further: '승인되지 않은 이체 추가 확인',
    undone: '체인 재편성으로 취소된 이체',
    closed: '사건 종결',
    traced: ({ trace, addresses, edges }) =>
      `${trace}, 주소 ${grouped(String(addresses))}개, 이체 ${grouped(String(edges))}건`,
    repaid: ({ claims, planned = claims, unfunded = 0, krw }) =>
      `청구 ${claims}건 중 ${planned}건, ${won(BigInt(krw))}${unfunded === 0 ? '' : `; ${unfunded}건은 아직 지급할 수 없음`}`,
    lasted: (lasted) => `${lasted} 만에`,
    letAct: (who, tx) => `${who}에 처분 권한 위임 (${tx})`,
    due: (when) => `기한 ${when}`,
    dueUnset: '법정 기한 미정',
    missed: '기한 경과',
    afterDue: (late) => `기한 경과 후 ${late}`,
    sent: (notice, channel, to) => `${notice} 발송(${CHANNELS[channel]}: ${to})`,
  },
  close: '※ 위 내용은 작성 기준 일시까지 확인된 사실이며, 추가로 확인되는 사항은 지체 없이 알려 드리겠습니다. 끝.',
  customers: {
    greeting: '이용자 여러분께 알려 드립니다.',
    intro: {
      theft:
        '당사가 관리하는 지갑에서 승인되지 않은 가상자산 출금이 확인되어, 이용자의 자산을 보호하기 위해 아래와 같이 조치하였습니다.',
      delegation:
        '당사가 관리하는 지갑의 처분 권한이 무단으로 위임된 사실이 확인되어, 이용자의 자산을 보호하기 위해 아래와 같이 조치하였습니다.',
      blind:
        '가상자산 네트워크의 거래 내역을 확인할 수 없어, 이용자의 자산을 보호하기 위해 아래와 같이 조치하였습니다.',
      block: '당사는 아래와 같이 가상자산의 입금과 출금을 일시 중단하였습니다.',
    },
    target: '중단 대상',
    since: '중단 일시',
    until: '해제 일시',
    reason: '중단 사유',
    happened: '발생 일시',
    aware: '인지 일시',
    suspected: '유출이 의심되는 가상자산',
    value: '원화 환산액(유출 시점 시세)',
    care: [
      '입출금이 재개될 때까지 중단 대상 가상자산을 기존 입금 주소로 보내지 마시기 바랍니다.',
      '당사는 전화, 문자메시지, 전자우편으로 비밀번호나 인증번호, 개인키를 요구하지 않습니다. 이를 요구하는 연락은 사칭이므로 응하지 마시기 바랍니다.',
    ],
    resume: '안전성이 확인되는 대로 재개 일시를 별도로 공지하겠습니다.',
    further: '추가로 확인되는 사실은 지체 없이 공지하겠습니다. 불편을 드려 대단히 죄송합니다.',
    contact: '문의처',
  },
}
