import { readFileSync } from 'node:fs'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { describe, expect, it } from 'vitest'
import { FOUNDED, person, service } from '../../../../test/kit/authority.ts'
import { Refused } from '../../../kernel/refusal.ts'
import { readPolicyFiles } from '../../../world/authority.ts'
import { GUARDED } from '../acts.ts'
import { ROLES as HELD } from '../roles.ts'
import { ACTIONS, actionOf, GUARDED_ACTS, ROLES } from './actions.ts'
import type { Asked } from './asked.ts'
import { openAuthority } from './authority.ts'
import { type Cedar, verdictOf } from './cedar.ts'
import { questionOf } from './question.ts'
import { schemaText } from './schema.ts'

const files = readPolicyFiles()
const authority = openAuthority(cedar, files)
const kim = person(['operator'])
const good: Asked = { principal: kim, action: 'gate.read', context: FOUNDED }
/** As it may come from code whose types were not checked. */
const loose = (change: object): Asked => Object.assign({}, good, change)
const code = (asked: Asked): string | undefined => {
  const verdict = authority.decide(asked)
  return 'refused' in verdict ? verdict.code : undefined
}

describe('what cannot be judged', () => {
  it('is allowed where nothing is wrong with it', () => {
    expect(code(good)).toBeUndefined()
  })

  it.each([
    ['an action that is not listed', { action: 'gate.write' }, 'AUTHORITY-003'],
    ['a group of actions', { action: 'read' }, 'AUTHORITY-003'],
    ['a guarded command without its proposal', { action: 'policy.set' }, 'AUTHORITY-003'],
    ['a name of every object', { action: 'constructor' }, 'AUTHORITY-003'],
    ['an action that is no text', { action: ['gate.read'] }, 'AUTHORITY-003'],
    ['a role that does not exist', { principal: person(['operator', 'root']) }, 'AUTHORITY-004'],
    ['a role in capitals', { principal: person(['Operator']) }, 'AUTHORITY-004'],
    ['roles that are one text', { principal: { ...kim, roles: 'operator' } }, 'AUTHORITY-004'],
    ['a person without a name', { principal: { ...kim, person: '' } }, 'AUTHORITY-004'],
    ['a founder who is one by a text', { principal: { ...kim, founder: 'yes' } }, 'AUTHORITY-004'],
    ['another kind of principal', { principal: { ...kim, kind: 'root' } }, 'AUTHORITY-004'],
    ['no principal', { principal: undefined }, 'AUTHORITY-004'],
    ['no context', { context: undefined }, 'AUTHORITY-004'],
    ['a phase that is no truth value', { context: { founding: 1 } }, 'AUTHORITY-004'],
    ['a proposal without its proposer', { action: 'approve.halt.lift' }, 'AUTHORITY-004'],
    ['a proposal with a nameless proposer', { action: 'approve.halt.lift', proposer: '' }, 'AUTHORITY-004'],
    ['a session without its owner', { action: 'session.end' }, 'AUTHORITY-004'],
    ['a proposer where there is no proposal', { proposer: 'kim.minji' }, 'AUTHORITY-004'],
    ['an owner of a proposal', { action: 'veto.halt.lift', proposer: 'lee', owner: 'kim.minji' }, 'AUTHORITY-004'],
    ['a scope that is no text', { principal: { ...service(), scopes: [1] } }, 'AUTHORITY-004'],
    [
      'a machine that asks for what people do',
      { principal: service('halt.raise'), action: 'halt.raise' },
      'AUTHORITY-001',
    ],
  ])('Z2 is denied: %s', (_what, change, expected) => {
    expect(code(loose(change))).toBe(expected)
  })

  it('Z2 is denied when the engine fails, and asked anew the next time', () => {
    let fails = true
    const failing: Cedar = {
      ...cedar,
      statefulIsAuthorized: (call) => {
        if (fails) throw new Error('unreachable at 0xbeef')
        return cedar.statefulIsAuthorized(call)
      },
    }
    const opened = openAuthority(failing, files)
    const verdict = opened.decide(good)
    expect(verdict).toMatchObject({ code: 'AUTHORITY-005', kind: 'broken' })
    expect(JSON.stringify(verdict)).not.toContain('0xbeef')
    expect(opened.may(kim, FOUNDED)).toEqual([])
    fails = false
    expect(opened.decide(good)).toMatchObject({ allowed: true })
  })

  it('Z2 a yes beside an error of any policy is a no', () => {
    const question = questionOf(good)
    if ('refused' in question) throw new Error(question.detail)
    const error = { message: 'overflow', help: null, code: null, url: null, severity: null }
    const answered = (errors: { policyId: string; error: typeof error }[]) =>
      verdictOf(
        { type: 'success', warnings: [], response: { decision: 'allow', diagnostics: { reason: ['a'], errors } } },
        question,
      )
    expect(answered([])).toMatchObject({ allowed: true })
    expect(answered([{ policyId: 'some-forbid', error }])).toMatchObject({ code: 'AUTHORITY-005' })
    expect(verdictOf({ type: 'failure', errors: [], warnings: [] }, question)).toMatchObject({ code: 'AUTHORITY-005' })
  })
})

