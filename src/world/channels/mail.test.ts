/** Against a real SMTP server on the loopback, and against sockets that misbehave as servers do. */
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { approved } from './fixture/approved.ts'
import { NOT_APPROVED } from './letter.ts'
import { type MailOptions, mailCarrier } from './mail.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Got {
  readonly to: string[]
  readonly raw: string
}

async function server(more: SMTPServerOptions = {}): Promise<{ port: number; got: Got[] }> {
  const got: Got[] = []
  const smtp = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, closeTimeout: 10 },
    onData: (stream, session, done) => {
      text(stream).then((raw) => {
        got.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
        done()
      }, done)
    },
    ...more,
  })
  // A client that breaks off is an error to the server, not to the test.
  smtp.on('error', () => undefined)
  await new Promise<void>((done) => void smtp.listen(0, '127.0.0.1', () => done()))
  closing.push(() => new Promise<void>((done) => smtp.close(() => done())))
  return { port: (smtp.server.address() as AddressInfo).port, got }
}

/** A server that does with each connection what the test says. */
async function rude(act: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const listening = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    act(socket)
  })
  await new Promise<void>((done) => void listening.listen(0, '127.0.0.1', () => done()))
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    listening.close()
  })
  return (listening.address() as AddressInfo).port
}

const options = (port: number, more: Partial<MailOptions> = {}): MailOptions => ({
  ...{ host: '127.0.0.1', port, from: 'Pasu <pasu@exchange.example>', timeoutMs: 5_000 },
  ...more,
})

/** Headers unfolded, by lower-case name; a name that stands twice is there twice. */
function headersOf(raw: string): [string, string][] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  return head.split('\r\n').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
}

const header = (raw: string, name: string): string => headersOf(raw).find(([key]) => key === name)?.[1] ?? ''

const quoted = (encoded: string): Buffer =>
  Buffer.from(
    encoded
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** RFC 2047 words, joined. */
const words = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, data: string) =>
      (kind.toUpperCase() === 'B' ? Buffer.from(data, 'base64') : quoted(data.replaceAll('_', ' '))).toString('utf8'),
    )

function bodyOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  const encoding = header(raw, 'content-transfer-encoding')
  return (encoding === 'base64' ? Buffer.from(body, 'base64') : quoted(body)).toString('utf8').replaceAll('\r\n', '\n')
}

describe('a notice by mail', () => {
  it('arrives whole, in Korean, at the one recipient', async () => {
    const { port, got } = await server()
    const { app, effect, notice } = approved()
    const receipt = await mailCarrier(options(port), { app }).deliver(effect)
    expect(receipt).toMatch(/^250 /)
    expect(got).toHaveLength(1)
    const { to, raw } = got[0] ?? { to: [], raw: '' }
    const text = [...app.rooms.incident.state.cases.values()][0]?.notices.get(notice)
    expect(to).toEqual(['kisa@authority.example'])
    expect(words(header(raw, 'subject'))).toBe(text?.subject)
    expect(text?.subject).toContain('주식회사 예시거래소')
    expect(bodyOf(raw).trimEnd()).toBe(text?.body)
    expect(header(raw, 'content-type')).toBe('text/plain; charset=utf-8')
    expect(header(raw, 'content-language')).toBe('ko')
    expect(header(raw, 'x-pasu-obligation')).toBe('ZZ-REPORT')
  })

  it('has the same Message-ID each time the same effect is delivered, and another for another effect', async () => {
    const { port, got } = await server()
    const { app, effect, notice } = approved()
    const mail = mailCarrier(options(port), { app })
    await mail.deliver(effect)
    await mail.deliver(effect)
    await mail.deliver({ ...effect, key: '999.0' })
    const ids = got.map(({ raw }) => header(raw, 'message-id'))
    expect(ids[0]).toBe(`<pasu.${effect.key}.${notice}@exchange.example>`)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).toBe(`<pasu.999.0.${notice}@exchange.example>`)
  })

  it('does not leave when it is no longer approved', async () => {
    const { port, got } = await server()
    const { app, effect, notice, tell } = approved()
    tell('notice.mark_failed', { notice, why: 'given up' })
    expect(await mailCarrier(options(port), { app }).deliver(effect)).toBe(NOT_APPROVED)
    expect(await mailCarrier(options(port), { app }).deliver({ ...effect, data: { notice: 'notice-9-9' } })).toBe(
      NOT_APPROVED,
    )
    expect(got).toEqual([])
  })

  it('cannot be given a header by a text', async () => {
    const { port, got } = await server()
    const { app, effect, notice } = approved()
    const text = [...app.rooms.incident.state.cases.values()][0]?.notices.get(notice)
    if (text === undefined) throw new Error('no notice')
    text.subject = 'x\r\nBcc: thief@evil.example\r\n\r\nbody'
    await mailCarrier(options(port, { from: 'pasu@exchange.example\r\nBcc: thief@evil.example' }), { app }).deliver(
      effect,
    )
    const { to, raw } = got[0] ?? { to: [], raw: '' }
    expect(to).toEqual(['kisa@authority.example'])
    expect(headersOf(raw).map(([name]) => name)).not.toContain('bcc')
  })

  it('a list of addresses that slipped in is one wrong address, not two recipients', async () => {
    const { port, got } = await server()
    const { app, effect, notice } = approved()
    const text = [...app.rooms.incident.state.cases.values()][0]?.notices.get(notice)
    if (text === undefined) throw new Error('no notice')
    text.to = 'a@authority.example, thief@evil.example'
    await mailCarrier(options(port), { app })
      .deliver(effect)
      .catch(() => undefined)
    expect(got.flatMap(({ to }) => to)).not.toContain('thief@evil.example')
  })
})

