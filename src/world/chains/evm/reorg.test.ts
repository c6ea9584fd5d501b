import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { holdingOf, watchers } from '../../../rooms/watch/index.ts'
import {
  type Anvil,
  caip,
  customer,
  ETHER,
  hot,
  openStage,
  ours,
  type Stage,
  type StageOptions,
  startAnvil,
  thief,
} from './kit.ts'

let anvil: Anvil
const stages: Stage[] = []
beforeAll(async () => {
  anvil = await startAnvil()
})
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.stop()
})
afterAll(() => anvil.stop())

const height = async () => Number(await anvil.chain.getBlockNumber())
async function staged(more: Partial<StageOptions> = {}): Promise<Stage> {
  const startHeight = await height()
  const nodes = [
    { name: 'a', url: anvil.url },
    { name: 'b', url: anvil.url },
  ]
  const stage = openStage({ nodes, targets: ours(), startHeight, ...more })
  stages.push(stage)
  await stage.start()
  await stage.until(
    'reading',
    () => watchers(stage.state)[0]?.sources.every(({ status }) => status === 'reading') ?? false,
  )
  return stage
}
const send = (to: { address: `0x${string}` }, value: bigint) => anvil.as(hot).sendTransaction({ to: to.address, value })
const permit = { permit: 'p1', from: caip(hot.address), to: caip(customer.address), asset: ETHER, amount: 7n }

test('S3, W9: blocks that are replaced take their movements back, and the new branch is read', async () => {
  const stage = await staged({ permits: [permit] })
  await anvil.chain.mine({ blocks: 1 })
  await send(customer, 7n)
  const stolen = await send(thief, 9n)
  await stage.until(
    'both',
    () => stage.of('transfer.unpermitted').length > 0 && stage.of('transfer.matched').length > 0,
  )
  // Two blocks are replaced by two empty ones, and a third comes.
  await anvil.chain.request({ method: 'anvil_reorg', params: [2, []] } as never)
  await anvil.chain.mine({ blocks: 1 })
  await stage.until('both undone', () => stage.of('transfer.reverted').length > 1)
  expect(stage.of('transfer.reverted')).toMatchObject([
    { tx: stolen, unpermitted: true },
    { permit: 'p1', unpermitted: false },
  ])
  const again = await send(thief, 9n)
  await stage.until('the theft on the new branch', () =>
    stage.of('transfer.unpermitted').some(({ tx }) => tx === again),
  )
  const balance = await anvil.reader.getBalance({ address: hot.address })
  await stage.until('the balance', () => holdingOf(stage.state, 'hot', ETHER) === balance)
})

test('S3: a branch that is shorter at first is noticed when it grows, and one made while nobody watched as well', async () => {
  const stage = await staged()
  await anvil.chain.mine({ blocks: 1 })
  const snapshot = await anvil.chain.snapshot()
  const stolen = await send(thief, 3n)
  await anvil.chain.mine({ blocks: 2 })
  const top = await height()
  await stage.until('the theft', () => stage.of('transfer.unpermitted').length > 0)
  await stage.until('the tip', () => (stage.standing()?.height ?? 0) >= top)
  await stage.stop()
  await anvil.chain.revert({ id: snapshot })
  await anvil.chain.setNextBlockTimestamp({ timestamp: BigInt(Math.floor(Date.now() / 1000) + 1_000) })
  await stage.restart()
  await anvil.chain.mine({ blocks: 1 })
  expect(stage.of('transfer.reverted')).toEqual([])
  await anvil.chain.mine({ blocks: 5 })
  await stage.until('it is undone', () => stage.of('transfer.reverted').length > 0)
  expect(stage.of('transfer.reverted')).toMatchObject([{ tx: stolen, unpermitted: true }])
  const last = await height()
  await stage.until('the new tip', () => (stage.standing()?.height ?? 0) >= last)
})

test('S3, W10: a chain without any block that was read before is not followed: the chain is blind', async () => {
  await anvil.chain.mine({ blocks: 2 })
  const snapshot = await anvil.chain.snapshot()
  await anvil.chain.mine({ blocks: 3 })
  const stage = await staged()
  await send(thief, 1n)
  await stage.until('the theft', () => stage.of('transfer.unpermitted').length > 0)
  await anvil.chain.revert({ id: snapshot })
  await anvil.chain.setNextBlockTimestamp({ timestamp: BigInt(Math.floor(Date.now() / 1000) + 2_000) })
  await anvil.chain.mine({ blocks: 12 })
  await stage.until('blindness', () => stage.of('watch.blinded').length > 0)
  expect(stage.of('watch.blinded')[0]?.detail).toContain('no block in common')
  expect(stage.of('transfer.reverted')).toEqual([])
})

test('S1: after a downtime of 300 blocks every one of them is read, and the theft in the middle is found', async () => {
  const stage = await staged()
  const from = stage.standing()?.height ?? -1
  await stage.stop()
  await anvil.chain.mine({ blocks: 150 })
  const stolen = await send(thief, 5n)
  await anvil.chain.mine({ blocks: 149 })
  const permits = await height()
  expect(permits - from).toBeGreaterThanOrEqual(300)
  await stage.restart()
  await stage.until('the tip', () => (stage.standing()?.height ?? 0) === permits)
  expect(stage.of('transfer.unpermitted')).toMatchObject([{ tx: stolen, amount: '5' }])
  const statuses = () => stage.of('source.reported').map(({ status }) => status)
  await stage.until('reading again', () => statuses().at(-1) === 'reading')
  expect(statuses()).toContain('behind')
  expect(stage.refusals).toEqual([])
})

test('S1, W4: a block with more movements than a turn takes is told in parts, and again as a whole after a crash between them', async () => {
  let parts = 0
  const stage = await staged({
    interrupt: (command) => command.type === 'block.observe' && command.data.last === false && ++parts === 2,
    // Seventy receipts and traces from one busy node take longer than the half second of the other tests.
    timing: { timeoutMs: 8_000 },
  })
  await anvil.chain.setAutomine(false)
  const nonce = await anvil.reader.getTransactionCount({ address: hot.address })
  for (let n = 0; n < 70; n++) {
    await anvil.as(hot).sendTransaction({ to: thief.address, value: 1n, nonce: nonce + n, gas: 21_000n })
  }
  await anvil.chain.mine({ blocks: 1 })
  await anvil.chain.setAutomine(true)
  await stage.until('the crash', () => parts === 2)
  expect(stage.of('transfer.unpermitted')).toHaveLength(32)
  expect(stage.standing()?.open).not.toBeNull()
  await stage.restart()
  await stage.until('the whole block', () => stage.of('transfer.unpermitted').length === 32 + 70)
  expect(stage.of('transfer.reverted')).toHaveLength(32)
  expect(stage.standing()).toMatchObject({ open: null, height: await height() })
})
