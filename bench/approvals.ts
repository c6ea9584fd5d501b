/**
 * What an approval costs: verifications a second on one core, for each algorithm, beside @simplewebauthn/server on the same assertions in the
 * same run; and how the cost of a proposal grows with its quorum. Run: `npx node bench/approvals.ts`.
 *
 * - known keys: 20 people approve again and again; their keys are ready. New keys: each key is seen for the first time.
 * - node:crypto: the bare signature over bytes that are ready, with a key that is ready: what no code of ours can pass.
 * - the library's promises are awaited one after the other; it works on one core too, in node's thread pool.
 */
import { verify } from 'node:crypto'
import { sha256 } from '../src/kernel/bytes.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import { HOUR_MS } from '../src/kernel/time.ts'
import {
  type Approval,
  approvalChallenge,
  checkApprovals,
  outcome,
  rosterOf,
  verifyApproval,
} from '../src/rooms/access/engine/approval/index.ts'
import {
  type Assertion,
  type Credential,
  publicKeyOf,
  verifyAssertion,
} from '../src/rooms/access/engine/webauthn/index.ts'
import { libraryTakes } from '../test/kit/library.ts'
import { KINDS, type Kind, ORIGIN, passkey, RP_ID } from '../test/kit/passkey.ts'
import { approve, member, POLICY, proposal, record, SITE, T1 } from '../test/kit/quorum.ts'

/** Approvals a second on one core that are asked for. */
const TARGET = 1_000
/** Best of so many runs: the first also pays for compilation. */
const RUNS = 3
const RUN_MS = 300
const PEOPLE = 20
/** RSA keys take long to make; the new keys of the others are many enough to time. */
const NEW_KEYS: Readonly<Record<Kind, number>> = {
  ES256: 300,
  ES384: 150,
  ES512: 100,
  EdDSA: 300,
  Ed448: 150,
  RS256: 6,
}

interface Signed {
  readonly credential: Credential
  readonly assertion: Assertion
}

const challenge = approvalChallenge(proposal())
const expected = { challenge, origins: [ORIGIN], rpId: RP_ID }
const signed = (kind: Kind): Signed => {
  const { credential, sign } = passkey(kind)
  return { credential, assertion: sign({ challenge }) }
}

function ours({ credential, assertion }: Signed): void {
  const found = verifyAssertion({ credential, assertion, expected })
  if (isRefusal(found)) throw new Error(found.detail)
}

/** The signature alone, with everything else done beforehand. */
function bareSignature({ credential, assertion }: Signed): () => void {
  const key = publicKeyOf(credential.public_key)
  if (isRefusal(key)) throw new Error(key.detail)
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
  const signedBytes = Buffer.concat([bytes(assertion.authenticator_data), sha256(bytes(assertion.client_data_json))])
  const signature = bytes(assertion.signature)
  return () => {
    if (!verify(key.algorithm.hash ?? null, signedBytes, key.key, signature)) throw new Error('the signature is wrong')
  }
}

async function theirs({ credential, assertion }: Signed): Promise<void> {
  if (!(await libraryTakes(assertion, credential, expected))) throw new Error('the library refused an honest assertion')
}

/** Calls a second, the best of the runs. */
async function rate(work: (place: number) => Promise<void> | void): Promise<number> {
  let best = 0
  for (let run = 0; run < RUNS; run += 1) {
    const from = performance.now()
    let done = 0
    while (performance.now() - from < RUN_MS) {
      const waiting = work(done)
      if (waiting !== undefined) await waiting
      done += 1
    }
    best = Math.max(best, done / ((performance.now() - from) / 1_000))
  }
  return best
}

function newKeys(kind: Kind): number {
  const all = Array.from({ length: NEW_KEYS[kind] }, () => signed(kind))
  const from = performance.now()
  for (const one of all) ours(one)
  return all.length / ((performance.now() - from) / 1_000)
}

const shown = (value: number): string => Math.round(value).toLocaleString('en').padStart(9)

async function algorithms(): Promise<void> {
  console.log(
    ['algorithm', 'known keys/s', 'new keys/s', 'node:crypto/s', '@simplewebauthn/s', `at least ${TARGET}`].join(' | '),
  )
  for (const kind of KINDS) {
    const people = Array.from({ length: PEOPLE }, () => signed(kind))
    const one = (place: number): Signed => people[place % people.length] ?? signed(kind)
    const fast = await rate((place) => ours(one(place)))
    const peer = kind === 'Ed448' ? undefined : await rate((place) => theirs(one(place)))
    const bare = await rate(bareSignature(one(0)))
    const row = [
      kind.padEnd(9),
      shown(fast),
      shown(newKeys(kind)),
      shown(bare),
      peer === undefined ? '  unknown' : shown(peer),
    ]
    console.log([...row, fast >= TARGET ? 'yes' : 'NO'].join(' | '))
  }
}

/** Microseconds for all approvals of one proposal to be verified, to be counted, and for its record to be checked whole. */
async function quorums(): Promise<void> {
  console.log('\nquorum | verify all, us | count, us | check the record, us (ES256)')
  const kim = member('kim', ['operator'])
  for (let quorum = 1; quorum <= 9; quorum += 2) {
    const acts = POLICY.acts.map((act) => ({ ...act, terms: { ...act.terms, approvals_min: quorum } }))
    const policy = { ...POLICY, acts }
    const asked = proposal({}, policy)
    const members = Array.from({ length: quorum }, (_, place) => member(`approver-${place}`, ['approver']))
    const approvals: Approval[] = members.map((who) => approve(who, asked))
    const all = [kim, ...members]
    const roster = rosterOf(all.map(({ person }) => person))
    const at = T1 + HOUR_MS
    const told = record(asked, all, approvals, { policies: [policy] })
    const micros = async (work: () => void): Promise<string> => shown(1_000_000 / (await rate(work)))
    const verify = await micros(() => {
      for (const approval of approvals) verifyApproval({ proposal: asked, approval, roster, site: SITE, at })
    })
    const count = await micros(() => {
      if (outcome({ proposal: asked, approvals, vetoes: [] }, roster, at).state !== 'approved')
        throw new Error('waiting')
    })
    const check = await micros(() => {
      const found = checkApprovals(told)
      if (isRefusal(found) || !found.ok || found.outcome.state !== 'approved') throw new Error('not approved')
    })
    console.log([String(quorum).padStart(6), verify, count, check].join(' | '))
  }
}

await algorithms()
await quorums()
