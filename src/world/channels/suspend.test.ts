/** Against a real HTTP server on the loopback that speaks SCIM 2.0 as RFC 7643 and RFC 7644 have it, and one that is hostile. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import type { Waiting } from '../../machine/index.ts'
import { filterUrl, suspendByScim, usersUrl } from './scim.ts'
import { NOBODY_TO_ASK, suspendCarrier } from './suspend.ts'

const TOKEN = 'scim-token-that-nobody-may-read'
const KIM = 'kim@exchange.example'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

interface Got {
  readonly method: string | undefined
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
type Answer = (got: Got, response: ServerResponse) => void

async function serve(answer: Answer): Promise<{ got: Got[]; url: string }> {
  const got: Got[] = []
  const web = createServer((request, response) => {
    text(request).then(
      (body) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here')
        const one = { method: request.method, path: pathname, query: searchParams, headers: request.headers, body }
        got.push(one)
        answer(one, response)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((done) => void web.listen(0, '127.0.0.1', () => done()))
  closing.push(() => {
    web.closeAllConnections()
    web.close()
  })
  return { got, url: `http://127.0.0.1:${(web.address() as AddressInfo).port}/scim/v2` }
}

interface User {
  readonly id: string
  readonly userName: string
  active: boolean
}

const say = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/scim+json' }).end(JSON.stringify(body))

/** RFC 7644 section 3.12. */
const fault = (response: ServerResponse, status: number, detail: string): void =>
  say(response, status, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail })

const list = (some: readonly unknown[]) => ({
  ...{ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: some.length },
  ...{ startIndex: 1, itemsPerPage: some.length, Resources: some },
})

/** What a provider does: a filter on `userName` without regard to case, `replace` of `active`, 204 without a body. */
function provider(users: User[], patched: 200 | 204 = 204): Answer {
  return ({ method, path, query, headers, body }, response) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return fault(response, 401, `bad token ${headers.authorization}`)
    if (method === 'GET' && path === '/scim/v2/Users') {
      const asked = /^userName eq ("(?:[^"\\]|\\.)*")$/.exec(query.get('filter') ?? '')?.[1]
      if (asked === undefined) return fault(response, 400, 'invalidFilter')
      const name = String(JSON.parse(asked)).toLowerCase()
      return say(response, 200, list(users.filter(({ userName }) => userName.toLowerCase() === name)))
    }
    const user = users.find(({ id }) => path === `/scim/v2/Users/${encodeURIComponent(id)}`)
    if (method !== 'PATCH' || user === undefined) return fault(response, 404, 'no such resource')
    const { schemas, Operations } = JSON.parse(body) as { schemas: string[]; Operations: object[] }
    expect(schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:PatchOp'])
    expect(Operations).toEqual([{ op: 'replace', path: 'active', value: false }])
    user.active = false
    if (patched === 204) return void response.writeHead(204).end()
    return say(response, 200, user)
  }
}

const user = (change: Partial<User> = {}): User => ({ id: '2819c223', userName: KIM, active: true, ...change })
const suspend = (url: string, account = KIM, timeoutMs = 2_000) =>
  suspendByScim({ url, token: TOKEN, timeoutMs }, account)
/** The fault, in which the token never is. */
async function faulty(url: string, account = KIM, timeoutMs = 2_000): Promise<string> {
  const said = await suspend(url, account, timeoutMs).then(
    (receipt) => `no fault: ${receipt}`,
    (thrown: Error) => thrown.message,
  )
  expect(said).not.toContain(TOKEN)
  expect(said).not.toMatch(/[\r\n]/)
  return said
}

