/** A Node client of a running server: a browser's part with a software passkey and a device key, and a machine's with a signing key. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { toBase64Url, utf8 } from '../../src/kernel/bytes.ts'
import type { Role } from '../../src/rooms/access/index.ts'
import {
  type Device,
  makeProof,
  newDevice,
  signRequest,
  type ToProve,
  userHandle,
} from '../../src/server/door/index.ts'
import { FLAGS, type Passkey, passkey, type Said } from './passkey.ts'

export interface Reached {
  /** Where it listens: `http://127.0.0.1:1234`. */
  readonly url: string
  /** Of the link of the first enrolment. */
  readonly enrolToken?: string
  /** The server's clock, where a test moves it. */
  readonly now?: () => number
}

const nowOf = ({ now }: Reached): number => (now ?? Date.now)()

export interface Access {
  readonly deployment: string
  readonly phase: string
  readonly rp_id: string
  readonly origins: readonly string[]
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  /** The JSON of the answer, or its text. */
  readonly body: { readonly [name: string]: unknown }
}

export async function answered(response: Response): Promise<Answered> {
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } }
}

/** Asks without any credential but what `headers` hold. */
export async function plain(
  { url }: Reached,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const content = body === undefined ? {} : { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return answered(await fetch(url + path, { method, headers: { ...content, ...headers }, ...sent }))
}

function good({ status, body }: Answered): Answered['body'] {
  if (status === 200 || status === 202) return body
  throw new Error(`${status} ${String(body.code)} ${String(body.detail)}`)
}

/** A path for `htu`: the site's own, whatever address the test reaches it by. */
const at = (site: Access, path: string): string => `${site.origins[0] ?? ''}${path}`

/** What a browser sends back for an assertion. */
function assertionJson(key: Passkey, said: Said, handle?: string) {
  const { credential_id: id, client_data_json, authenticator_data, signature } = key.sign(said)
  const response = { clientDataJSON: client_data_json, authenticatorData: authenticator_data, signature }
  return {
    ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
    response: { ...response, ...(handle !== undefined && { userHandle: handle }) },
  }
}

export function registrationJson(key: Passkey, said: Said) {
  const { credential_id: id, client_data_json, attestation_object } = key.register(said)
  const response = { clientDataJSON: client_data_json, attestationObject: attestation_object }
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
}

const challengeOf = (body: Answered['body']): string =>
  String((body.options as { readonly challenge?: unknown } | null)?.challenge)

/** Somebody with a passkey and a browser. */
export class Person {
  readonly name: string
  readonly key: Passkey
  readonly server: Reached
  site: Access
  device: Device = newDevice()
  session = ''
  cookie = ''
  /** Added to the server's clock: for a console whose clock is wrong. */
  skewMs = 0

  constructor(server: Reached, site: Access, name: string, key: Passkey = passkey()) {
    this.server = server
    this.site = site
    this.name = name
    this.key = key
  }

  get origin(): string {
    return this.site.origins[0] ?? ''
  }

  said(challenge: string, change: Partial<Said> = {}): Said {
    return { challenge, origin: this.origin, rpId: this.site.rp_id, ...change }
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    return plain(this.server, 'POST', path, body, { origin: this.origin, ...headers })
  }

  /** By the one-time link: makes a key, confirms it. The founder says a name and roles. */
  async enrol(token: string, founder?: { readonly roles: readonly Role[] }): Promise<Answered['body']> {
    const own = founder === undefined ? {} : { person: this.name }
    const begun = good(await this.post('/v1/enrolments/options', { token, ...own }))
    const registration = registrationJson(this.key, this.said(challengeOf(begun)))
    const roles = founder === undefined ? {} : { roles: founder.roles }
    const body = { token, ceremony: begun.ceremony, registration, label: `${this.name}’s key`, ...roles }
    const made = good(await this.post('/v1/enrolments', body))
    const assertion = assertionJson(this.key, this.said(challengeOf(made)))
    return good(await this.post('/v1/enrolments/confirm', { ceremony: made.ceremony, assertion }))
  }

  /** The value of `DPoP` for one request. */
  proof(method: string, path: string, change: Partial<ToProve> = {}): string {
    const { device, session } = this
    return makeProof({
      device,
      method,
      url: at(this.site, path),
      session,
      now: nowOf(this.server) + this.skewMs,
      ...change,
    })
  }

  /** Asks to sign in; `change` says what the assertion says otherwise. */
  async trySignIn(change: Partial<Said> = {}, proof: Partial<ToProve> = {}): Promise<Answered> {
    const begun = good(await this.post('/v1/sign-in/options', {}))
    const handle = userHandle(this.site.deployment, this.name)
    const assertion = assertionJson(this.key, this.said(challengeOf(begun), change), handle)
    const dpop = this.proof('POST', '/v1/sign-in', { session: String(begun.ceremony), ...proof })
    return this.post('/v1/sign-in', { ceremony: begun.ceremony, assertion, device: this.device.jwk }, { dpop })
  }

  async signIn(): Promise<this> {
    this.device = newDevice()
    const answer = await this.trySignIn()
    const body = good(answer)
    this.session = String(body.session)
    this.cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
    return this
  }

  /** The headers of a request of the session. */
  headers(method: string, path: string, change: Partial<ToProve> = {}): Record<string, string> {
    const origin = method === 'GET' ? {} : { origin: this.origin }
    return { cookie: this.cookie, dpop: this.proof(method, path, change), ...origin }
  }

  call(method: string, path: string, body?: unknown): Promise<Answered> {
    return plain(this.server, method, path, body, this.headers(method, path))
  }

  async did(method: string, path: string, body?: unknown): Promise<Answered['body']> {
    return good(await this.call(method, path, body))
  }

  /** What an approval of this proposal is, as the console sends it; `change` says what is wrong with it. */
  async approval(proposal: string, change: Partial<Said> = {}): Promise<{ digest: unknown; assertion: object }> {
    const shown = await this.did('GET', `/v1/proposals/${proposal}`)
    return { digest: shown.digest, assertion: { ...this.key.sign(this.said(challengeOf(shown), change)) } }
  }

  async approve(proposal: string): Promise<Answered> {
    return this.call('POST', `/v1/proposals/${proposal}/approve`, await this.approval(proposal))
  }

  /** Makes a proposal by its act; its id, or `` where the founder's was done at once. */
  async propose(act: string, parameters: object, reason = 'a test'): Promise<string> {
    const made = await this.did('POST', '/v1/proposals', { act, parameters, reason })
    return made.executed === true ? '' : String(made.proposal)
  }

  /** A further key of one's own, made and confirmed; the answer to the proposal of it. */
  async addKey(key: Passkey, reason = 'a second key'): Promise<Answered> {
    const begun = await this.did('POST', '/v1/keys/options', {})
    const registration = registrationJson(key, this.said(challengeOf(begun)))
    const made = await this.did('POST', '/v1/keys', { ceremony: begun.ceremony, registration, label: 'second' })
    const assertion = assertionJson(key, this.said(challengeOf(made)))
    return this.call('POST', '/v1/keys/confirm', { ceremony: made.ceremony, assertion, reason })
  }
}

/** Flags of an answer without user verification. */
export const UNVERIFIED = { flags: FLAGS.UP }

export const siteOf = async (server: Reached): Promise<Access> => {
  const body = good(await plain(server, 'GET', '/v1/access'))
  return {
    ...{ deployment: String(body.deployment), phase: String(body.phase), rp_id: String(body.rp_id) },
    origins: body.origins as readonly string[],
  }
}

/** A machine of the platform, which signs its requests (RFC 9421). */
export class Machine {
  readonly service: string
  readonly server: Reached
  readonly privateKey: KeyObject
  /** As it is registered. */
  readonly publicKey: string

  constructor(server: Reached, service: string) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    this.server = server
    this.service = service
    this.privateKey = privateKey
    this.publicKey = String(publicKey.export({ format: 'jwk' }).x)
  }

  /** Body and headers of one request, signed now. */
  signed(method: string, path: string, body?: unknown) {
    const bytes = body === undefined ? undefined : utf8(JSON.stringify(body))
    const headers = signRequest({
      ...{ method, url: this.server.url + path, service: this.service, privateKey: this.privateKey },
      ...{ now: nowOf(this.server), ...(bytes && { body: bytes }) },
    })
    return { headers: { ...headers, ...(bytes && { 'content-type': 'application/json' }) }, bytes }
  }

  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    const { headers, bytes } = this.signed(method, path, body)
    return answered(
      await fetch(this.server.url + path, { method, headers, ...(bytes && { body: Buffer.from(bytes) }) }),
    )
  }
}

