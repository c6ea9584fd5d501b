import { describe, expect, it } from 'vitest'
import { openTeam, SITE, type Team } from '../../test/kit/team.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { readPackFile } from '../world/packs/read.ts'
import { effectOf } from './index.ts'

const ETH = 'eip155:1/slip44:60'
const account = (letter: string): string => `eip155:1:0x${letter.repeat(40)}`
const WALLET = {
  ...{ wallet: 'hot-1', kind: 'hot', chain: 'eip155:1', account: account('a'), refuge: account('f') },
  assets: [{ asset: ETH, symbol: 'ETH', decimals: 18 }],
}
const POLICY = {
  ...{ permit_seconds: 60, landing_seconds: 3_600, hold_seconds_max: 3_600 },
  limits: [{ wallet: 'hot-1', asset: ETH, withdrawal_max: '10', window_max: '100', window_seconds: 60 }],
}

/** A team with a wallet and limits, both set by the founder before founding was closed. */
function withWallet(): Team {
  const team = openTeam()
  for (const [act, parameters] of [
    ['wallet.register', WALLET],
    ['policy.set', POLICY],
  ] as const) {
    team.carry(team.propose('kim', act, parameters), ['park', 'jung'])
  }
  return team
}
const shown = (team: Team, act: string, parameters: object) => {
  const { lines, unusual } = effectOf(team.app.rooms, act, parameters as never)
  return { lines: lines.map(({ label, value }) => `${label.en}: ${value}`), unusual: unusual.map(({ en }) => en) }
}

