import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Anvil, compile, customer, deployer, startAnvil, thief } from './kit.ts'
import { NodeFault, Rpc } from './rpc.ts'
import { debugTraces, parityTraces } from './traces.ts'

const contract = compile()
let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil.stop())

const tx = `0x${'1'.repeat(64)}`
const a = `0x${'a'.repeat(40)}`
const b = `0x${'b'.repeat(40)}`
const frame = (more: object = {}) => ({ type: 'CALL', from: a, to: b, value: '0x5', ...more })
const traced = (...calls: unknown[]) => debugTraces.transfers([{ txHash: tx, result: frame({ calls }) }])

test('S1: both trace formats of a real node tell the same transfers', async () => {
  const hash = await anvil.as(deployer).deployContract({ ...contract('Vault'), args: [] })
  const { contractAddress } = await anvil.reader.waitForTransactionReceipt({ hash })
  const address = contractAddress ?? thief.address
  await anvil.as(customer).sendTransaction({ to: address, value: 50n })
  for (const functionName of ['pay', 'payInVain']) {
    const sent = await anvil
      .as(thief)
      .writeContract({ address, abi: contract('Vault').abi, functionName, args: [thief.address, 3n] })
    const { blockNumber, blockHash } = await anvil.reader.waitForTransactionReceipt({ hash: sent })
    const block = { number: Number(blockNumber), hash: blockHash }
    const rpc = new Rpc({ url: anvil.url, timeoutMs: 5_000 })
    const read = async (format: typeof debugTraces) =>
      format
        .transfers(await rpc.one(format.call(block), new AbortController().signal))
        .filter(({ value }) => value > 0n)
    const moved = { tx: sent, from: address.toLowerCase(), to: thief.address.toLowerCase(), value: 3n }
    const expected = functionName === 'pay' ? [moved] : []
    expect(await read(debugTraces)).toEqual(expected)
    expect(await read(parityTraces)).toEqual(expected)
  }
})

test('S1: what moves nothing, and what was undone, is no transfer', () => {
  expect(traced(frame())).toEqual([{ tx, from: a, to: b, value: 5n }])
  expect(
    traced(frame({ type: 'DELEGATECALL' }), frame({ type: 'STATICCALL', value: null }), frame({ type: 'CALLCODE' })),
  ).toEqual([])
  expect(traced(frame({ error: 'reverted', calls: [frame()] }))).toEqual([])
  expect(debugTraces.transfers([{ txHash: tx, result: frame({ error: 'out of gas', calls: [frame()] }) }])).toEqual([])
})

test('S9: a trace nested a hundred thousand deep is read without harm, and one of a wrong shape is refused', () => {
  let deep: unknown = frame()
  for (let depth = 0; depth < 100_000; depth++) deep = frame({ calls: [deep] })
  expect(traced(deep)).toHaveLength(100_001)
  for (const wrong of [
    null,
    7,
    [{ txHash: tx }],
    [{ txHash: 'x', result: frame() }],
    [{ txHash: tx, result: frame({ from: 'me' }) }],
  ]) {
    expect(() => debugTraces.transfers(wrong)).toThrow(NodeFault)
  }
  expect(() =>
    parityTraces.transfers([{ type: 'call', transactionHash: tx, traceAddress: [0], action: { callType: 'call' } }]),
  ).toThrow(NodeFault)
})

test('S9: frames of a failed call are passed over in the flat format too', () => {
  const flat = (traceAddress: number[], more: object = {}) => ({
    ...{ type: 'call', transactionHash: tx, traceAddress },
    action: { callType: 'call', from: a, to: b, value: '0x5' },
    ...more,
  })
  const found = parityTraces.transfers([
    flat([]),
    flat([0], { error: 'Reverted' }),
    flat([0, 0]),
    flat([1], { action: { callType: 'delegatecall', from: a, to: b, value: '0x5' } }),
    flat([2], { type: 'suicide', action: { address: a, refundAddress: b, balance: '0x9' } }),
    flat([3], { type: 'create', action: { from: a, value: '0x7' }, result: { address: b } }),
    { type: 'reward', traceAddress: [], action: {} },
  ])
  expect(found.map(({ value }) => value)).toEqual([9n, 7n])
  expect(z.array(z.object({ tx: z.literal(tx) })).parse(found)).toHaveLength(2)
})
