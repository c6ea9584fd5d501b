/** Notices by mail. */
import { createTransport } from 'nodemailer'
import { SECOND_MS } from '../../kernel/time.ts'
import type { Carrier } from '../carrier.ts'
import { type LetterSource, letterFor, NOT_APPROVED, oneLine } from './letter.ts'

/** A mail server that says nothing for so long is tried again later. */
const ANSWER_MS_MAX = 20 * SECOND_MS

export interface MailOptions {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS is used where the server offers it. */
  readonly secure?: boolean
  readonly from: string
  readonly user?: string
  readonly password?: string
  readonly answerMs?: number
}

/** The domain of the sender, for a Message-ID that the same effect always has: a repeat is then seen to be one. */
const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'

export function mailCarrier(options: MailOptions, source: LetterSource): Carrier {
  const { host, port, secure = false, from, user, password, answerMs = ANSWER_MS_MAX } = options
  const transport = createTransport({
    ...{ host, port, secure },
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    ...{ connectionTimeout: answerMs, greetingTimeout: answerMs, socketTimeout: answerMs, dnsTimeout: answerMs },
    // The text is our own: no file of this machine and no address of the network is ever read into a mail.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  return {
    async deliver({ key, data }) {
      const letter = letterFor(source, data.notice)
      if (letter === undefined || letter.channel !== 'mail') return NOT_APPROVED
      const sent = await transport.sendMail({
        from: oneLine(from),
        to: { name: '', address: oneLine(letter.to) },
        subject: oneLine(letter.subject),
        text: letter.body,
        messageId: `<pasu.${key}.${letter.notice}@${domainOf(from)}>`,
        headers: { 'Content-Language': letter.language, 'X-Pasu-Obligation': oneLine(letter.obligation) },
      })
      return `${oneLine(String(sent.response)).slice(0, 200)} for ${sent.messageId}`
    },
  }
}
