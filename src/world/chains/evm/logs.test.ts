import fc from 'fast-check'
import { expect, test } from 'vitest'
import { APPROVAL_TOPIC, allowances, TRANSFER_TOPIC, tokenMovements } from './logs.ts'
import { lookoutFor } from './lookout.ts'
import type { Log } from './schemas.ts'

const CHAIN = 'eip155:1'
const address = (digit: string) => `0x${digit.repeat(40)}`
const topic = (of: string) => `0x${of.slice(2).padStart(64, '0')}`
const [ours, theirs, token, fake] = [address('a'), address('b'), address('c'), address('f')]
const registered = `${CHAIN}/erc20:${token}`
const lookout = lookoutFor(CHAIN, `${CHAIN}/slip44:60`, [
  { wallet: 'hot', account: `${CHAIN}:${ours.toUpperCase().replace('0X', '0x')}`, assets: [registered] },
])
const TX = `0x${'1'.repeat(64)}`
const log = (more: Partial<Log> = {}): Log => ({
  address: token,
  topics: [TRANSFER_TOPIC, topic(ours), topic(theirs)],
  data: topic('0x07'),
  blockHash: TX,
  transactionHash: TX,
  logIndex: 4,
  ...more,
})
const by = (sender: string) => new Map([[TX, sender]])

test('S9: a transfer of a registered token is told as it is', () => {
  expect(tokenMovements([log()], lookout, by(theirs))).toEqual([
    { tx: TX, place: 4, from: `${CHAIN}:${ours}`, to: `${CHAIN}:${theirs}`, asset: registered, amount: '7' },
  ])
  expect(
    tokenMovements([log({ topics: [TRANSFER_TOPIC, topic(theirs), topic(theirs)] })], lookout, by(theirs)),
  ).toEqual([])
})

test('S9: a token that nobody registered counts only where our own key signed', () => {
  expect(tokenMovements([log({ address: fake })], lookout, by(theirs))).toEqual([])
  expect(tokenMovements([log({ address: fake })], lookout, new Map())).toEqual([])
  expect(tokenMovements([log({ address: fake })], lookout, by(ours))).toHaveLength(1)
})

test('S9: an allowance of nothing is a revocation, and one that others give is theirs', () => {
  const approval = (more: Partial<Log> = {}) => log({ topics: [APPROVAL_TOPIC, topic(ours), topic(theirs)], ...more })
  expect(allowances([approval()], lookout, by(theirs))).toMatchObject([{ delegate: `${CHAIN}:${theirs}`, amount: '7' }])
  expect(allowances([approval({ data: topic('0x00') })], lookout, by(theirs))).toEqual([])
  expect(allowances([approval({ topics: [APPROVAL_TOPIC, topic(theirs), topic(ours)] })], lookout, by(theirs))).toEqual(
    [],
  )
  expect(tokenMovements([approval()], lookout, by(theirs))).toEqual([])
})

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((made) => `0x${Buffer.from(made).toString('hex')}`)

test('S9: whatever a contract writes, reading it does not fail and invents no movement of nothing', () => {
  const any = fc.record({
    address: fc.constantFrom(token, fake),
    topics: fc.array(fc.oneof(fc.constantFrom(TRANSFER_TOPIC, APPROVAL_TOPIC, topic(ours)), hex(32)), { maxLength: 4 }),
    data: fc.integer({ min: 0, max: 100 }).chain(hex),
    blockHash: fc.constant(TX),
    transactionHash: fc.constant(TX),
    logIndex: fc.nat(1_000),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), fc.constantFrom(ours, theirs), (logs, sender) => {
      const told = [...tokenMovements(logs, lookout, by(sender)), ...allowances(logs, lookout, by(sender))]
      for (const { amount = '0' } of told) expect(BigInt(amount)).toBeGreaterThan(0n)
      expect(told.length).toBeLessThanOrEqual(logs.length)
    }),
  )
})