export interface FoundedTeam {
  readonly site: Access
  /** Each signed in. */
  readonly people: ReadonlyMap<string, Person>
  as(name: string): Person
}

/** The first enrols by the link of `pasu init`, lets the others in, lets `before` act as founder, and closes founding. */
export async function foundTeam(
  server: Reached,
  members: Readonly<Record<string, readonly Role[]>>,
  before: (founder: Person) => Promise<unknown> = async () => {},
): Promise<FoundedTeam> {
  const site = await siteOf(server)
  const people = new Map(Object.keys(members).map((name) => [name, new Person(server, site, name)] as const))
  const as = (name: string): Person => {
    const person = people.get(name)
    if (person === undefined) throw new Error(`there is no ${name}`)
    return person
  }
  const [[first, roles] = ['', []], ...others] = Object.entries(members)
  const founder = as(first)
  await founder.enrol(server.enrolToken ?? '', { roles })
  await founder.signIn()
  for (const [name, theirs] of others) {
    const contact = 'staff directory'
    await founder.did('POST', '/v1/people', { person: name, roles: theirs, contact, reason: 'founding' })
    const { link } = await founder.did('POST', `/v1/people/${name}/enrolment`, {})
    await as(name).enrol(String(link).split('#')[1] ?? '')
    await as(name).signIn()
  }
  await before(founder)
  await founder.did('POST', '/v1/founding/close', {})
  return { site, people, as }
}

/** Bytes that nobody has, as a token. */
export const nobodysToken = (): string => toBase64Url(Buffer.alloc(32, 7))
