import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestIn, proposal, T1 } from '../../../../../test/kit/quorum.ts'
import { sha256, toBase64Url } from '../../../../kernel/bytes.ts'
import { canonical, type Json } from '../../../../kernel/canonical.ts'
import {
  approvalChallenge,
  type Proposal,
  proposalDigest,
  proposalSchema,
  proposalText,
  signInChallenge,
  skeleton,
  strangeIn,
  takenFor,
} from './index.ts'

const lift = proposal({
  act: 'halt.lift',
  parameters: { scope: 'chain:eip155:1', halts: ['halt-1', 'halt-2'], limits: { 'hot 1': { max: '1000' }, none: {} } },
  reason: '노드를 교체했습니다',
})

/** Without the last line, which names the digest. */
const body = (of: Proposal, language: 'en' | 'ko' = 'en'): string => proposalText(of, language).replace(/\n.*$/, '')
const content = (parameters: Readonly<Record<string, Json>>): string => body(proposal({ parameters }))

const plainJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 4 }), tie('value'), { maxKeys: 3 }),
  ),
})).value
const parameters = fc.dictionary(fc.string({ maxLength: 4 }), plainJson, { maxKeys: 3 })

describe('the digest', () => {
  it('Q1 is pinned: years later the same data must give the same digest', () => {
    const pinned = proposal({ proposed_at: Date.UTC(2026, 1, 6) })
    expect(proposalDigest(pinned)).toMatchInlineSnapshot(
      `"sha256:f8bf50c97acbacf11d8d0b70246a9d1a733672b181f02d879f36e17bf95aa543"`,
    )
    expect(digestIn(approvalChallenge(pinned))).toBe(proposalDigest(pinned))
  })

  it('Q1 changes with every member, and not with the order of members', () => {
    const changes: Partial<Proposal>[] = [
      { deployment: 'other' },
      { proposal: 'proposal-2' },
      { act: 'halt.lift' },
      { parameters: { withdrawal: 'w1', to: 'eip155:1:0x1112' } },
      { reason: 'a large customer.' },
      { proposed_by: 'lee' },
      { proposed_at: T1 + 1 },
      { expires_at: T1 + 1 },
      { terms: { ...lift.terms, approvals_min: 1 } },
    ]
    const base = proposal()
    expect(changes.map((change) => Object.keys(change)[0])).toEqual(Object.keys(proposalSchema.shape))
    const digests = [base, ...changes.map((change) => ({ ...base, ...change }))].map(proposalDigest)
    expect(new Set(digests).size).toBe(changes.length + 1)
    const turned = Object.fromEntries(Object.entries(base).reverse()) as Proposal
    expect(proposalDigest(turned)).toBe(proposalDigest(base))
  })

  it('Q2 no bytes of a sign-in give the challenge of an approval', () => {
    const asked = proposal()
    const challenge = approvalChallenge(asked)
    const nonces = [challenge, canonical({ domain: 'pasu.approval.v1', proposal: asked })]
    for (const nonce of nonces) expect(signInChallenge(Buffer.from(nonce))).not.toBe(challenge)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (nonce) => signInChallenge(nonce) !== challenge))
    expect(signInChallenge(Buffer.from('a'))).not.toBe(signInChallenge(Buffer.from('b')))
    const own = canonical({ domain: 'pasu.sign-in.v1', nonce: 'YQ' })
    expect(signInChallenge(Buffer.from('a'))).toBe(toBase64Url(sha256(Buffer.from(own))))
  })
})

