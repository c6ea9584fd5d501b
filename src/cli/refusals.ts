/** What the terminal itself refuses. */
import { type RefusalCatalogue, Refused, type RefuseMore, refuser } from '../kernel/refusal.ts'

export const cliRefusals = {
  'CLI-001': {
    kind: 'invalid',
    title: { en: 'The command line is not understood', ko: '명령줄을 이해할 수 없습니다' },
    help: {
      en: 'Add --help to the command for its arguments, options and exit codes.',
      ko: '명령 뒤에 --help를 붙여 인수, 옵션, 종료 코드를 확인하십시오.',
    },
  },
  'CLI-002': {
    kind: 'busy',
    title: { en: 'The running server cannot be reached', ko: '실행 중인 서버에 연결할 수 없습니다' },
    help: {
      en: 'A process holds the data folder but does not answer. See whether it is starting or stopping, and try again.',
      ko: '데이터 폴더를 쓰는 프로세스가 응답하지 않습니다. 시작 또는 종료 중인지 확인하고 다시 시도하십시오.',
    },
  },
  'CLI-003': {
    kind: 'broken',
    title: { en: 'The server’s answer is not understood', ko: '서버의 응답을 이해할 수 없습니다' },
    help: {
      en: 'Use the terminal and the server of the same version of Pasu.',
      ko: '터미널과 서버를 같은 판의 Pasu로 맞추십시오.',
    },
  },
  'CLI-004': {
    kind: 'invalid',
    title: { en: 'The file is not what the command takes', ko: '명령이 받는 파일이 아닙니다' },
    help: {
      en: 'Correct the place that the detail names. Nothing of the file was used.',
      ko: '표시된 곳을 고치십시오. 파일의 어떤 내용도 사용되지 않았습니다.',
    },
  },
  'CLI-005': {
    kind: 'broken',
    title: { en: 'A fault of Pasu', ko: 'Pasu의 결함입니다' },
    help: {
      en: 'Run it again with PASU_DEBUG=1 and report what it prints. The journal is whole: nothing half done is ever in it.',
      ko: 'PASU_DEBUG=1로 다시 실행해 출력된 내용을 알려 주십시오. 원장에는 반만 된 일이 없습니다.',
    },
  },
  'CLI-006': {
    kind: 'missing',
    title: { en: 'No such thing', ko: '없는 항목입니다' },
    help: { en: 'List what there is with the matching list command.', ko: '목록 명령으로 있는 것을 확인하십시오.' },
  },
  'CLI-007': {
    kind: 'broken',
    title: { en: 'A file cannot be written', ko: '파일을 쓸 수 없습니다' },
    help: {
      en: 'Check the folder, its rights and the space on its disk. An existing file is never overwritten.',
      ko: '폴더와 권한, 디스크 공간을 확인하십시오. 기존 파일은 덮어쓰지 않습니다.',
    },
  },
} as const satisfies RefusalCatalogue

export type CliCode = keyof typeof cliRefusals
export const refuse = refuser(cliRefusals)
export const refused = (code: CliCode, detail: string, more: RefuseMore & ErrorOptions = {}): Refused => {
  const { cause, ...rest } = more
  return new Refused(refuse(code, detail, rest), { cause })
}
