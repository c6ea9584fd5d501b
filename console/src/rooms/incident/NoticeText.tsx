import type { Notice } from '../../api/types.ts'

/** The text as it is sent, in its own language, so that a screen reader speaks it rightly. */
export function NoticeText({ notice }: { readonly notice: Notice }) {
  return (
    <div className="letter" lang={notice.language}>
      <p className="letter-subject">{notice.subject}</p>
      <pre>{notice.body}</pre>
    </div>
  )
}
