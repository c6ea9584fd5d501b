/** Refusals as RFC 9457 problem details. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal, RefusalCatalogue, RefusalKind } from '../kernel/refusal.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'
/** A full queue empties within a second at the measured pace. */
export const RETRY_AFTER_SECONDS = 1

const byKind: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  busy: 503,
  broken: 500,
}

/** HTTP has words of its own for these. */
const byCode: Readonly<Record<string, number>> = {
  'HTTP-002': 401,
  'HTTP-004': 429,
  'HTTP-006': 405,
  'HTTP-007': 415,
  'HTTP-008': 413,
  'HTTP-009': 421,
  // Nobody is signed in, or no longer: a console asks for the passkey again. Faults of a single proof end no session and stay 403.
  'DOOR-001': 401,
  'DOOR-003': 401,
  'DOOR-013': 429,
  'DOOR-020': 429,
  // Service accounts: the request is not authenticated (RFC 9110 section 15.5.2).
  'DOOR-007': 401,
  'DOOR-008': 401,
  'DOOR-009': 401,
  'DOOR-010': 401,
  'DOOR-011': 401,
  'DOOR-012': 401,
}

/** Not one request but the whole service has failed: a balancer should look elsewhere, a caller should not come back by itself. */
const outOfService = /^(MACHINE-00[4-6]|JRNL-0(04|05|16))$/

export function statusOf({ code, kind }: Refusal): number {
  return byCode[code] ?? (outOfService.test(code) ? 503 : byKind[kind])
}

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: string
  readonly kind: RefusalKind
  readonly field?: string
  readonly expected?: string
  readonly context?: Refusal['context']
}

export type Language = 'en' | 'ko'

/** Korean where the caller names it before English; both carry the same code. */
export function languageOf(header: string | undefined): Language {
  const first = (header ?? '').split(',').find((part) => /^\s*(ko|en)\b/i.test(part))
  return first !== undefined && /^\s*ko\b/i.test(first) ? 'ko' : 'en'
}

/** `type` is a reference to where the code is explained, on this very server. */
export function problemOf(
  refusal: Refusal,
  catalogue: RefusalCatalogue,
  instance: string,
  language: Language,
): Problem {
  const { code, kind, detail, field, expected, context } = refusal
  return {
    type: `/v1/explain/${code}`,
    title: catalogue[code]?.title[language] ?? code,
    status: statusOf(refusal),
    detail,
    instance,
    code,
    kind,
    ...(field === undefined ? {} : { field }),
    ...(expected === undefined ? {} : { expected }),
    ...(context === undefined ? {} : { context }),
  }
}

/** The path alone: a query may hold what belongs to a customer. */
export const instanceOf = (url: string): string => url.split('?', 1)[0]?.slice(0, 500) ?? '/'

export type SendProblem = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => FastifyReply

export const problemSender =
  (catalogue: RefusalCatalogue): SendProblem =>
  (request, reply, refusal) => {
    const language = languageOf(request.headers['accept-language'])
    const problem = problemOf(refusal, catalogue, instanceOf(request.url), language)
    if (refusal.kind === 'busy' && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER_SECONDS)
    return reply
      .code(problem.status)
      .headers({ 'content-type': PROBLEM_TYPE, 'content-language': language, 'cache-control': 'no-store' })
      .send(JSON.stringify(problem))
  }
