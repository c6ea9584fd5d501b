/** The words of the picture in both languages. */
export type Language = 'en' | 'ko'

export interface Words {
  readonly title: string
  readonly source: string
  readonly moreSources: (count: number) => string
  readonly hop: (hop: number) => string
  readonly hopOn: (hop: number) => string
  readonly services: string
  readonly moreAddresses: (count: number) => string
  readonly moreServices: (count: number) => string
  readonly from: string
  readonly holds: string
  readonly returned: string
  readonly stolen: string
  readonly inServices: string
  readonly atAddresses: string
  readonly cameBack: string
  readonly unaccounted: string
  readonly scale: string
  readonly stub: string
  readonly backward: string
  readonly folded: (shown: number, all: number) => string
  readonly notDrawn: (flows: number, amount: string) => string
  readonly received: string
  readonly left: string
  readonly transfers: (count: number) => string
  readonly fifo: string
  readonly nothing: string
  readonly kinds: Readonly<Record<string, string>>
}

const en: Words = {
  title: 'Where the stolen coins went',
  source: 'Source',
  moreSources: (count) => `${count} more sources`,
  hop: (hop) => `Hop ${hop}`,
  hopOn: (hop) => `Hop ${hop} and on`,
  services: 'Services',
  moreAddresses: (count) => `${count} more addresses`,
  moreServices: (count) => `${count} more services`,
  from: 'from',
  holds: 'still here',
  returned: 'came back',
  stolen: 'Stolen',
  inServices: 'entered services',
  atAddresses: 'still at addresses',
  cameBack: 'came back to a source',
  unaccounted: 'unaccounted',
  scale: 'Thickness: square root of the value',
  stub: 'not followed: still here when the transfers end (from 1 % of a node)',
  backward: 'to the same or an earlier hop (thickness says nothing)',
  folded: (shown, all) =>
    `${shown} of ${all} addresses and services drawn singly, the largest first; the others are folded`,
  notDrawn: (flows, amount) =>
    flows === 1
      ? `1 small flow to the same or an earlier hop not drawn, ${amount}`
      : `${flows} small flows to the same or an earlier hop not drawn, ${amount} in all`,
  received: 'received',
  left: 'sent on',
  transfers: (count) => (count === 1 ? '1 transfer' : `${count} transfers`),
  fifo: 'Method: first in, first out',
  nothing: 'No stolen coins left a source in these transfers.',
  kinds: {
    exchange: 'exchange',
    mixer: 'mixer',
    bridge: 'bridge',
    dex: 'decentralised exchange',
    mining: 'mining pool',
    other: 'service',
    address: 'address',
  },
}

const ko: Words = {
  title: '도난 자산의 흐름',
  source: '출처',
  moreSources: (count) => `그 외 출처 ${count}개`,
  hop: (hop) => `${hop}단계`,
  hopOn: (hop) => `${hop}단계 이후`,
  services: '서비스',
  moreAddresses: (count) => `그 외 주소 ${count}개`,
  moreServices: (count) => `그 외 서비스 ${count}개`,
  from: '최초',
  holds: '남아 있음',
  returned: '되돌아옴',
  stolen: '도난',
  inServices: '서비스로 유입',
  atAddresses: '주소에 남음',
  cameBack: '출처로 되돌아옴',
  unaccounted: '설명되지 않음',
  scale: '굵기: 금액의 제곱근',
  stub: '추적 끝: 자료의 마지막까지 이곳에 남아 있음(1 % 이상만 표시)',
  backward: '같은 단계나 앞 단계로 감(굵기는 금액과 무관)',
  folded: (shown, all) => `주소와 서비스 ${all}개 중 큰 것부터 ${shown}개를 따로 그리고 나머지는 묶음`,
  notDrawn: (flows, amount) => `같은 단계나 앞 단계로 가는 작은 흐름 ${flows}개(합계 ${amount})는 그리지 않음`,
  received: '받음',
  left: '보냄',
  transfers: (count) => `전송 ${count}건`,
  fifo: '방법: 선입선출',
  nothing: '이 전송 내역에는 출처에서 나간 도난 자산이 없습니다.',
  kinds: {
    exchange: '거래소',
    mixer: '믹서',
    bridge: '브리지',
    dex: '탈중앙화 거래소',
    mining: '채굴 풀',
    other: '서비스',
    address: '주소',
  },
}

export const words: Readonly<Record<Language, Words>> = { en, ko }
