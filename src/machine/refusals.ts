/** The machine's own refusals. */
import { refuser } from '../kernel/refusal.ts'

export const machineRefusals = {
  'MACHINE-001': {
    kind: 'missing',
    title: { en: 'No such command', ko: '없는 명령입니다' },
    help: { en: 'Check the name against the list of commands.', ko: '명령 목록에서 이름을 확인하십시오.' },
  },
  'MACHINE-002': {
    kind: 'invalid',
    title: { en: 'The command is too long for one journal entry', ko: '명령이 원장 항목 하나의 크기를 넘습니다' },
    help: {
      en: 'Split it: an entry holds 65,535 bytes.',
      ko: '나누어 보내십시오. 항목 하나는 65,535바이트까지입니다.',
    },
  },
  'MACHINE-003': {
    kind: 'busy',
    title: { en: 'The queue of commands is full', ko: '명령 대기열이 가득 찼습니다' },
    help: {
      en: 'Nothing was changed. Send it again after a short wait.',
      ko: '변경된 것은 없습니다. 잠시 뒤 다시 보내십시오.',
    },
  },
  'MACHINE-004': {
    kind: 'broken',
    title: { en: 'The clock went back', ko: '시계가 뒤로 갔습니다' },
    help: {
      en: 'Correct the machine’s clock (NTP). Until it has caught up with the journal only halts and reports of the watch are taken.',
      ko: '서버 시계(NTP)를 바로잡으십시오. 원장의 마지막 시각에 이를 때까지 정지와 감시 보고만 받습니다.',
    },
  },
  'MACHINE-005': {
    kind: 'broken',
    title: { en: 'The journal could not be written', ko: '원장에 기록하지 못했습니다' },
    help: {
      en: 'The command was not acknowledged and counts as not done. Look at the disk, then start Pasu again; the journal is whole.',
      ko: '명령은 승인되지 않았으며 실행되지 않은 것으로 봅니다. 디스크를 확인한 뒤 다시 시작하십시오. 원장은 온전합니다.',
    },
  },
  'MACHINE-006': {
    kind: 'broken',
    title: { en: 'The machine has stopped', ko: '시스템이 멈췄습니다' },
    help: {
      en: 'No permit is given while it stands. Read the log for the fault, then start Pasu again.',
      ko: '멈춘 동안에는 어떤 허가도 나가지 않습니다. 로그에서 원인을 확인한 뒤 다시 시작하십시오.',
    },
  },
  'MACHINE-007': {
    kind: 'broken',
    title: { en: 'A decision failed', ko: '판정 중 오류가 났습니다' },
    help: {
      en: 'A fault of Pasu: report it with the detail. Nothing was changed.',
      ko: '프로그램 결함입니다. 내용을 알려 주십시오. 변경된 것은 없습니다.',
    },
  },
  'MACHINE-008': {
    kind: 'denied',
    title: { en: 'Too many consequences in one turn', ko: '한 번에 일어난 후속 조치가 너무 많습니다' },
    help: {
      en: 'The rest was recorded as refused. Ask for it again by hand where it still matters.',
      ko: '나머지는 거절로 기록되었습니다. 필요하면 직접 다시 요청하십시오.',
    },
  },
  'MACHINE-009': {
    kind: 'broken',
    title: { en: 'The journal does not fold', ko: '원장을 재현할 수 없습니다' },
    help: {
      en: 'It was written by another version or was damaged. Run "pasu verify", and start the version that wrote it.',
      ko: '다른 판이 기록했거나 손상되었습니다. "pasu verify"를 실행하고 기록한 판으로 시작하십시오.',
    },
  },
  'MACHINE-010': {
    kind: 'invalid',
    title: { en: 'The command holds what cannot be recorded', ko: '기록할 수 없는 값이 있습니다' },
    help: {
      en: 'Text must be well-formed Unicode and numbers whole. Correct it and send it again; nothing was changed.',
      ko: '올바른 유니코드 문자열과 정수만 쓸 수 있습니다. 고쳐 다시 보내십시오. 변경된 것은 없습니다.',
    },
  },
} as const

export const refuse = refuser(machineRefusals)
