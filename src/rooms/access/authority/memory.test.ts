import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPolicyFiles } from '../../../world/authority.ts'
import { ACTIONS, ROLES, SCOPES } from './actions.ts'
import type { Asked, Principal } from './asked.ts'
import { openAuthority } from './authority.ts'
import { remembering } from './memory.ts'
import { keyOf, questionOf } from './question.ts'
import { refuse } from './refusals.ts'
import { RESOURCES } from './schema.ts'

const files = readPolicyFiles()
const authority = openAuthority(cedar, files)
const policies = { staticPolicies: Object.fromEntries(authority.policies.map(({ id, text }) => [id, text])) }

/** Names that people really have, and some that would break a key that is put together carelessly. */
const name = fc.constantFrom('kim.minji', 'lee.jiho', 'asking', 'proposer', 'other', 'a|b', '"]', 'Kim.minji')
const principal: fc.Arbitrary<Principal> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      person: name,
      roles: fc.subarray([...ROLES]).chain((roles) => fc.shuffledSubarray(roles, { minLength: roles.length })),
      founder: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('service' as const),
      service: name,
      scopes: fc.shuffledSubarray([...SCOPES, 'halt.raise', 'a","b']),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'host' as const }) },
)
const asked: fc.Arbitrary<Asked> = fc
  .tuple(principal, fc.constantFrom(...ACTIONS), fc.boolean(), name, fc.option(name, { nil: undefined }), name)
  .map(([who, { action, on }, founding, proposer, about, owner]) => ({
    ...{ principal: who, action, context: { founding } },
    ...(on === 'proposal' && { proposer, ...(about !== undefined && { about }) }),
    ...(on === 'belonging' && { owner }),
  }))

const of = (id: string) => ({ __entity: { type: 'Person', id } })

/** Cedar without anything of ours between: real names, the schema, validation of the request, policies parsed anew. */
function asCedarSays({ principal: who, action, context, proposer, about, owner }: Asked): string {
  const type = { person: 'Person', service: 'Service', host: 'Host' }[who.kind]
  const uid = { type, id: who.kind === 'person' ? who.person : who.kind === 'service' ? who.service : 'host' }
  const on = ACTIONS.find((one) => one.action === action)?.on ?? 'platform'
  const resource = { type: RESOURCES[on], id: 'p-1' }
  const attrs =
    who.kind === 'person' ? { founder: who.founder } : who.kind === 'service' ? { scopes: [...who.scopes] } : {}
  const parents = who.kind === 'person' ? who.roles.map((id) => ({ type: 'Role', id })) : []
  const answer = cedar.isAuthorized({
    ...{ principal: uid, action: { type: 'Action', id: action }, resource, context: { ...context } },
    ...{ schema: files.schema, validateRequest: true, policies },
    entities: [
      { uid, attrs, parents },
      {
        uid: resource,
        attrs: {
          ...(proposer !== undefined && { proposer: of(proposer) }),
          ...(about !== undefined && { about: of(about) }),
          ...(owner !== undefined && { owner: of(owner) }),
        },
        parents: [],
      },
    ],
  })
  if (answer.type === 'failure') return 'deny'
  if (answer.response.diagnostics.errors.length > 0) return 'error'
  return `${answer.response.decision} ${[...answer.response.diagnostics.reason].sort().join()}`.trim()
}

function asWeSay(question: Asked): string {
  const verdict = authority.decide(question)
  if ('allowed' in verdict) return `allow ${verdict.because.join()}`
  const forbidding = verdict.context?.policies
  return `deny ${Array.isArray(forbidding) ? forbidding.join() : ''}`.trim()
}

/** Parsing all policies for each question takes some 20 ms. */
const FRESH_RUNS = 150
const KEY_RUNS = 3_000

it('Z10 what is remembered is what Cedar says afresh, with the real names and the schema', () => {
  fc.assert(
    fc.property(asked, (question) => {
      expect(asWeSay(question)).toBe(asCedarSays(question))
      expect(asWeSay(question)).toBe(asCedarSays(question))
    }),
    { numRuns: FRESH_RUNS },
  )
})

it('Z10 two questions have one key only where they are one question', () => {
  fc.assert(
    fc.property(asked, asked, (one, other) => {
      const [a, b] = [questionOf(one), questionOf(other)]
      if ('refused' in a || 'refused' in b) throw new Error('every one of these is a question')
      expect(keyOf(a) === keyOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
    { numRuns: KEY_RUNS },
  )
})

it('Z10 is asked once for each key, forgets at its bound, keeps no fault, and hands out what nobody can change', () => {
  let calls = 0
  const ask = remembering(
    (key: string) => key,
    (key) => {
      calls += 1
      return key === 'fault' ? refuse('AUTHORITY-005', 'fault') : { allowed: true, because: [key] }
    },
    2,
  )
  for (const key of ['a', 'a', 'b', 'b', 'a']) expect(ask(key)).toEqual({ allowed: true, because: [key] })
  expect(calls).toBe(2)
  ask('c')
  ask('a')
  expect(calls).toBe(4)
  ask('fault')
  ask('fault')
  expect(calls).toBe(6)
  const verdict = ask('a')
  expect(() => Object.assign(verdict, { allowed: false })).toThrow(TypeError)
  expect('allowed' in verdict && Object.isFrozen(verdict.because)).toBe(true)
})

it('Z10 neither verdicts nor keys hold a name', () => {
  const question: Asked = {
    principal: { kind: 'person', person: 'kim.minji', roles: ['operator'], founder: false },
    action: 'approve.halt.lift',
    context: { founding: false },
    proposer: 'kim.minji',
    about: 'lee.jiho',
  }
  const reduced = questionOf(question)
  if ('refused' in reduced) throw new Error(reduced.detail)
  expect(`${keyOf(reduced)} ${JSON.stringify(authority.decide(question))}`).not.toMatch(/kim|lee/)
})