describe('a mail server that does not take it', () => {
  const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

  it.each([
    [
      'a greylisting 451 for the recipient',
      { onRcptTo: (_a, _s, done) => done(answer(451, 'come back later')) },
      /451/,
    ],
    ['a 550 for the recipient', { onRcptTo: (_a, _s, done) => done(answer(550, 'no such user')) }, /550/],
    ['a 421 at the start', { onConnect: (_s, done) => done(answer(421, 'too busy')) }, /421/],
    [
      'a 452 after the text',
      { onData: (s, _s, done) => void s.resume().on('end', () => done(answer(452, 'full'))) },
      /452/,
    ],
  ] satisfies [string, SMTPServerOptions, RegExp][])(
    '%s is a fault that names the answer',
    async (_what, more, why) => {
      const { port } = await server(more)
      const { app, effect } = approved()
      await expect(mailCarrier(options(port), { app }).deliver(effect)).rejects.toThrow(why)
    },
  )

  it('silence instead of a greeting ends in a fault', async () => {
    const port = await rude(() => undefined)
    const { app, effect } = approved()
    await expect(mailCarrier(options(port, { timeoutMs: 150 }), { app }).deliver(effect)).rejects.toThrow(
      /greeting|timeout/i,
    )
  })

  it('silence after the text ends in a fault', async () => {
    const { port } = await server({ onData: (stream) => void stream.resume() })
    const { app, effect } = approved()
    await expect(mailCarrier(options(port, { timeoutMs: 1000 }), { app }).deliver(effect)).rejects.toThrow(/timeout/i)
  })

  it('talk without end is a fault too', async () => {
    const port = await rude((socket) => {
      socket.write('220 here\r\n')
      socket.on('data', () => {
        const timer = setInterval(() => socket.write('250-and more\r\n'), 20)
        socket.on('close', () => clearInterval(timer))
      })
    })
    const { app, effect } = approved()
    await expect(mailCarrier(options(port, { timeoutMs: 150 }), { app }).deliver(effect)).rejects.toThrow(
      /did not end the dialogue/,
    )
  })

  it('a connection dropped in the middle of the text is a fault, and the next try delivers', async () => {
    const { port, got } = await server()
    const dropping = await rude((socket) => {
      socket.write('220 here\r\n')
      socket.on('data', (bytes) => {
        const line = bytes.toString('latin1')
        if (/^DATA/i.test(line)) socket.write('354 go on\r\n')
        else if (/^(EHLO|MAIL|RCPT)/i.test(line)) socket.write('250 fine\r\n')
        else socket.destroy()
      })
    })
    const { app, effect } = approved()
    await expect(mailCarrier(options(dropping), { app }).deliver(effect)).rejects.toThrow()
    await mailCarrier(options(port), { app }).deliver(effect)
    expect(got).toHaveLength(1)
  })

  it('nobody listening is a fault', async () => {
    const { app, effect } = approved()
    const port = await rude(() => undefined)
    await Promise.all(closing.splice(0).map((close) => close()))
    await expect(mailCarrier(options(port), { app }).deliver(effect)).rejects.toThrow(/ECONNREFUSED/)
  })
})

describe('encryption', () => {
  it('beyond this machine nothing is said to a server that offers none', async () => {
    const { port, got } = await server()
    const { app, effect } = approved()
    // A name of this machine that is not written as one: to the carrier it is a host of the network.
    const away = options(port, { host: '0.0.0.0' })
    await expect(mailCarrier(away, { app }).deliver(effect)).rejects.toThrow(/TLS/)
    expect(got).toEqual([])
  })

  it('a password is never said in clear to a host of the network', async () => {
    const said: string[] = []
    const port = await rude((socket) => {
      socket.write('220 here\r\n')
      socket.on('data', (bytes) => {
        said.push(bytes.toString('latin1'))
        socket.write(/^EHLO/i.test(said.at(-1) ?? '') ? '250-here\r\n250 AUTH PLAIN LOGIN\r\n' : '250 fine\r\n')
      })
    })
    const { app, effect } = approved()
    const away = options(port, { host: '0.0.0.0', user: 'pasu', password: 'swordfish' })
    await expect(mailCarrier(away, { app }).deliver(effect)).rejects.toThrow()
    expect(said.join('')).not.toMatch(/AUTH/)
  })
})

describe('what becomes of it in the case', () => {
  const noticeIn = ({ app, notice }: ReturnType<typeof approved>) =>
    [...app.rooms.incident.state.cases.values()][0]?.notices.get(notice)

  it('a failed delivery stands at the notice at once, long before it is given up', () => {
    const told = approved()
    told.tell('outbox.fail', { key: told.effect.key, detail: 'connect ECONNREFUSED 127.0.0.1:25' })
    expect(noticeIn(told)).toMatchObject({ status: 'approved', why: 'connect ECONNREFUSED 127.0.0.1:25' })
    expect(told.app.machine.outbox.state.waiting.get(told.effect.key)?.attempts).toBe(1)
  })

  it('the server’s receipt is kept, and the duty is met', async () => {
    const { port } = await server()
    const told = approved()
    const detail = await mailCarrier(options(port), { app: told.app }).deliver(told.effect)
    told.tell('outbox.confirm', { key: told.effect.key, detail })
    expect(noticeIn(told)).toMatchObject({ status: 'sent', receipt: detail })
    const clock = [...told.app.rooms.incident.state.cases.values()][0]?.clocks.get('ZZ-REPORT')
    expect(clock?.met_at).toBeDefined()
  })
})