const withText = (text: string) => ({ ...files, files: [...files.files, { name: 'more.cedar', text }] })
const openingFault = (given: typeof files): string => {
  try {
    openAuthority(cedar, given)
    return 'opened'
  } catch (fault) {
    if (fault instanceof Refused) return `${fault.refusal.code} ${fault.refusal.detail}`
    throw fault
  }
}
const READ = 'action == Action::"gate.read", resource'

describe('policy files', () => {
  it('Z9 the schema is made from the actions, to the letter', async () => {
    await expect(schemaText()).toMatchFileSnapshot('../policies/pasu.cedarschema')
    expect(openingFault({ ...files, schema: files.schema.replace('"operator", ', '') })).toMatch(/^AUTHORITY-006/)
  })

  it.each([
    ['that cannot be read', 'permit (principal, action', /AUTHORITY-006 more.cedar/],
    ['without an id', `permit (principal, ${READ});`, /has no @id/],
    ['with a careless id', `@id("A b") permit (principal, ${READ});`, /has no @id/],
    ['with the id of another', `@id("a-guardian-vetoes") permit (principal, ${READ});`, /stands twice/],
    ['that names a person', `@id("x") permit (principal == Person::"kim", ${READ});`, /names Person::"kim"/],
    [
      'that names a person inside',
      `@id("x") forbid (principal, ${READ}) when { principal == Person::"kim" };`,
      /names Person/,
    ],
    ['that names a machine', `@id("x") permit (principal in Service::"s", ${READ});`, /names Service/],
    ['that names the platform', '@id("x") permit (principal, action, resource == Platform::"p");', /names Platform/],
    ['that names no role of ours', `@id("x") permit (principal in Role::"root", ${READ});`, /AUTHORITY-006/],
    [
      'that names no action of ours',
      '@id("x") permit (principal, action == Action::"gate.write", resource);',
      /AUTHORITY-006/,
    ],
    [
      'that asks for what need not be there',
      '@id("x") forbid (principal, action in Action::"approve", resource) when { resource.about == principal };',
      /AUTHORITY-006/,
    ],
    [
      'that can never hold',
      '@id("x") permit (principal is Service, action in Action::"approve", resource);',
      /AUTHORITY-006/,
    ],
    ['that is a template', `@id("x") permit (principal in ?principal, ${READ});`, /template/],
  ])('Z9 nothing opens with a policy %s', (_what, text, expected) => {
    expect(openingFault(withText(text))).toMatch(expected)
  })

  it('Z9 every policy has a comment that says why, right above it', () => {
    for (const { name, text } of files.files) {
      const lines = text.split('\n')
      const bare = lines.filter((line, place) => line.startsWith('@id(') && !lines[place - 1]?.startsWith('// '))
      expect([name, bare]).toEqual([name, []])
      expect(text.startsWith('// ')).toBe(true)
    }
    expect(openingFault(withText(`// Because.\n@id("x")\npermit (principal, ${READ});`))).toBe('opened')
  })

  it('Z9 two sets of policies have two digests', () => {
    const more = openAuthority(cedar, withText(`@id("x") permit (principal is Service, ${READ});`))
    expect(more.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(more.digest).not.toBe(authority.digest)
    expect(more.policies.length).toBe(authority.policies.length + 1)
    expect(more.decide({ ...good, principal: service() })).toMatchObject({ allowed: true, because: ['x'] })
    expect(authority.decide({ ...good, principal: service() })).toMatchObject({ code: 'AUTHORITY-001' })
  })
})

describe('the action of a command', () => {
  it('Z11 the roles and guarded acts are those of the room: one that only it knew would be denied, or asked for as no proposal', () => {
    expect([...ROLES]).toEqual([...HELD])
    expect([...GUARDED_ACTS].sort()).toEqual(Object.keys(GUARDED).sort())
  })

  it('Z11 is one of the list or none', () => {
    expect(actionOf('halt.raise')).toBe('halt.raise')
    expect(actionOf('halt.lift')).toBe('propose.halt.lift')
    expect(actionOf('proposal.make', 'halt.lift')).toBe('propose.halt.lift')
    expect(actionOf('proposal.approve', 'halt.lift')).toBe('approve.halt.lift')
    expect(actionOf('proposal.veto', 'halt.lift')).toBe('veto.halt.lift')
    for (const command of ['permit.settle', 'founder.enrol', 'proposal.approve', 'read', 'constructor', ''])
      expect(actionOf(command)).toBeUndefined()
    expect(actionOf('proposal.approve', 'halt.raise')).toBeUndefined()
    expect(new Set(ACTIONS.map(({ action }) => action)).size).toBe(ACTIONS.length)
    expect(GUARDED_ACTS.every((act) => ACTIONS.every(({ action }) => action !== act))).toBe(true)
  })
})

it('the files hold nothing that an editor hides: ASCII alone', () => {
  const folder = new URL('../policies/', import.meta.url)
  for (const name of [...files.files.map(({ name }) => name), 'pasu.cedarschema'])
    expect(readFileSync(new URL(name, folder), 'utf8')).toMatch(/^[\x20-\x7e\n]*$/)
})
