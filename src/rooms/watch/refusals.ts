/** The watch's numbered refusals. */
import { refuser } from '../../kernel/refusal.ts'

export const watchRefusals = {
  'WATCH-001': {
    kind: 'conflict',
    title: { en: 'A block would be skipped', ko: '건너뛴 블록이 있습니다' },
    help: {
      en: 'Read again from the cursor that the context names; nothing was changed. A watch never skips a block.',
      ko: '표시된 커서부터 다시 읽으십시오. 변경된 것은 없습니다. 감시는 블록을 건너뛰지 않습니다.',
    },
  },
  'WATCH-002': {
    kind: 'conflict',
    title: { en: 'The chain was reorganised', ko: '체인이 재구성되었습니다' },
    help: {
      en: 'Find the last block that both sides know, then send chain.rewind for the block above it and read on from there.',
      ko: '양쪽이 모두 아는 마지막 블록을 찾아 그 위 블록에 대한 chain.rewind를 보낸 뒤 이어서 읽으십시오.',
    },
  },
  'WATCH-003': {
    kind: 'conflict',
    title: { en: 'Parts of a block came out of order', ko: '블록의 부분 순서가 맞지 않습니다' },
    help: {
      en: 'Send the parts of one block one after the other, counted from 0; start again with part 0.',
      ko: '한 블록의 부분을 0번부터 차례로 보내십시오. 0번부터 다시 시작하십시오.',
    },
  },
  'WATCH-004': {
    kind: 'denied',
    title: { en: 'Further back than the watch remembers', ko: '감시가 기억하는 범위보다 앞선 블록입니다' },
    help: {
      en: 'What happened there can no longer be undone here. A person must compare the chain with the journal before reading goes on.',
      ko: '이 지점의 기록은 되돌릴 수 없습니다. 계속하기 전에 담당자가 체인과 저널을 비교해야 합니다.',
    },
  },
  'WATCH-005': {
    kind: 'invalid',
    title: { en: 'A movement belongs to another chain', ko: '다른 체인의 이동입니다' },
    help: {
      en: 'Accounts and assets in a block must stand on the chain of that block. Correct the feeder.',
      ko: '블록 안의 계정과 자산은 그 블록의 체인에 속해야 합니다. 공급 프로그램을 고치십시오.',
    },
  },
  'WATCH-006': {
    kind: 'denied',
    title: { en: 'Too many chains or sources', ko: '체인 또는 공급원이 너무 많습니다' },
    help: {
      en: 'The watch keeps its state bounded. Remove a source that is no longer used, or raise the named limit.',
      ko: '감시 상태의 크기는 제한됩니다. 쓰지 않는 공급원을 제거하거나 정해진 한도를 늘리십시오.',
    },
  },
  'WATCH-007': {
    kind: 'missing',
    title: { en: 'No such chain is watched', ko: '감시 중인 체인이 아닙니다' },
    help: {
      en: 'Nothing was read of this chain yet. Check its CAIP-2 name, such as "eip155:1".',
      ko: '이 체인은 아직 읽은 것이 없습니다. "eip155:1"과 같은 CAIP-2 이름을 확인하십시오.',
    },
  },
} as const

export const refuse = refuser(watchRefusals)
