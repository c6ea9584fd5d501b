import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { watchers } from '../../../rooms/watch/index.ts'
import {
  type Anvil,
  CHAIN,
  cold,
  hot,
  openStage,
  ours,
  type Stage,
  type StageOptions,
  startAnvil,
  thief,
} from './kit.ts'
import { type Mischief, startProxy } from './proxy.kit.ts'

let anvil: Anvil
let other: Anvil
let proxy: Awaited<ReturnType<typeof startProxy>>
const stages: Stage[] = []
beforeAll(async () => {
  ;[anvil, other] = await Promise.all([startAnvil(), startAnvil()])
})
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.stop()
  await proxy.stop()
})
afterAll(() => Promise.all([anvil.stop(), other.stop()]))

async function staged(more: Partial<StageOptions> = {}): Promise<Stage> {
  proxy = await startProxy(anvil.url)
  const startHeight = Number(await anvil.chain.getBlockNumber())
  const nodes = [
    { name: 'honest', url: anvil.url },
    { name: 'proxied', url: proxy.url },
  ]
  const stage = openStage({ nodes, targets: ours(), startHeight, ...more })
  stages.push(stage)
  await stage.start()
  await stage.until('both reading', () => says(stage, 'honest') === 'reading' && says(stage, 'proxied') === 'reading')
  return stage
}
/** One that failed on a block is believed again when it has given a whole one, so blocks are made until then: a block may be read without it. */
async function recovers(stage: Stage): Promise<void> {
  const making = setInterval(() => void anvil.chain.mine({ blocks: 1 }), 250)
  try {
    await stage.until('recovery', () => says(stage, 'proxied') === 'reading')
  } finally {
    clearInterval(making)
  }
}
const says = (stage: Stage, source: string) =>
  watchers(stage.state)[0]?.sources.find((each) => each.source === source)?.status
const sight = (stage: Stage) => watchers(stage.state)[0]?.status
const steal = (from: Anvil, value: bigint) => from.as(hot).sendTransaction({ to: thief.address, value })
const change = (method: string, to: (result: unknown) => unknown): Mischief => ({
  kind: 'change',
  change: (asked, result) => (asked.method === method ? to(result) : result),
})

const failures: readonly (readonly [string, Mischief, 'stalled' | 'erring'])[] = [
  ['says nothing', { kind: 'silent' }, 'stalled'],
  ['answers HTTP 500', { kind: 'status', status: 500 }, 'erring'],
  ['sends us elsewhere', { kind: 'status', status: 307, location: 'http://127.0.0.1:1/' }, 'erring'],
  ['answers garbage', { kind: 'body', body: '<html>busy</html>' }, 'erring'],
  ['answers half of its JSON', { kind: 'body', body: '{"jsonrpc":"2.0","id":0,"result":{"number":"0x' }, 'erring'],
  [
    'answers an error',
    { kind: 'body', body: '{"jsonrpc":"2.0","id":0,"error":{"code":-32000,"message":"no"}}' },
    'erring',
  ],
  ['answers without end', { kind: 'endless' }, 'erring'],
  ['knows no block', change('eth_getBlockByNumber', () => null), 'erring'],
  [
    'has a block of the wrong shape',
    change('eth_getBlockByNumber', (block) => ({ ...(block as object), hash: 7 })),
    'erring',
  ],
  ['shows logs of another block', change('eth_getLogs', () => [strangeLog]), 'erring'],
  ['has no receipts', change('eth_getTransactionReceipt', () => null), 'erring'],
  [
    'sends nonsense as traces',
    change('debug_traceBlockByNumber', () => [{ txHash: `0x${'7'.repeat(64)}`, result: { calls: 3 } }]),
    'erring',
  ],
]
const strangeLog = {
  address: thief.address,
  topics: [],
  data: '0x',
  blockHash: `0x${'1'.repeat(64)}`,
  transactionHash: `0x${'2'.repeat(64)}`,
  logIndex: '0x0',
}

test.each(failures)(
  'S4: while one node %s, the other is read, and the failing one is reported',
  async (_, mischief, status) => {
    const stage = await staged(mischief.kind === 'silent' ? { timing: { timeoutMs: 2_000 } } : {})
    proxy.be(mischief)
    const tx = await steal(anvil, 9n)
    await stage.until('the alarm', () => stage.of('transfer.unpermitted').some((theft) => theft.tx === tx))
    await stage.until(status, () => says(stage, 'proxied') === status)
    expect(sight(stage)).toBe('reading')
    expect(stage.of('watch.blinded')).toEqual([])
    proxy.be({ kind: 'honest' })
    await recovers(stage)
  },
)

