/**
 * What the door costs: device proofs (RFC 9449) and signed requests (RFC 9421), verified and remembered, a second of
 * processor time. Run: `npx node bench/door.ts`.
 *
 * - proofs beside `jose`: the same checks with jwtVerify, its embedded key and its thumbprint, and a set for the identifiers. Its promises are
 *   awaited one after the other.
 * - signed requests have no peer among the packages here; node:crypto's bare verification is the floor of both.
 * - the other columns: a session or a service that was never seen before, and what an attacker's wrong signature costs us.
 */
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import { utf8 } from '../src/kernel/bytes.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import {
  bodyFault,
  deviceKeyOf,
  makeProof,
  newDevice,
  ProofVerifier,
  type RequestHead,
  SignatureVerifier,
  signRequest,
} from '../src/server/door/index.ts'

/** Proofs a second on one core that are asked for. */
const TARGET = 8_000
/** Made beforehand: each is good once. */
const COUNT = 20_000
/** Best of so many: the first also pays for compilation. */
const RUNS = 3

const NOW = Date.now()
const ORIGIN = 'https://pasu.exchange.example'
const URL_TEXT = `${ORIGIN}/v1/withdrawals?limit=20`
const PATH = '/v1/withdrawals?limit=20'
/** As long as a withdrawal's. */
const BODY = utf8(
  JSON.stringify({ withdrawal: 'w-123456789', wallet: 'hot-eth', asset: 'eip155:1/slip44:60', amount: '1'.repeat(20) }),
)

const shown = (rate: number): string => Math.round(rate).toLocaleString('en').padStart(9)

/** Seconds of processor time of all threads of this process: other programs of the machine do not count. */
function spent(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

/** Calls a second of processor time over a list, the best of the runs; `begin` starts each run with nothing remembered. */
async function rate<T>(list: readonly T[], begin: () => (one: T) => Promise<void> | void): Promise<number> {
  let best = 0
  for (let run = 0; run < RUNS; run += 1) {
    const work = begin()
    const from = spent()
    for (const one of list) {
      const waiting = work(one)
      if (waiting !== undefined) await waiting
    }
    best = Math.max(best, list.length / (spent() - from))
  }
  return best
}

function must(isGood: boolean): void {
  if (!isGood) throw new Error('an honest request was refused, or another was taken')
}

const limits = { perOwnerMax: COUNT, max: COUNT }

async function proofs(): Promise<void> {
  const device = newDevice()
  const known = deviceKeyOf(device.jwk)
  if (isRefusal(known)) throw new Error(known.detail)
  const session = { session: 's-1', thumbprint: known.thumbprint, key: known.key }
  const asked = { method: 'GET', url: URL_TEXT, session: session.session, now: NOW }
  const list = Array.from({ length: COUNT }, () => makeProof({ device, ...asked }))
  const wrong = makeProof({ device: { jwk: device.jwk, privateKey: newDevice().privateKey }, ...asked })
  const request = { method: 'GET', url: PATH }
  const verifier = (): ProofVerifier => new ProofVerifier({ origins: [ORIGIN], now: () => NOW, limits })
  const ours = await rate(list, () => {
    const by = verifier()
    return (proof) => must(!isRefusal(by.verify(proof, request, session)))
  })
  const refused = await rate(Array(5_000).fill(wrong), () => {
    const by = verifier()
    return (proof) => must(isRefusal(by.verify(proof, request, session)))
  })
  const theirs = await rate(list.slice(0, 5_000), () => {
    const seen = new Set<string>()
    return async (proof) => {
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        ...{ typ: 'dpop+jwt', algorithms: ['ES256'], maxTokenAge: 60, clockTolerance: 60 },
        currentDate: new Date(NOW),
      })
      const { htm, htu, jti = '', sid } = payload
      must(htm === 'GET' && htu === URL_TEXT.split('?')[0] && sid === 's-1' && !seen.has(jti))
      must((await calculateJwkThumbprint(protectedHeader.jwk ?? {})) === session.thumbprint)
      seen.add(jti)
    }
  })
  const [head = '', body = '', mark = ''] = (list[0] ?? '').split('.')
  const [signed, signature] = [utf8(`${head}.${body}`), Buffer.from(mark, 'base64url')]
  const key = { key: session.key, dsaEncoding: 'ieee-p1363' as const }
  const bare = await rate(list, () => () => must(verify('sha256', signed, key, signature)))
  console.log(
    `proofs (ES256)            | ${[ours, refused, theirs, bare].map(shown).join(' | ')} | ${ours >= TARGET ? 'yes' : 'NO'}`,
  )
}

async function signatures(): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const headOf = (by: typeof privateKey): RequestHead => ({
    ...{ method: 'POST', scheme: 'https', authority: 'pasu.exchange.example', url: PATH },
    headers: {
      'content-length': String(BODY.length),
      ...signRequest({ method: 'POST', url: URL_TEXT, body: BODY, service: 'wallet-server', privateKey: by, now: NOW }),
    },
  })
  const list = Array.from({ length: COUNT }, () => headOf(privateKey))
  const wrong = headOf(generateKeyPairSync('ed25519').privateKey)
  const verifier = (): SignatureVerifier => new SignatureVerifier({ keyOf: () => publicKey, now: () => NOW, limits })
  const ours = await rate(list, () => {
    const by = verifier()
    return (head) => {
      const found = by.verify(head)
      must(!isRefusal(found) && bodyFault(found.digest, BODY) === undefined)
    }
  })
  const refused = await rate(Array(5_000).fill(wrong), () => {
    const by = verifier()
    return (head) => must(isRefusal(by.verify(head)))
  })
  const base = utf8('x'.repeat(300))
  const signature = sign(null, base, privateKey)
  const bare = await rate(list, () => () => must(verify(null, base, publicKey, signature)))
  console.log(
    `signed requests (Ed25519) | ${shown(ours)} | ${shown(refused)} | ${'none here'} | ${shown(bare)} | ${ours >= TARGET ? 'yes' : 'NO'}`,
  )
}

console.log(
  `a second of one processor |      ours | refused   | jose      | bare      | at least ${TARGET.toLocaleString('en')}`,
)
await proofs()
await signatures()
