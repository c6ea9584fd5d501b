/** What can be wrong with a data folder. */
import { type RefusalCatalogue, Refused, type RefuseMore, refuser } from '../kernel/refusal.ts'

export const folderRefusals = {
  'FOLDER-001': {
    kind: 'conflict',
    title: { en: 'The folder is not empty', ko: '폴더가 비어 있지 않습니다' },
    help: {
      en: 'Name a new folder with --data. Nothing is overwritten: the keys of a deployment cannot be made again.',
      ko: '--data로 새 폴더를 지정하십시오. 배포의 키는 다시 만들 수 없으므로 아무것도 덮어쓰지 않습니다.',
    },
  },
  'FOLDER-002': {
    kind: 'missing',
    title: { en: 'There is no data folder', ko: '데이터 폴더가 없습니다' },
    help: {
      en: 'Make one with "pasu init", or name an existing one with --data or PASU_DATA.',
      ko: '"pasu init"으로 만들거나 --data 또는 PASU_DATA로 기존 폴더를 지정하십시오.',
    },
  },
  'FOLDER-003': {
    kind: 'broken',
    title: { en: 'A file of the data folder cannot be read', ko: '데이터 폴더의 파일을 읽을 수 없습니다' },
    help: {
      en: 'Restore the file from a backup, or let the user that runs Pasu read it. Pasu never makes a new key for an old journal.',
      ko: '백업에서 파일을 복원하거나 Pasu 실행 사용자에게 읽기 권한을 주십시오. 기존 원장에 새 키를 만들지 않습니다.',
    },
  },
  'FOLDER-004': {
    kind: 'denied',
    title: { en: 'A secret can be read by others', ko: '다른 사용자가 비밀 파일을 읽을 수 있습니다' },
    help: {
      en: 'Take the rights of group and others away (chmod 600). If others use this machine, take the secret for known and replace it.',
      ko: '그룹과 기타 사용자의 권한을 없애십시오(chmod 600). 공용 서버라면 이미 노출된 것으로 보고 교체하십시오.',
    },
  },
  'FOLDER-005': {
    kind: 'invalid',
    title: { en: 'The settings are wrong', ko: '설정이 올바르지 않습니다' },
    help: {
      en: 'Correct the member of config.json that the detail names. docs/operating.md lists them all.',
      ko: 'config.json에서 표시된 항목을 고치십시오. 전체 목록은 docs/operating.md에 있습니다.',
    },
  },
  'FOLDER-006': {
    kind: 'broken',
    title: { en: 'A key or token is malformed', ko: '키 또는 토큰 형식이 올바르지 않습니다' },
    help: {
      en: 'Restore the file from a backup. Its content is not repeated here, for it is a secret.',
      ko: '백업에서 파일을 복원하십시오. 비밀이므로 내용은 표시하지 않습니다.',
    },
  },
  'FOLDER-007': {
    kind: 'broken',
    title: { en: 'The data folder cannot be made', ko: '데이터 폴더를 만들 수 없습니다' },
    help: {
      en: 'Check that the folder above exists and that you may write there. Nothing was left behind.',
      ko: '상위 폴더가 있고 쓰기 권한이 있는지 확인하십시오. 남은 파일은 없습니다.',
    },
  },
  'FOLDER-008': {
    kind: 'broken',
    title: { en: 'The journal is gone', ko: '원장이 없습니다' },
    help: {
      en: 'Restore the folder "journal" from the newest backup. An empty one in its place would deny what was signed.',
      ko: '최신 백업에서 "journal" 폴더를 복원하십시오. 빈 원장으로 대신하면 이미 서명한 기록을 부정하게 됩니다.',
    },
  },
} as const satisfies RefusalCatalogue

const refuse = refuser(folderRefusals)

export const refused = (
  code: keyof typeof folderRefusals,
  detail: string,
  more: RefuseMore & ErrorOptions = {},
): Refused => {
  const { cause, ...rest } = more
  return new Refused(refuse(code, detail, rest), { cause })
}
