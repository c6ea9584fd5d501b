/** Notices by the duty that they fulfil: one text in each language, of which one language is sent and the other may only be read. */
import type { Notice } from '../../api/types.ts'

export interface NoticeGroup {
  readonly key: string
  readonly authority: string
  readonly obligation: string
  readonly run: number
  readonly notices: readonly Notice[]
}

export function noticeGroups(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, Notice[]>()
  for (const notice of notices) {
    const key = `${notice.obligation} ${notice.run}`
    groups.set(key, [...(groups.get(key) ?? []), notice])
  }
  return [...groups].flatMap(([key, members]) => {
    const [first] = members
    if (first === undefined) return []
    const { authority, obligation, run } = first
    // What is sent stands before what is only read.
    const sorted = [...members].sort((a, b) => Number(a.channel === 'none') - Number(b.channel === 'none'))
    return [{ key, authority, obligation, run, notices: sorted }]
  })
}

/** Nobody receives this language, but another language of the same notice has its recipient: nothing is missing. */
export const isReadingCopy = (notice: Notice, group: readonly Notice[]): boolean =>
  notice.channel === 'none' &&
  group.some(
    ({ obligation, run, channel }) => obligation === notice.obligation && run === notice.run && channel !== 'none',
  )
