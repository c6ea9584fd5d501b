/** What went wrong, as the server says it (RFC 9457 problem details) or as the page must say it when the server said nothing. */

export interface ProblemDetails {
  readonly status: number
  /** `GATE-014`; one of {@link LOCAL_CODES} where the server gave none. */
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly field: string | undefined
}

/** What the page itself finds: no answer, one without a number or of another shape, a passkey that did not come, a text that is not what is signed. */
export const LOCAL_CODES = [
  'UNREACHABLE',
  'UNNUMBERED',
  'UNREADABLE',
  'PASSKEY_NONE',
  'PASSKEY_KNOWN',
  'PASSKEY_DOMAIN',
  'PASSKEY_UNFIT',
  'DIFFERS',
] as const
export type LocalCode = (typeof LOCAL_CODES)[number]

export class Problem extends Error {
  override name = 'Problem'
  readonly details: ProblemDetails

  constructor(details: ProblemDetails, options?: ErrorOptions) {
    super(`${details.code} ${details.detail}`, options)
    this.details = details
  }
}

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise)

/** Reads a problem+json body; what has another shape still becomes a problem with its status. */
export function problemFrom(status: number, body: unknown): Problem {
  const member = (name: string): unknown =>
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  const field = member('field')
  return new Problem({
    status,
    code: text(member('code'), 'UNNUMBERED'),
    title: text(member('title'), `HTTP ${status}`),
    detail: text(member('detail'), ''),
    field: typeof field === 'string' ? field : undefined,
  })
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(
        {
          status: 0,
          code: 'UNREADABLE',
          title: '',
          detail: error instanceof Error ? error.message : String(error),
          field: undefined,
        },
        { cause: error },
      )

/** A refusal of the rules never changes by asking again; a broken or busy server may. */
export const worthRetrying = (error: unknown): boolean => {
  const { status } = asProblem(error).details
  return status === 0 || status === 429 || status >= 500
}