describe('the text', () => {
  it('Q3 says what, who, when, how many and the digest, in both languages', () => {
    expect(proposalText(lift, 'en')).toMatchInlineSnapshot(`
      "Proposal: proposal-1 · exchange
      Act: Lift a halt (halt.lift)
      Content:
        halts[0]: "halt-1"
        halts[1]: "halt-2"
        limits."hot 1".max: "1000"
        limits.none: {}
        scope: "chain:eip155:1"
      Reason: "노드를 교체했습니다"
      Proposed by: kim
      Proposed at: 2026-01-06 00:00:00 UTC · 09:00:00 KST
      Approve before: 2026-01-07 00:00:00 UTC · 09:00:00 KST
      Needs: 2 of the roles approver, without kim
      Then: locked for 1 h
      Veto: one person of the roles guardian is enough
      Execute before: 2026-01-07 01:00:00 UTC · 10:00:00 KST
      Digest: sha256:1ee0e14fc4e0d3a90fa6a5d4ea752844b9474c6c8d79e17bfb4f59ce28773915"
    `)
    expect(proposalText(lift, 'ko')).toMatchInlineSnapshot(`
      "제안: proposal-1 · exchange
      행위: 중단 해제 (halt.lift)
      내용:
        halts[0]: "halt-1"
        halts[1]: "halt-2"
        limits."hot 1".max: "1000"
        limits.none: {}
        scope: "chain:eip155:1"
      사유: "노드를 교체했습니다"
      제안자: kim
      제안 시각: 2026-01-06 00:00:00 UTC · 09:00:00 KST
      승인 기한: 2026-01-07 00:00:00 UTC · 09:00:00 KST
      필요 승인: 역할 approver 중 2명, kim 제외
      이후: 1시간 동안 대기
      거부권: 역할 guardian 중 누구든 1명
      실행 기한: 2026-01-07 01:00:00 UTC · 10:00:00 KST
      다이제스트: sha256:1ee0e14fc4e0d3a90fa6a5d4ea752844b9474c6c8d79e17bfb4f59ce28773915"
    `)
  })

  it('Q3 tells a lock to the millisecond in both languages', () => {
    const locked = (time_lock_ms: number, language: 'en' | 'ko'): string | undefined =>
      proposalText({ ...lift, terms: { ...lift.terms, time_lock_ms } }, language)
        .split('\n')
        .find((line) => /locked|대기/.test(line))
    expect(locked(93_784_005, 'en')).toBe('Then: locked for 1 d 2 h 3 min 4 s 5 ms')
    expect(locked(93_784_005, 'ko')).toBe('이후: 1일 2시간 3분 4초 5밀리초 동안 대기')
  })

  it('Q3 says so where nothing is locked, vetoed, titled or in it', () => {
    const bare = { ...proposal({ parameters: {} }), act: 'toString', terms: { ...proposal().terms, veto_roles: [] } }
    expect(proposalText(bare, 'en')).toMatchInlineSnapshot(`
      "Proposal: proposal-1 · exchange
      Act: toString
      Content: (nothing)
      Reason: "a large customer"
      Proposed by: kim
      Proposed at: 2026-01-06 00:00:00 UTC · 09:00:00 KST
      Approve before: 2026-01-07 00:00:00 UTC · 09:00:00 KST
      Needs: 2 of the roles approver, without kim
      Then: may be executed at once
      Veto: nobody
      Execute before: 2026-01-07 00:00:00 UTC · 09:00:00 KST
      Digest: sha256:d0ac1ad9a7544bdb8148004c0d1bfb3f0bd8a9f7524382b439d23a032549e84c"
    `)
  })

  it('Q3 two contents never give one text', () => {
    fc.assert(
      fc.property(parameters, parameters, (a, b) => {
        expect(content(a) === content(b)).toBe(canonical(a) === canonical(b))
      }),
      { numRuns: 400 },
    )
    const alike: readonly Readonly<Record<string, Json>>[] = [
      { 'a.b': 1 },
      { a: { b: 1 } },
      { a: [1] },
      { 'a[0]': 1 },
      { a: { 0: 1 } },
      { a: '1' },
      { a: null },
      { a: 'null' },
      { a: '[]' },
      { a: [] },
      { a: {} },
      { '': { a: 1 } },
      { a: '\\u{200b}' },
      { a: '\u{200b}' },
      {},
    ]
    expect(new Set(alike.map(content)).size).toBe(alike.length)
  })

  it('Q3 a value can forge no line, hide nothing and turn no direction', () => {
    const forged = '1"\nNeeds: 1 of the roles anybody\r\u2028\u0085'
    const hidden = { to: forged, 'a\nb': 'x\u{202e}y\u{200b}\u{3164}\u{a0}', c: '\u{301}e' }
    const text = content(hidden)
    expect(text.split('\n').filter((line) => line.startsWith('Needs:'))).toHaveLength(1)
    expect(text.split('\n').slice(2, 7)).toMatchInlineSnapshot(`
      [
        "Content:",
        "  "a\\nb": "x\\u{202e}y\\u{200b}\\u{3164}\\u{a0}"",
        "    ! it holds characters that nobody sees: U+202E, U+200B, U+3164",
        "  c: "\\u{301}e"",
        "  to: "1\\"\\nNeeds: 1 of the roles anybody\\r\\u{2028}\\u{85}"",
      ]
    `)
    fc.assert(
      fc.property(parameters, (any) => {
        expect(content(any)).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}\u{200b}]/u)
      }),
    )
  })
})

