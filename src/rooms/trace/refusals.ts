/** The trace room's refusals. */
import { refuser } from '../../kernel/refusal.ts'

export const traceRefusals = {
  'TRACE-001': {
    kind: 'invalid',
    title: { en: 'The source is on another chain', ko: '출발 계정의 체인이 다릅니다' },
    help: {
      en: 'A trace follows one chain. Start another one for the other chain.',
      ko: '추적은 한 체인만 따라갑니다. 다른 체인은 따로 시작하십시오.',
    },
  },
  'TRACE-002': {
    kind: 'denied',
    title: { en: 'The trace has too many sources', ko: '추적의 출발 계정이 너무 많습니다' },
    help: {
      en: 'Sources are the robbed accounts, not the accounts that the thief used afterwards. Leave out the latter.',
      ko: '출발 계정은 도난당한 계정이며, 이후 범인이 쓴 계정이 아닙니다. 후자는 빼십시오.',
    },
  },
  'TRACE-003': {
    kind: 'missing',
    title: { en: 'No such trace', ko: '없는 추적입니다' },
    help: { en: 'Check the id of the trace.', ko: '추적 번호를 확인하십시오.' },
  },
  'TRACE-004': {
    kind: 'conflict',
    title: { en: 'The run has another result already', ko: '이미 다른 결과가 기록된 실행입니다' },
    help: {
      en: 'The same inputs must give the same bytes. Keep both files and report it: one of them was computed wrongly.',
      ko: '같은 입력은 같은 결과를 내야 합니다. 두 파일을 보관하고 알려 주십시오. 하나는 잘못 계산되었습니다.',
    },
  },
  'TRACE-005': {
    kind: 'conflict',
    title: { en: 'The trace has not come to this run', ko: '아직 시작되지 않은 실행입니다' },
    help: {
      en: 'A result names the run that asked for it. Nothing was recorded.',
      ko: '결과에는 요청한 실행 번호가 있어야 합니다. 기록된 것은 없습니다.',
    },
  },
} as const

export const refuse = refuser(traceRefusals)
