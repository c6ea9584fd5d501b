/** Why an upload of administrators' acts is not taken. */
import { type RefusalCatalogue, refuser } from '../../kernel/refusal.ts'

export const feedRefusals = {
  'FEED-001': {
    kind: 'invalid',
    title: { en: 'The upload is larger than a limit', ko: '업로드가 허용 한도를 넘습니다' },
    help: {
      en: 'Send it in parts, each on line ends, in the order of time. Nothing was read.',
      ko: '줄 단위로 나누어 시간순으로 보내십시오. 읽은 것은 없습니다.',
    },
  },
  'FEED-002': {
    kind: 'invalid',
    title: { en: 'The upload is no list of events', ko: '업로드가 이벤트 목록이 아닙니다' },
    help: {
      en: 'Send one JSON object a line, or one JSON array of objects, in UTF-8.',
      ko: '한 줄에 JSON 객체 하나씩, 또는 객체의 JSON 배열 하나를 UTF-8로 보내십시오.',
    },
  },
  'FEED-003': {
    kind: 'busy',
    title: { en: 'Other uploads are being read', ko: '다른 업로드를 읽는 중입니다' },
    help: {
      en: 'They are read one after the other, for each is judged by what came before. Send the same bytes again in a moment.',
      ko: '앞의 내용으로 뒤의 것을 판단하므로 하나씩 읽습니다. 잠시 뒤 같은 내용을 다시 보내십시오.',
    },
  },
  'FEED-004': {
    kind: 'broken',
    title: { en: 'The upload could not be judged', ko: '업로드를 판단하지 못했습니다' },
    help: {
      en: 'Nothing was told of it. Send the same bytes again; where it fails again, keep them and tell us.',
      ko: '보고된 것은 없습니다. 같은 내용을 다시 보내고, 또 실패하면 보관하여 알려 주십시오.',
    },
  },
} as const satisfies RefusalCatalogue

export const refuse = refuser(feedRefusals)