describe('Q13 lookalikes', () => {
  it.each([
    ['kim', 'k\u{456}m', 'Cyrillic і'],
    ['paypal', '\u{440}\u{430}\u{443}\u{440}\u{430}\u{4cf}', 'all Cyrillic'],
    ['KOREA', '\u{39a}\u{39f}R\u{395}\u{391}', 'Greek capitals'],
    ['hot-1', 'hot\u{2013}l', 'a dash and an l'],
    ['bithumb', 'b\u{3163}thumb', 'the jamo ㅣ'],
    ['coin', 'c\u{3147}in', 'the jamo ㅇ'],
    ['admin', 'adm\u{200b}in', 'a space of no width'],
    ['admin', 'adrnin', 'r and n'],
    ['upbit', 'UPBlT', 'capitals and an l'],
    ['박민수', '박\u{3164}민수', 'a Hangul filler'],
    ['박민수', '박민수'.normalize('NFD'), 'jamo that are put together'],
    ['vault', 'ｖａｕｌｔ', 'wide letters'],
  ])('Q13 %s is seen in %s (%s)', (known, name) => {
    expect(takenFor(name, ['someone', known])).toBe(known)
  })

  it('Q13 other names are not, nor is a name its own double', () => {
    const names = ['kim', 'kin', 'lee', '김민수', '김민석', 'hot-1', 'hot-2', 'Мария', 'Αθήνα', 'LG전자', 'cold']
    for (const name of names) expect([name, takenFor(name, names)]).toEqual([name, undefined])
    expect(skeleton(skeleton('Kim-1'))).toBe(skeleton('Kim-1'))
  })

  it('Q13 says what is mixed and what is unseen, and is silent about ordinary names of every script', () => {
    expect(strangeIn('p\u{430}yment of w1')).toEqual({ scripts: ['Latin', 'Cyrillic'], unseen: [] })
    expect(strangeIn('\u{440}\u{430}\u{443}\u{440}\u{430}l')).toEqual({ scripts: ['Latin', 'Cyrillic'], unseen: [] })
    expect(strangeIn('\u{440}\u{430}\u{443}\u{440}\u{430}')).toEqual({ scripts: ['Cyrillic'], unseen: [] })
    expect(strangeIn('b\u{3163}thumb')).toEqual({ scripts: ['Latin', 'Hangul jamo'], unseen: [] })
    expect(strangeIn('a\u{200b}b\u{202e}')).toEqual({ scripts: [], unseen: ['U+200B', 'U+202E'] })
    for (const plain of ['LG전자', '김민수 (Kim)', 'Мария Иванова', 'Αθήνα', 'a large customer', '10 ETH', '']) {
      expect([plain, strangeIn(plain)]).toEqual([plain, undefined])
    }
  })

  it('Q3 Q13 the text points them out under the line that holds them', () => {
    const text = body(proposal({ parameters: { payee: 'P\u{430}rk' }, reason: 'as usu\u{430}l' }), 'ko')
    expect(text.match(/!.*/g)).toEqual(Array(2).fill('! 모양이 비슷한 글자가 섞여 있습니다: Latin, Cyrillic'))
  })
})
