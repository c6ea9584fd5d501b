/** The refusals about alerts and risks. */
import { type RefusalCatalogue, refuser } from '../../../kernel/refusal.ts'

export const alertRefusals = {
  'ALERT-001': {
    kind: 'missing',
    title: { en: 'No such person', ko: '등록되지 않은 사람입니다' },
    help: {
      en: 'Only a registered person can be at risk. Check the handle.',
      ko: '등록된 사람만 위험 상태로 둘 수 있습니다. 이름을 확인하십시오.',
    },
  },
  'ALERT-002': {
    kind: 'conflict',
    title: { en: 'The person is not at risk', ko: '위험 상태가 아닌 사람입니다' },
    help: {
      en: 'Somebody cleared it before, or it was never raised. Nothing was changed.',
      ko: '이미 해제되었거나 제기된 적이 없습니다. 변경된 것은 없습니다.',
    },
  },
  'ALERT-003': {
    kind: 'conflict',
    title: { en: 'The same upload was told otherwise', ko: '같은 업로드가 다르게 보고되었습니다' },
    help: {
      en: 'The same bytes must give the same numbers. Keep the log and tell us: one of the reports is wrong.',
      ko: '같은 내용은 같은 결과를 내야 합니다. 로그를 보관하고 알려 주십시오. 둘 중 하나는 잘못되었습니다.',
    },
  },
  'ALERT-004': {
    kind: 'invalid',
    title: { en: 'The report contradicts itself', ko: '보고 내용이 서로 맞지 않습니다' },
    help: {
      en: 'A part is below the number of parts, and a span ends after it begins.',
      ko: '부분 번호는 전체 수보다 작고, 기간의 끝은 시작보다 늦어야 합니다.',
    },
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(alertRefusals)
