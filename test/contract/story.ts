/**
 * A story that touches every room: ordinary withdrawals, a reorganisation, blindness, a theft with its evacuation, notices, trace, loss
 * and repayment, and the people behind it. Told anew for each version of the program; what it once wrote must be readable for ever.
 */
import { fileURLToPath } from 'node:url'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { readPackFile } from '../../src/world/packs/read.ts'
import { tellPeople } from './people-story.ts'
import { eventOf, type Teller } from './teller.ts'

export const CHAIN = 'eip155:1'
export const ETHER = `${CHAIN}/slip44:60`
const TOKEN = `${CHAIN}/erc20:0x${'7'.repeat(40)}`
const account = (digit: string): string => `${CHAIN}:0x${digit.repeat(40)}`
const [HOT, WARM, REFUGE, THIEF] = [account('a'), account('c'), account('e'), account('b')]
const [ALICE, BOB, CAROL, DENIED] = [account('1'), account('2'), account('3'), account('9')]
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`
const PACK = fileURLToPath(new URL('../../packs/kr.yaml', import.meta.url))
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]

interface Move {
  readonly tx: string
  readonly from: string
  readonly to: string
  readonly amount: string
  readonly asset?: string
  readonly place?: number
}

const moved = ({ asset = ETHER, place = 0, ...move }: Move) => ({ ...move, asset, place })

/** Tells the story, chapter after chapter; each leaves what the next one begins with. */
export function tellStory(teller: Teller): void {
  const chain = chainOf(teller)
  setUp(teller)
  chain.hear('node-1', 'reading')
  chain.hear('node-2', 'reading')
  chain.block(100, [])
  teller.tell('holding.report', { wallet: 'hot-1', asset: ETHER, amount: '50000', height: 100 }, 'watcher:story')
  teller.tell('holding.report', { wallet: 'hot-1', asset: TOKEN, amount: '700', height: 100 }, 'watcher:story')
  ordinaryDay(teller, chain)
  blindness(teller, chain)
  const incident = theft(teller, chain)
  aftermath(teller, chain, incident)
  notices(teller, incident)
  repayment(teller, chain, incident)
  teller.pass(26 * HOUR)
  close(teller, incident)
  tellPeople(teller, incident, PACK)
}

function chainOf({ tell, now }: Teller) {
  let at = -1
  return {
    block(height: number, moves: readonly Move[], more: object = {}) {
      const part = { chain: CHAIN, after: at, height, hash: `0x${height}`, block_at: now() - 2 * SECOND }
      at = height
      return tell('block.observe', { ...part, movements: moves.map(moved), ...more }, 'watcher:story')
    },
    /** The chain left the blocks from `height` on. */
    back(height: number) {
      at = height - 1
      return tell('chain.rewind', { chain: CHAIN, height, reason: 'another branch' }, 'watcher:story')
    },
    hear: (source: string, status: string) =>
      tell('source.report', { chain: CHAIN, source, status, detail: `block ${at}` }, 'watcher:story'),
  }
}
type Chain = ReturnType<typeof chainOf>

function setUp({ tell, now }: Teller): void {
  const assets = [
    { asset: ETHER, symbol: 'ETH', decimals: 18 },
    { asset: TOKEN, symbol: 'TKN', decimals: 6 },
  ]
  tell('wallet.register', { wallet: 'hot-1', kind: 'hot', chain: CHAIN, account: HOT, refuge: REFUGE, assets })
  tell('wallet.register', { wallet: 'warm-1', kind: 'warm', chain: CHAIN, account: WARM, assets: assets.slice(0, 1) })
  const limit = { asset: ETHER, withdrawal_max: '1000', window_max: '5000', window_seconds: 3_600 }
  const limits = [
    { ...limit, wallet: 'hot-1' },
    { ...limit, wallet: 'warm-1', withdrawal_max: '9000', window_max: '90000' },
  ]
  tell('policy.set', { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: 600, limits })
  tell('denylist.import', { list: 'TEST', source: 'a story', digest: digest('d'), addresses: [DENIED] })
  const pack = readPackFile(PACK)
  if (isRefusal(pack)) throw new Error(pack.detail)
  tell('pack.load', pack)
  tell('recipient.set', { authority: 'KISA', language: 'ko', channel: 'mail', to: 'report@example.org' })
  tell('recipient.set', { authority: 'FSS', language: 'ko', channel: 'webhook', to: 'https://example.org/report' })
  const unit = { en: 'Security', ko: '보안팀' }
  tell('reporter.set', { platform: { en: 'Demo', ko: '데모' }, unit, contact: 'security@example.org' })
  const prices = [{ asset: ETHER, symbol: 'ETH', decimals: 18, krw_micro: '4200000000000000000000' }]
  tell('price.load', { source: 'a story', digest: digest('e'), valid_from: now(), prices })
  tell('fund.set', { fund: 'reserve', krw: '12', evidence: 'bank statement' })
  tell('fund.set', { fund: 'insurance', krw: '5', evidence: 'policy no. 1' })
}

function ordinaryDay({ tell, pass }: Teller, chain: Chain): void {
  const ask = (withdrawal: string, amount: string, to = ALICE) =>
    tell('withdrawal.request', { withdrawal, wallet: 'hot-1', asset: ETHER, amount, to }, 'service')
  ask('w-1', '900')
  ask('w-2', '1001', BOB)
  tell('withdrawal.release', { withdrawal: 'w-2', reason: 'the customer was called' })
  ask('w-3', '1002')
  tell('withdrawal.reject', { withdrawal: 'w-3', reason: 'nobody answered' })
  ask('w-4', '10', DENIED)
  ask('w-5', '1003')
  ask('w-6', '11', CAROL)
  pass(12 * SECOND)
  const landed = { tx: '0xa1', from: HOT, to: ALICE, amount: '900' }
  const others = [
    { tx: '0xa2', from: CAROL, to: HOT, amount: '77' },
    { tx: '0xa3', from: HOT, to: WARM, amount: '20000' },
  ]
  chain.block(101, [landed, ...others])
  pass(12 * SECOND)
  chain.back(101)
  chain.block(102, [landed, ...others, { tx: '0xa4', from: HOT, to: BOB, amount: '1001' }])
}

/** Nobody reports for longer than is borne: w-5 is never released, w-6 never lands, and the chain is blind. */
function blindness({ tell, pass }: Teller, chain: Chain): void {
  pass(20 * MINUTE)
  chain.hear('node-2', 'reading')
  tell('halt.lift', { scope: `chain:${CHAIN}`, reason: 'the node is back' })
}

function theft({ pass }: Teller, chain: Chain): string {
  pass(30 * SECOND)
  const first = chain.block(110, [{ tx: '0xb1', from: HOT, to: THIEF, amount: '6000' }])
  pass(12 * SECOND)
  const grant = { tx: '0xb3', place: 1, kind: 'allowance', account: HOT, delegate: THIEF, asset: TOKEN, amount: '700' }
  // The second wallet has no refuge: its evacuation is refused, and that is a fact of its own.
  const other = { ...grant, place: 2, kind: 'eip7702', account: WARM, asset: undefined, amount: undefined }
  chain.block(111, [{ tx: '0xb2', from: HOT, to: THIEF, amount: '500', place: 3 }], { delegations: [grant, other] })
  return String(eventOf(first, 'incident.opened').incident)
}

/** The evacuation lands, one theft is undone by the chain, the trace runs, and what waits in the outbox leaves or fails. */
function aftermath({ tell, pass, events, waiting }: Teller, chain: Chain, incident: string): void {
  chain.back(111)
  chain.block(112, [])
  const key = waiting('evacuation.broadcast')
  tell('outbox.fail', { key, detail: 'the signer did not answer' }, 'outbox')
  tell('outbox.confirm', { key, detail: 'broadcast as 0xc1' }, 'outbox')
  chain.block(113, [{ tx: '0xc1', from: HOT, to: REFUGE, amount: '700', asset: TOKEN }])
  const trace = String(events('trace.started')[0]?.trace)
  const result = { trace, digest: digest('f'), input_digest: digest('0'), edges: 3, addresses: 2 }
  const services = [{ entity: 'Some Exchange', kind: 'exchange', asset: ETHER, amount: '70' }]
  const unaccounted = [{ asset: ETHER, amount: '0' }]
  tell('trace.record', { ...result, run: 1, services, unaccounted }, 'trace')
  tell('trace.fail', { trace, run: 2, why: 'the worker was stopped' }, 'trace')
  tell('incident.note', { incident, text: 'the police came' })
  tell('incident.record', { incident, fact: 'note', text: 'the custodian was called' })
  tell('incident.state', { incident, about: 'cause', en: 'A key was copied.', ko: '키가 복사되었습니다.' })
  pass(5 * MINUTE)
}

function notices({ tell, pass, events, waiting }: Teller, incident: string): void {
  const sendable = events('notice.drafted').filter(
    (notice) => notice.incident === incident && notice.channel !== 'none',
  )
  const [first, second] = [...new Set(sendable.map(({ notice }) => notice))]
  if (first === undefined || second === undefined) throw new Error('the story has too few notices')
  tell('notice.redraft', { notice: first })
  tell('notice.approve', { notice: first })
  tell('outbox.fail', { key: waiting('mail.send', 'webhook.post'), detail: '451 try again later' }, 'outbox')
  pass(3 * SECOND)
  tell('outbox.confirm', { key: waiting('mail.send', 'webhook.post'), detail: '250 taken' }, 'outbox')
  tell('notice.acknowledge', { notice: first, reference: 'KISA-2026-1' })
  tell('notice.approve', { notice: second })
  tell('notice.mark_failed', { notice: second, why: '550 no such mailbox' }, 'outbox')
}

function repayment({ tell, pass }: Teller, chain: Chain, incident: string): void {
  tell('halt.lift', { scope: `chain:${CHAIN}`, reason: 'new keys' })
  const claim = (id: string, amount: string, pay_to: string) => ({
    ...{ claim: id, customer: `customer-${id}`, asset: ETHER, amount, pay_to },
  })
  const claims = [claim('c-1', '3000', ALICE), claim('c-2', '1000', DENIED), claim('c-3', '500', CAROL)]
  tell('claim.file', { incident, claims: [...claims, claim('c-4', '1500', BOB)] })
  tell('claim.withdraw', { claim: 'c-3', reason: 'filed twice' })
  tell('repayment.plan', { incident })
  pass(SECOND)
  const paying = { incident, wallets: [{ asset: ETHER, wallet: 'warm-1' }] }
  tell('repayment.pay', paying)
  pass(12 * SECOND)
  chain.block(120, [{ tx: '0xd1', from: WARM, to: ALICE, amount: '3000' }])
  chain.back(120)
  chain.block(121, [{ tx: '0xd1', from: WARM, to: ALICE, amount: '3000' }])
  tell('claim.withdraw', { claim: 'c-2', reason: 'paid by other means' })
  tell('fund.set', { fund: 'own', krw: '100', evidence: 'board minutes' })
  tell('repayment.plan', { incident })
  pass(SECOND)
  tell('repayment.pay', paying)
  pass(12 * SECOND)
  chain.block(122, [{ tx: '0xd2', from: WARM, to: BOB, amount: '1500' }])
}

function close({ tell, events }: Teller, incident: string): void {
  tell('evacuation.order', { wallet: 'hot-1', reason: 'to be sure' })
  tell('halt.raise', { scope: 'wallet:hot-1', reason: 'to be sure' })
  tell('halt.lift', { scope: 'wallet:hot-1', reason: 'over' })
  const met = new Set(events('clock.met').map(({ obligation }) => obligation))
  for (const { obligation, incident: of } of events('clock.started')) {
    if (of === incident && !met.has(obligation)) tell('clock.meet', { incident, obligation, evidence: 'by telephone' })
  }
  tell('incident.close', { incident, summary: 'repaid' })
}