describe('an account suspended by SCIM', () => {
  it.each([200, 204] as const)('is found by its name and set inactive (%i), once', async (status) => {
    const users = [user({ id: 'other', userName: 'lee@exchange.example' }), user({ userName: 'Kim@Exchange.example' })]
    const { got, url } = await serve(provider(users, status))
    expect(await suspend(url)).toMatch(/^127\.0\.0\.1:\d+ suspended it$/)
    expect(users.map(({ active }) => active)).toEqual([true, false])
    expect(got.map(({ method }) => method)).toEqual(['GET', 'PATCH'])
    expect(got[1]?.headers['content-type']).toBe('application/scim+json')
    expect(await suspend(url)).toMatch(/had suspended it already/)
    expect(got.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET'])
  })

  it('is asked for by a filter that no name can end', async () => {
    const evil = 'x" or userName pr or userName eq "y'
    const { got, url } = await serve(provider([user(), user({ id: '2', userName: 'y' })]))
    expect(await faulty(url, evil)).toMatch(/knows 0 users of that name/)
    expect(got[0]?.query.get('filter')).toBe(`userName eq ${JSON.stringify(evil)}`)
    expect([...filterUrl(url, 'a&count=9\\').searchParams.keys()]).toEqual(['filter', 'attributes', 'count'])
  })

  it('has an id that cannot lead out of /Users', async () => {
    const users = [user({ id: '../Groups/1?x#y' })]
    const { got, url } = await serve(provider(users))
    await suspend(url)
    expect(got[1]?.path).toBe('/scim/v2/Users/..%2FGroups%2F1%3Fx%23y')
    expect(() => usersUrl(url, '..')).toThrow(/is a path/)
    expect(() => usersUrl('http://scim.example/v2')).toThrow(/neither https nor http on this machine/)
    expect(usersUrl('https://scim.example/v2/?a=b#c').href).toBe('https://scim.example/v2/Users')
  })
})

describe('a provider that does not do it', () => {
  it('knows nobody of that name, or two: nobody is suspended', async () => {
    const none = await serve(provider([]))
    expect(await faulty(none.url)).toMatch(/knows 0 users/)
    const users = [user(), user({ id: '2' })]
    const two = await serve(provider(users))
    expect(await faulty(two.url)).toMatch(/knows 2 users of that name, not one/)
    expect(users.every(({ active }) => active)).toBe(true)
    expect(two.got.map(({ method }) => method)).toEqual(['GET'])
  })

  it.each([
    ['another user', list([{ id: '1', userName: 'lee@exchange.example' }]), /another user than was asked for/],
    ['no user', list(['kim']), /another user/],
    ['a user without an id', list([{ userName: KIM }]), /another user/],
    ['one of many pages', { ...list([user()]), totalResults: 7 }, /knows 7 users/],
    ['no list', [user()], /no list of users/],
    ['a list without its schema', { totalResults: 1, Resources: [user()] }, /no list of users/],
  ])('answers with %s: nothing is changed', async (_what, body, why) => {
    const { got, url } = await serve((_got, response) => say(response, 200, body))
    expect(await faulty(url)).toMatch(why)
    expect(got.map(({ method }) => method)).toEqual(['GET'])
  })

  it.each([401, 403, 404, 429, 500])(
    'answers %i and repeats our token: the fault tells the status alone',
    async (status) => {
      const { url } = await serve(({ headers }, response) => fault(response, status, `your ${headers.authorization}`))
      expect(await faulty(url)).toMatch(new RegExp(`answered ${status}: .*\\[token\\]`))
    },
  )

  it('took the name and not the change', async () => {
    const { url } = await serve((got, response) =>
      got.method === 'GET' ? say(response, 200, list([user()])) : say(response, 200, user()),
    )
    expect(await faulty(url)).toMatch(/took it, and says the user is active/)
    const denied = await serve((got, response) =>
      got.method === 'GET' ? say(response, 200, list([user()])) : fault(response, 403, 'read only'),
    )
    expect(await faulty(denied.url)).toMatch(/answered 403/)
  })

  it.each([301, 307, 308])('redirects (%i): the token is carried nowhere else', async (status) => {
    const { got, url } = await serve((_got, response) => void response.writeHead(status, { location: '/x' }).end())
    expect(await faulty(url)).toMatch(/could not be reached.*redirect/)
    expect(got).toHaveLength(1)
  })

  it('answers with what is no JSON, or without an end, or not at all', async () => {
    const html = await serve((_got, response) => void response.end(`<html>${TOKEN}`))
    expect(await faulty(html.url)).toMatch(/what is no JSON: <html>\[token\]/)
    let written = 0
    const endless = await serve((_got, response) => {
      const more = (): void => {
        while (written < 200_000_000 && !response.destroyed && response.write('x'.repeat(65_536))) written += 65_536
      }
      response.on('drain', more)
      more()
    })
    expect(await faulty(endless.url)).toMatch(/longer than \d+ bytes/)
    expect(written).toBeLessThan(50_000_000)
    const slow = await serve((_got, response) => void response.writeHead(200).write('{'))
    expect(await faulty(slow.url, KIM, 200)).toMatch(/did not answer in time/)
    const silent = await serve(() => undefined)
    expect(await faulty(silent.url, KIM, 200)).toMatch(/did not answer in time/)
    const cut = await serve((_got, response) => response.destroy())
    expect(await faulty(cut.url)).toMatch(/could not be reached/)
  })
})

describe('the carrier of account.suspend', () => {
  const effect = (source: string): Waiting => ({
    ...{ key: '41.0', kind: 'account.suspend', since: 0, attempts: 0, retryAt: 0 },
    data: { source, account: KIM, why: 'logging_off: switched off a log' },
  })

  it('asks whom the settings name for the source, and tells where they name nobody', async () => {
    const users = [user()]
    const scim = await serve(provider(users))
    const hook = await serve((_got, response) => void response.end('ok'))
    const carrier = suspendCarrier(
      new Map([
        ['okta', { kind: 'scim', url: scim.url, token: TOKEN }],
        ['github', { kind: 'webhook', url: hook.url, secret: 'shared' }],
      ]),
    )
    expect(await carrier.deliver(effect('okta'))).toMatch(/suspended it/)
    expect(users[0]?.active).toBe(false)
    expect(await carrier.deliver(effect('github'))).toBe('200 ok')
    const { headers = {}, body = '' } = hook.got[0] ?? {}
    expect(headers['pasu-signature']).toBe(`sha256=${createHmac('sha256', 'shared').update(body).digest('hex')}`)
    expect(headers['idempotency-key']).toBe('41.0')
    expect(JSON.parse(body)).toEqual({
      ...{ act: 'account.suspend', source: 'github', account: KIM, why: 'logging_off: switched off a log' },
    })
    expect(await carrier.deliver(effect('teleport'))).toBe(`${NOBODY_TO_ASK} teleport`)
  })
})