describe('what an approver is shown', () => {
  it('of a withdrawal over its limit: how much of what to whom, and that nothing was ever sent there', () => {
    const team = withWallet()
    const to = account('b')
    const scopes = ['withdrawal.request']
    team.carry(team.propose('kim', 'service.register', { service: 'signer', scopes, public_key: 'A'.repeat(43) }), [
      'park',
      'jung',
    ])
    team.run('service:signer', 'withdrawal.request', {
      withdrawal: 'w1',
      wallet: 'hot-1',
      asset: ETH,
      amount: '50',
      to,
    })
    const { lines, unusual } = shown(team, 'withdrawal.release', { withdrawal: 'w1', reason: 'a large customer' })
    expect(lines).toEqual([
      'Amount: 0.00000000000000005 ETH',
      `To: ${to}`,
      'Sent there before: 0',
      'From wallet: hot-1',
    ])
    expect(unusual).toEqual(['Nothing was ever sent to this address.', 'Its worth is not known.'])
  })

  it('of a wallet: that it is new, that its name looks like another’s, that it has no refuge', () => {
    const team = withWallet()
    const { refuge: _refuge, ...bare } = WALLET
    expect(shown(team, 'wallet.register', { ...bare, wallet: 'h0t-1' }).unusual).toEqual([
      'This wallet is new.',
      'Its name looks like hot-1.',
      'It has no refuge: it could not be evacuated.',
    ])
    expect(shown(team, 'wallet.register', WALLET).unusual).toEqual([])
  })

  it('of a policy: limit by limit what changes, and where more may leave', () => {
    const team = withWallet()
    const wider = { ...POLICY, limits: POLICY.limits.map((one) => ({ ...one, window_max: '1000' })) }
    expect(shown(team, 'policy.set', wider)).toEqual({
      lines: [`hot-1 ${ETH}: 10 / 100 / 60 s -> 10 / 1000 / 60 s`],
      unusual: [`hot-1 ${ETH}: more may leave.`],
    })
    const closer = { ...POLICY, limits: POLICY.limits.map((one) => ({ ...one, window_max: '50' })) }
    expect(shown(team, 'policy.set', closer).unusual).toEqual([])
  })

  it('of a halt: what was halted, why, since when, by whom; of anything else, that something is halted', () => {
    const team = withWallet()
    team.as('lee', 'halt.raise', { scope: 'wallet:hot-1', reason: 'a signer looks wrong' })
    const { lines } = shown(team, 'halt.lift', { scope: 'wallet:hot-1', reason: 'checked' })
    expect(lines).toContain('Why: a signer looks wrong')
    expect(lines).toContain('By: person:lee')
    expect(shown(team, 'policy.set', POLICY).unusual).toEqual(['Something is halted just now.', 'Open cases: 1.'])
  })

  it('of people: roles before and after, a moved contact, keys that would be lost, and what a voice on the telephone wants', () => {
    const team = withWallet()
    const change = { person: 'lee', roles: ['operator', 'guardian'], contact: 'ends in 0001', accounts: [] }
    expect(shown(team, 'person.change', change)).toEqual({
      lines: [
        'Person: lee',
        'Roles: operator, finance -> operator, guardian',
        'Contact on file: staff directory -> ends in 0001',
        'Accounts: lee@exchange.example -> -',
      ],
      unusual: ['lee gains the role guardian.', 'The contact to call back changes.'],
    })
    const recover = shown(team, 'key.recover', { person: 'park', reason: 'lost' })
    expect(recover.lines).toEqual(['Person: park: approver', 'Keys that count as lost: 1'])
    expect(recover.unusual[0]).toContain('poses as a colleague')
  })

  it('of the rules of approval: act by act what is other, and what gets easier', () => {
    const team = withWallet()
    const acts = team.app.rooms.access.state.policies.at(-1)?.acts ?? []
    const softer = acts.map((one) =>
      one.act === 'fund.set'
        ? { ...one, terms: { ...one.terms, approvals_min: 2 } }
        : one.act === 'pack.load'
          ? { ...one, terms: { ...one.terms, approvals_min: 1 } }
          : one,
    )
    const { lines, unusual } = shown(team, 'approvals.set', { acts: softer })
    expect(lines).toHaveLength(2)
    expect(unusual).toEqual(['pack.load gets easier: fewer approvals.'])
    const weak = acts.map((one) =>
      one.act === 'halt.lift'
        ? {
            ...one,
            terms: { ...one.terms, roles: ['operator'], veto_roles: [], time_lock_ms: 0, expires_after_ms: 1e9 },
          }
        : one,
    )
    const { at_risk: _, ...terms } = weak.find(({ act }) => act === 'halt.lift')?.terms ?? {}
    expect(shown(team, 'approvals.set', { acts: [{ act: 'halt.lift', weakens: true, terms }] }).unusual).toHaveLength(5)
    expect(shown(team, 'approvals.set', { acts }).lines).toEqual([])
  })

  it('of a suspended person, of a risk, of where approvals are signed, and of a service account', () => {
    const team = openTeam()
    team.run('watch', 'risk.raise', { person: 'lee', why: 'impossible travel' })
    expect(shown(team, 'risk.clear', { person: 'lee', reason: 'a journey' }).lines).toContain(
      'At risk because: impossible travel',
    )
    team.as('jung', 'person.suspend', { person: 'lee', reason: 'a stolen laptop' })
    const restored = shown(team, 'person.restore', { person: 'lee', reason: 'found' })
    expect(restored.lines).toContain('Suspended because: a stolen laptop')
    expect(restored.lines).toContain('By: person:jung')
    expect(restored.unusual).toEqual(['lee is at risk.'])
    expect(shown(team, 'person.restore', { person: 'kim', reason: 'x' }).lines).toEqual([])
    const moved = { ...SITE, rp_id: 'evil.example', origins: ['https://evil.example'] }
    expect(shown(team, 'site.set', moved).unusual).toEqual([
      'No passkey that is registered works for another domain.',
      'Approvals could be signed at https://evil.example.',
    ])
    const service = { service: 'k1m', scopes: ['a.a', 'b.b', 'c.c', 'd.d'], public_key: 'A'.repeat(43) }
    expect(shown(team, 'service.register', service).unusual).toEqual([
      'Its name looks like kim.',
      'It may do more than 3 things.',
    ])
  })

  it('of the law: which duties come and go, who reports, and a duty met by other means', () => {
    const team = openTeam()
    const pack = readPackFile('packs/kr.yaml')
    if (isRefusal(pack)) throw new Error(pack.detail)
    const loading = team.propose('kim', 'pack.load', pack as never)
    expect(shown(team, 'pack.load', pack).lines).toContain(`Duties: 0 -> ${pack.obligations.length}`)
    team.carry(loading, ['park', 'jung'])
    expect(team.outcome(loading)).toBe('executed')
    const fewer = { ...pack, obligations: pack.obligations.slice(1) }
    expect(shown(team, 'pack.load', fewer).unusual).toEqual([`Duties disappear: ${pack.obligations[0]?.obligation}.`])
    const unit = { en: 'Security', ko: '보안팀' }
    const reporter = { platform: { en: 'Demo', ko: '데모' }, unit, contact: 'security@example.org' }
    expect(shown(team, 'reporter.set', reporter).lines[0]).toMatch(/^Reports as: - -> 데모/)
    const met = { incident: 'incident-1-1', obligation: 'kr.x', evidence: 'by telephone', met_at: team.now() }
    expect(shown(team, 'clock.meet', met).unusual).toEqual(['It is dated back.'])
  })
})