test('S4: a node that is on another chain is not read', async () => {
  proxy = await startProxy(anvil.url)
  proxy.be(change('eth_chainId', () => '0x5'))
  const nodes = [
    { name: 'honest', url: anvil.url },
    { name: 'proxied', url: proxy.url },
  ]
  const stage = openStage({ nodes, targets: ours() })
  stages.push(stage)
  await stage.start()
  await stage.until('the report', () => says(stage, 'proxied') === 'erring' && says(stage, 'honest') === 'reading')
  const report = stage.of('source.reported').find(({ status }) => status === 'erring')
  expect(report?.detail).toBe(`the node is on chain eip155:5, not ${CHAIN}`)
})

test('S5: when no node answers, the chain is blind, and what happened meanwhile is read once one answers again', async () => {
  proxy = await startProxy(anvil.url)
  const second = proxy
  const stage = await staged({
    nodes: [
      { name: 'honest', url: second.url },
      { name: 'proxied', url: second.url },
    ],
  })
  second.be({ kind: 'status', status: 503 })
  await stage.until('blindness', () => stage.of('watch.blinded').length > 0)
  const tx = await steal(anvil, 8n)
  expect(stage.of('transfer.unpermitted')).toEqual([])
  second.be({ kind: 'honest' })
  await stage.until('sight', () => stage.of('watch.restored').length > 0)
  await stage.until('the alarm', () => stage.of('transfer.unpermitted').some((theft) => theft.tx === tx))
  await second.stop()
})

test('S6: where two nodes show different blocks nothing beyond the agreed height is taken, and the chain is blind', async () => {
  await anvil.chain.mine({ blocks: 5 })
  const startHeight = 0
  proxy = await startProxy(other.url)
  const nodes = [
    { name: 'honest', url: anvil.url },
    { name: 'proxied', url: proxy.url },
  ]
  await other.chain.mine({ blocks: Number(await anvil.chain.getBlockNumber()) })
  await steal(other, 1n)
  const stage = openStage({ nodes, targets: ours(), startHeight })
  stages.push(stage)
  await stage.start()
  await stage.until(
    'disagreement',
    () => says(stage, 'honest') === 'disagreeing' && says(stage, 'proxied') === 'disagreeing',
  )
  expect(sight(stage)).toBe('blind')
  expect(stage.standing()?.height ?? 0).toBe(0)
  expect(stage.of('transfer.unpermitted')).toEqual([])
})

test('S7: a movement that one node withholds counts, and the node is reported', async () => {
  const stage = await staged()
  const withheld: Readonly<Record<string, (result: unknown) => unknown>> = {
    eth_getBlockByNumber: (block) => ({ ...(block as object), transactions: [] }),
    debug_traceBlockByNumber: () => [],
  }
  proxy.be({ kind: 'change', change: ({ method }, result) => withheld[method]?.(result) ?? result })
  const tx = await steal(anvil, 7n)
  await stage.until('the alarm', () => stage.of('transfer.unpermitted').some((theft) => theft.tx === tx))
  await stage.until('the report', () => says(stage, 'proxied') === 'disagreeing')
  expect(sight(stage)).toBe('reading')
  expect(stage.of('watch.blinded')).toEqual([])
})

test('S8: a node whose latest block stays behind is no longer waited for, and said to be behind', async () => {
  const stage = await staged()
  const old = await anvil.reader.getBlock()
  const hex = (value: bigint) => `0x${value.toString(16)}`
  const frozen = { number: hex(old.number), hash: old.hash, parentHash: old.parentHash, timestamp: hex(old.timestamp) }
  proxy.be({
    kind: 'change',
    change: ({ params }, result) => (params[0] === 'latest' ? frozen : result),
  })
  const tx = await steal(anvil, 6n)
  await stage.until('the alarm', () => stage.of('transfer.unpermitted').some((theft) => theft.tx === tx))
  await stage.until('behind', () => says(stage, 'proxied') === 'behind')
  expect(sight(stage)).toBe('reading')
})

test('S8: when a chain makes no block for longer than it ever should, it is blind', async () => {
  const stage = await staged({ timing: { stallMs: 400 } })
  await stage.until('blindness', () => stage.of('watch.blinded').length > 0)
  expect(says(stage, 'honest')).toBe('stalled')
  await anvil.chain.mine({ blocks: 1 })
  await stage.until('sight', () => stage.of('watch.restored').length > 0)
})

test('S10: stopping ends though a node never answers, and nothing is submitted after it', async () => {
  const stage = await staged({ timing: { timeoutMs: 3_600_000 } })
  proxy.be({ kind: 'silent' })
  const before = proxy.requests
  await stage.until('a request without an answer', () => proxy.requests > before)
  await stage.stop()
  const count = stage.events.length
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 1n })
  expect(stage.events).toHaveLength(count)
})
