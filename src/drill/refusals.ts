/** What can be wrong with a scenario. */
import { refuser } from '../kernel/refusal.ts'

export const drillRefusals = {
  'DRILL-001': {
    kind: 'missing',
    title: { en: 'No such scenario', ko: '없는 시나리오입니다' },
    help: { en: 'List the scenarios with "pasu drill --list".', ko: '"pasu drill --list"로 목록을 보십시오.' },
  },
  'DRILL-002': {
    kind: 'invalid',
    title: { en: 'The scenario’s files cannot be read', ko: '시나리오 파일을 읽을 수 없습니다' },
    help: {
      en: 'The detail names the file and the field. Correct it and run again.',
      ko: '표시된 파일과 항목을 고쳐 다시 실행하십시오.',
    },
  },
  'DRILL-003': {
    kind: 'invalid',
    title: { en: 'The incident has nothing to replay', ko: '재생할 이체가 없습니다' },
    help: {
      en: 'No transfer leaves any of the sources. Check that both files spell addresses alike.',
      ko: '출발 주소에서 나간 이체가 없습니다. 두 파일의 주소 표기가 같은지 확인하십시오.',
    },
  },
  'DRILL-004': {
    kind: 'conflict',
    title: { en: 'The report folder holds something else', ko: '보고서 폴더에 다른 파일이 있습니다' },
    help: { en: 'Name a new folder, or one that a drill wrote.', ko: '새 폴더나 이전 보고서 폴더를 지정하십시오.' },
  },
  'DRILL-005': {
    kind: 'broken',
    title: { en: 'The local chain cannot be started', ko: '로컬 체인을 시작할 수 없습니다' },
    help: {
      en: 'The live drill needs anvil for this system: run "npm ci" without leaving out optional packages. Other drills need no chain.',
      ko: '실시간 훈련에는 이 시스템용 anvil이 필요합니다. 선택 패키지를 빼지 말고 "npm ci"를 실행하십시오. 다른 훈련은 체인 없이 됩니다.',
    },
  },
  'DRILL-006': {
    kind: 'broken',
    title: { en: 'The live drill did not come to its end', ko: '실시간 훈련이 끝나지 않았습니다' },
    help: {
      en: 'The detail names what was waited for. On a machine that is busy, run it again; if it stays so, tell us.',
      ko: '무엇을 기다렸는지 표시됩니다. 컴퓨터가 바쁘면 다시 실행하고, 계속되면 알려 주십시오.',
    },
  },
} as const

export const refuse = refuser(drillRefusals)
