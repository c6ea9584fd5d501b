/** What can be wrong with the file of a rule pack. */
import { refuser } from '../../kernel/refusal.ts'

export const packFileRefusals = {
  'PACK-001': {
    kind: 'invalid',
    title: { en: 'The rule pack is too large', ko: '규정 묶음 파일이 너무 큽니다' },
    help: {
      en: 'A pack travels in one journal entry. Split it by subject into two packs of other names.',
      ko: '규정 묶음은 원장 항목 하나에 담깁니다. 주제별로 이름이 다른 두 묶음으로 나누십시오.',
    },
  },
  'PACK-002': {
    kind: 'invalid',
    title: { en: 'The rule pack is not YAML', ko: '규정 묶음이 올바른 YAML이 아닙니다' },
    help: {
      en: 'Correct the line that the detail names. Anchors, aliases and own tags are refused: a reader must see what stands there.',
      ko: '표시된 줄을 고치십시오. 앵커, 별칭, 사용자 태그는 허용하지 않습니다.',
    },
  },
  'PACK-003': {
    kind: 'invalid',
    title: { en: 'The rule pack has a wrong field', ko: '규정 묶음의 항목이 올바르지 않습니다' },
    help: {
      en: 'Correct the field and line that the detail names. docs/rule-packs.md explains each field.',
      ko: '표시된 줄의 항목을 고치십시오. 각 항목은 docs/rule-packs.md에 설명되어 있습니다.',
    },
  },
  'PACK-004': {
    kind: 'missing',
    title: { en: 'The rule pack cannot be read', ko: '규정 묶음 파일을 읽을 수 없습니다' },
    help: { en: 'Check the path and its permissions.', ko: '경로와 읽기 권한을 확인하십시오.' },
  },
  'PACK-005': {
    kind: 'invalid',
    title: { en: 'The rule pack is not UTF-8 text', ko: '규정 묶음이 UTF-8 문서가 아닙니다' },
    help: { en: 'Save the file as UTF-8.', ko: '파일을 UTF-8로 저장하십시오.' },
  },
} as const

export const refuse = refuser(packFileRefusals)
