/**
 * Suspends an account at its identity provider by SCIM 2.0 (RFC 7644): find the one user of that name, set `active` to false. The answers
 * are a stranger's: bounded, checked, never followed elsewhere, and what they say never carries our token into a log.
 */
import { z } from 'zod'
import { oneLine } from '../../kernel/names.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import { boundedText, explained, webhookUrl } from './webhook.ts'

/** Each of the two requests. */
const TIMEOUT_MS = 15 * SECOND_MS
/** One user with three attributes is below a kilobyte; some servers send all they have of it. */
const ANSWER_BYTES_MAX = 256 * 1_024
/** Of a fault's answer only a line is told. */
const TOLD_MAX = 160

const SCIM_TYPE = 'application/scim+json'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

const userSchema = z.looseObject({
  id: z.string().min(1).max(512),
  userName: z.string().max(1_000),
  active: z.boolean().optional(),
})
const listSchema = z.looseObject({
  schemas: z.array(z.string()).refine((schemas) => schemas.includes(LIST_RESPONSE)),
  totalResults: z.number().int().min(0),
  // Members of another shape than a user are met where one is taken out.
  Resources: z.array(z.unknown()).default([]),
})

export interface ScimOptions {
  /** The base of the service, such as `https://example.okta.com/scim/v2`. */
  readonly url: string
  readonly token: string
  readonly timeoutMs?: number
}

interface Asked {
  readonly method: 'GET' | 'PATCH'
  readonly url: URL
  readonly body?: string
  /** Statuses that are an answer; any other is a fault. */
  readonly good: readonly number[]
}

/** `/Users` or one user below the base. An id of another's making must not lead out of it. */
export function usersUrl(base: string, id?: string): URL {
  const url = webhookUrl(base)
  const root = `${url.pathname.replace(/\/+$/, '')}/Users`
  url.pathname = root
  url.search = ''
  url.hash = ''
  if (id === undefined) return url
  if (id === '.' || id === '..') throw new Error('the identity provider gave an id that is a path')
  url.pathname = `${root}/${encodeURIComponent(id)}`
  return url
}

/** The value of a filter is a JSON string (RFC 7644 section 3.4.2.2): no name of a log ends it. */
export function filterUrl(base: string, account: string): URL {
  const url = usersUrl(base)
  url.searchParams.set('filter', `userName eq ${JSON.stringify(account)}`)
  url.searchParams.set('attributes', 'id,userName,active')
  // Two are enough to see that it is not one.
  url.searchParams.set('count', '2')
  return url
}

class Provider {
  readonly #options: ScimOptions

  constructor(options: ScimOptions) {
    this.#options = options
  }

  /** What was said, in one line, without the token: a server may repeat whatever it was sent. */
  #told(text: string): string {
    return oneLine(text.replaceAll(this.#options.token, '[token]'), TOLD_MAX)
  }

  async ask({ method, url, body, good }: Asked): Promise<unknown> {
    const { token, timeoutMs = TIMEOUT_MS } = this.#options
    const response = await fetch(url, {
      method,
      // Followed, a redirect would carry the token to whoever the server names.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: SCIM_TYPE,
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': SCIM_TYPE }),
      },
      ...(body === undefined ? {} : { body }),
    }).catch((fault) => {
      throw new Error(this.#told(explained(fault, url.host).message))
    })
    const text = await boundedText(response, ANSWER_BYTES_MAX).catch((fault) => {
      throw new Error(this.#told(`${url.host} broke off its answer: ${explained(fault, url.host).message}`))
    })
    if (!good.includes(response.status)) throw new Error(this.#told(`${url.host} answered ${response.status}: ${text}`))
    if (text.trim() === '') return undefined
    try {
      return JSON.parse(text)
    } catch {
      throw new Error(this.#told(`${url.host} answered ${response.status} with what is no JSON: ${text}`))
    }
  }

  /** The one user of that name. Throws where there is none, or more than one: whom to suspend is then a person's decision. */
  async find(account: string): Promise<z.output<typeof userSchema>> {
    const url = filterUrl(this.#options.url, account)
    const list = listSchema.safeParse(await this.ask({ method: 'GET', url, good: [200] }))
    if (!list.success) throw new Error(`${url.host} answered with what is no list of users`)
    const { totalResults, Resources } = list.data
    if (totalResults !== 1 || Resources.length !== 1) {
      throw new Error(`${url.host} knows ${Math.max(totalResults, Resources.length)} users of that name, not one`)
    }
    const user = userSchema.safeParse(Resources[0])
    // `userName` is compared without regard to case (RFC 7643 section 4.1.1).
    const isAsked = user.success && user.data.userName.toLowerCase() === account.toLowerCase()
    if (!isAsked) throw new Error(`${url.host} answered with another user than was asked for`)
    return user.data
  }

  async deactivate(id: string): Promise<void> {
    const url = usersUrl(this.#options.url, id)
    const body = JSON.stringify({ schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'active', value: false }] })
    const answer = await this.ask({ method: 'PATCH', url, body, good: [200, 204] })
    const user = userSchema.safeParse(answer)
    if (user.success && user.data.active === true) throw new Error(`${url.host} took it, and says the user is active`)
  }
}

/** Suspends the account; resolves with a receipt. Asked again, it finds the user inactive and changes nothing. */
export async function suspendByScim(options: ScimOptions, account: string): Promise<string> {
  const provider = new Provider(options)
  const { id, active } = await provider.find(account)
  const { host } = usersUrl(options.url)
  if (active === false) return `${host} had suspended it already`
  await provider.deactivate(id)
  return `${host} suspended it`
}
