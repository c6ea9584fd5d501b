/** What can be wrong with a file that a person hands in. Each answer names the file, and the line and column where there is one. */
import { type RefusalCatalogue, Refused, refuser } from '../../kernel/refusal.ts'

export const fileRefusals = {
  'FILE-001': {
    kind: 'missing',
    title: { en: 'The file cannot be read', ko: '파일을 읽을 수 없습니다' },
    help: {
      en: 'Check the path and that you may read it. It must be an ordinary file.',
      ko: '경로와 읽기 권한을 확인하십시오. 일반 파일이어야 합니다.',
    },
  },
  'FILE-002': {
    kind: 'invalid',
    title: { en: 'The file is larger than a limit', ko: '파일이 허용 한도를 넘습니다' },
    help: {
      en: 'Split the file, or cut it down to the period and addresses of the case. The detail names the limit.',
      ko: '파일을 나누거나 사건의 기간과 주소로 줄이십시오. 한도는 상세 내용에 있습니다.',
    },
  },
  'FILE-003': {
    kind: 'invalid',
    title: { en: 'The file is not plain UTF-8 text', ko: '파일이 UTF-8 텍스트가 아닙니다' },
    help: {
      en: 'Save it as "CSV UTF-8". Control characters other than line ends are refused too.',
      ko: '"CSV UTF-8" 형식으로 저장하십시오. 줄바꿈 외의 제어 문자도 거부됩니다.',
    },
  },
  'FILE-004': {
    kind: 'invalid',
    title: { en: 'The heading line is not as expected', ko: '머리글 줄이 예상과 다릅니다' },
    help: {
      en: 'Name the columns as the detail says, separated by commas. Unknown columns are refused, since a misspelt one would be ignored.',
      ko: '상세 내용대로 열 이름을 쉼표로 구분해 적으십시오. 오타가 무시되지 않도록 모르는 열은 거부됩니다.',
    },
  },
  'FILE-005': {
    kind: 'invalid',
    title: { en: 'A row has the wrong number of fields', ko: '행의 필드 수가 맞지 않습니다' },
    help: {
      en: 'Each row must have as many fields as the heading. A field that holds a comma must stand in double quotes.',
      ko: '각 행의 필드 수는 머리글과 같아야 합니다. 쉼표가 든 필드는 큰따옴표로 감싸십시오.',
    },
  },
  'FILE-006': {
    kind: 'invalid',
    title: { en: 'A double quote is out of place', ko: '큰따옴표의 위치가 잘못되었습니다' },
    help: {
      en: 'A quoted field begins and ends with a double quote; a double quote inside it is written twice (RFC 4180).',
      ko: '따옴표 필드는 큰따옴표로 시작하고 끝나야 하며, 안의 큰따옴표는 두 번 적습니다(RFC 4180).',
    },
  },
  'FILE-007': {
    kind: 'invalid',
    title: { en: 'A field has a value that cannot be understood', ko: '필드 값을 이해할 수 없습니다' },
    help: {
      en: 'Correct the field that the detail names. Nothing of the file was used.',
      ko: '표시된 필드를 고치십시오. 파일의 어떤 내용도 사용되지 않았습니다.',
    },
  },
  'FILE-008': {
    kind: 'invalid',
    title: { en: 'The file has no rows', ko: '파일에 데이터 행이 없습니다' },
    help: {
      en: 'Check that it is the right file and that the export succeeded.',
      ko: '올바른 파일인지, 내보내기가 성공했는지 확인하십시오.',
    },
  },
  'FILE-009': {
    kind: 'invalid',
    title: { en: 'Two rows contradict each other', ko: '두 행이 서로 모순됩니다' },
    help: {
      en: 'Remove the wrong one of the two rows that the detail names.',
      ko: '상세 내용에 있는 두 행 가운데 틀린 것을 지우십시오.',
    },
  },
} as const satisfies RefusalCatalogue

const refuse = refuser(fileRefusals)

/** Longer values are cut when an error repeats them. */
const SHOWN_MAX = 60
const shown = (text: string): string => JSON.stringify(text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text)

export interface Place {
  readonly file: string
  /** Of the first character of the row; the first line is 1. */
  readonly line?: number
  readonly column?: string
}

const spoken = ({ file, line, column }: Place): string =>
  `${file}${line === undefined ? '' : ` line ${line}`}${column === undefined ? '' : `, column ${column}`}`

export function refused(
  code: keyof typeof fileRefusals,
  place: Place,
  problem: string,
  expected?: string,
  options?: ErrorOptions,
): Refused {
  const detail = `${spoken(place)}: ${problem}${expected === undefined ? '' : `; expected ${expected}`}`
  const { file, line, column } = place
  const context = { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
  const field = column === undefined ? {} : { field: column }
  return new Refused(
    refuse(code, detail, { ...field, ...(expected === undefined ? {} : { expected }), context }),
    options,
  )
}

/** `FILE-007` for one field. */
export const malformed = (place: Place, expected: string, got: string): Refused =>
  refused('FILE-007', place, got === '' ? 'the field is empty' : `cannot use ${shown(got)}`, expected)
