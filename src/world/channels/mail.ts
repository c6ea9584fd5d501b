/** Notices by mail. */
import { oneLine } from '../../kernel/names.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import type { Carrier } from '../carrier.ts'
import { isLoopback } from '../config.ts'
import { headerText, type LetterSource, letterFor, NOT_APPROVED, within } from './letter.ts'

/** A mail server that says nothing for so long is tried again later. */
const TIMEOUT_MS = 20 * SECOND_MS
/** A server that talks, but never comes to an end, gets so many times as long for the whole dialogue. */
const DIALOGUE_TIMEOUTS = 3

export interface MailOptions {
  readonly host: string
  readonly port: number
  /** TLS from the first byte. Otherwise STARTTLS, without which nothing leaves this machine. */
  readonly secure?: boolean
  readonly from: string
  readonly user?: string
  readonly password?: string
  /** How long the server may be silent, in milliseconds. */
  readonly timeoutMs?: number
}

/** The domain of the sender, for a Message-ID that the same effect always has: a repeat is then seen to be one. */
const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'

/** A notice of an incident, and the password, cross a network only encrypted; a relay on this machine needs no certificate for that. */
function encryption(host: string, secure: boolean, login: boolean) {
  if (secure) return { secure }
  return isLoopback(host) ? { secure, ignoreTLS: !login } : { secure, requireTLS: true }
}

/** The library is loaded with the first notice: a start need not wait for it. */
async function openTransport({ host, port, secure = false, user, password, timeoutMs = TIMEOUT_MS }: MailOptions) {
  const { createTransport } = await import('nodemailer')
  const auth = user === undefined || password === undefined ? undefined : { user, pass: password }
  return createTransport({
    ...{ host, port, ...encryption(host, secure, auth !== undefined), auth },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    // The text is our own: no file of this machine and no address of the network is ever read into a mail.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
}

export function mailCarrier(options: MailOptions, source: LetterSource): Carrier {
  const { host, port, from, timeoutMs = TIMEOUT_MS } = options
  let transport: ReturnType<typeof openTransport> | undefined
  return {
    async deliver({ key, data }) {
      const letter = letterFor(source, data.notice)
      if (letter === undefined) return NOT_APPROVED
      // A receipt would mark the notice as sent, which it was not.
      if (letter.channel !== 'mail') throw new Error(`the notice goes by ${letter.channel}, not by mail`)
      transport ??= openTransport(options)
      const sending = (await transport).sendMail({
        from: headerText(from),
        to: { name: '', address: headerText(letter.to) },
        subject: headerText(letter.subject),
        text: letter.body,
        messageId: `<pasu.${key}.${letter.notice}@${domainOf(from)}>`,
        headers: { 'Content-Language': letter.language, 'X-Pasu-Obligation': headerText(letter.obligation) },
      })
      const sent = await within(sending, DIALOGUE_TIMEOUTS * timeoutMs, `${host}:${port} did not end the dialogue`)
      return `${oneLine(String(sent.response), 200)} for ${sent.messageId}`
    },
  }
}
