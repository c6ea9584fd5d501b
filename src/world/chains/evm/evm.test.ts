import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { holdingOf } from '../../../rooms/watch/index.ts'
import {
  type Anvil,
  CHAIN,
  caip,
  cold,
  compile,
  customer,
  deployer,
  ETHER,
  hot,
  openStage,
  ours,
  type Stage,
  type StageOptions,
  startAnvil,
  thief,
} from './kit.ts'

const contract = compile()
let anvil: Anvil
const stages: Stage[] = []
beforeAll(async () => {
  anvil = await startAnvil()
})
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.stop()
})
afterAll(() => anvil.stop())

async function staged(more: Partial<StageOptions> = {}): Promise<Stage> {
  const nodes = [
    { name: 'a', url: anvil.url },
    { name: 'b', url: anvil.url },
  ]
  // What earlier tests did is behind this one.
  const startHeight = Number(await anvil.chain.getBlockNumber())
  const stage = openStage({ nodes, targets: ours(), startHeight, ...more })
  stages.push(stage)
  await stage.start()
  await stage.until('reading', () => stage.of('source.reported').some(({ status }) => status === 'reading'))
  return stage
}

async function deploy(name: string, args: unknown[] = []) {
  const hash = await anvil.as(deployer).deployContract({ ...contract(name), args })
  const { contractAddress } = await anvil.reader.waitForTransactionReceipt({ hash })
  if (contractAddress == null) throw new Error(`${name} was not deployed`)
  return { address: contractAddress, abi: contract(name).abi }
}
const erc20 = (address: string) => `${CHAIN}/erc20:${address.toLowerCase()}`

test('S2, W5, W7: a permitted native transfer is matched, and one without a permit is an alarm in its block', async () => {
  const permit = { permit: 'p1', from: caip(hot.address), to: caip(customer.address), asset: ETHER, amount: 7n }
  const stage = await staged({ permits: [permit] })
  await anvil.as(hot).sendTransaction({ to: customer.address, value: 7n })
  const stolen = await anvil.as(hot).sendTransaction({ to: thief.address, value: 9n })
  await stage.until('the alarm', () => stage.of('transfer.unpermitted').length > 0)
  const block = await anvil.chain.getBlockNumber()
  expect(stage.of('transfer.matched')).toMatchObject([{ permit: 'p1', amount: '7', wallet: 'hot' }])
  expect(stage.of('transfer.unpermitted')).toMatchObject([
    { tx: stolen, to: caip(thief.address), amount: '9', asset: ETHER, height: Number(block) },
  ])
})

test('W5, W7, W8: token transfers are seen, also by allowance, also of a token with habits of its own', async () => {
  const token = await deploy('Token', [hot.address, 1_000n])
  const odd = await deploy('OddToken')
  const assets = [ETHER, erc20(token.address), erc20(odd.address)]
  const permit = {
    permit: 'p1',
    from: caip(hot.address),
    to: caip(customer.address),
    asset: assets[1] ?? '',
    amount: 5n,
  }
  const stage = await staged({ permits: [permit], targets: ours(assets) })
  const call = (functionName: string, args: unknown[]) => ({ ...token, functionName, args })
  await anvil.as(hot).writeContract(call('transfer', [customer.address, 5n]))
  await anvil.as(hot).writeContract(call('approve', [thief.address, 100n]))
  await anvil.as(thief).writeContract(call('transferFrom', [hot.address, thief.address, 60n]))
  await anvil.as(hot).writeContract(call('transfer', [thief.address, 0n]))
  await anvil.as(hot).writeContract({ ...odd, functionName: 'transfer', args: [thief.address, 3n] })
  await stage.until('both alarms', () => stage.of('transfer.unpermitted').length > 1)
  expect(stage.of('transfer.matched')).toMatchObject([{ permit: 'p1', asset: assets[1] }])
  expect(stage.of('transfer.unpermitted')).toMatchObject([
    { asset: assets[1], amount: '60', to: caip(thief.address) },
    { asset: assets[2], amount: '3' },
  ])
  await stage.until('the balance', () => holdingOf(stage.state, 'hot', assets[1] ?? '') === 935n)
})

test('W11: an allowance is an alarm, its revocation is not', async () => {
  const token = await deploy('Token', [hot.address, 1_000n])
  const stage = await staged({ targets: ours([ETHER, erc20(token.address)]) })
  const approve = (value: bigint) =>
    anvil.as(hot).writeContract({ ...token, functionName: 'approve', args: [thief.address, value] })
  const granted = await approve(50n)
  await approve(0n)
  await anvil.as(customer).writeContract({ ...token, functionName: 'approve', args: [thief.address, 9n] })
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 1n })
  await stage.until('the next transfer', () => stage.of('transfer.internal').length > 0)
  expect(stage.of('delegation.unpermitted')).toMatchObject([
    { tx: granted, kind: 'allowance', account: caip(hot.address), delegate: caip(thief.address), amount: '50' },
  ])
})

test('W7: what strangers write into their own contracts about our coins raises no alarm', async () => {
  const liar = await deploy('Liar')
  const token = await deploy('Token', [hot.address, 1n])
  const stage = await staged({ targets: ours([ETHER, erc20(token.address)]) })
  const lie = { ...liar, functionName: 'lie', args: [hot.address, thief.address] }
  await anvil.as(thief).writeContract(lie)
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 1n })
  await stage.until('the next transfer', () => stage.of('transfer.internal').length > 0)
  expect(stage.of('transfer.unpermitted')).toEqual([])
  expect(stage.of('delegation.unpermitted')).toEqual([])
  // The same from our own key is another matter: whatever that contract is, we never permitted it. The malformed logs are passed over.
  await anvil.as(hot).writeContract(lie)
  await stage.until('the alarm', () => stage.of('delegation.unpermitted').length > 0)
  expect(stage.of('transfer.unpermitted')).toMatchObject([{ asset: erc20(liar.address), amount: '1000' }])
})

test('W7: coins that leave a contract wallet by somebody else’s transaction are seen; a call that failed moved nothing', async () => {
  const vault = await deploy('Vault')
  await anvil.as(customer).sendTransaction({ to: vault.address, value: 100n })
  const targets = [...ours(), { wallet: 'vault', account: caip(vault.address), assets: [ETHER] }]
  const stage = await staged({ targets })
  const pay = (functionName: string, value: bigint) =>
    anvil.as(thief).writeContract({ ...vault, functionName, args: [thief.address, value] })
  await pay('payInVain', 10n)
  await pay('pay', 30n)
  await stage.until('the alarm', () => stage.of('transfer.unpermitted').length > 0)
  expect(stage.of('transfer.unpermitted')).toMatchObject([
    { wallet: 'vault', amount: '30', place: 1_000_001, to: caip(thief.address) },
  ])
})

test('W7: without traces, a balance that falls by more than was seen and paid is an alarm', async () => {
  const vault = await deploy('Vault')
  await anvil.as(customer).sendTransaction({ to: vault.address, value: 100n })
  const targets = [...ours(), { wallet: 'vault', account: caip(vault.address), assets: [ETHER] }]
  const stage = await staged({ targets, traces: false })
  // Fees and a sweep of our own explain themselves.
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 5n })
  await anvil.as(thief).writeContract({ ...vault, functionName: 'pay', args: [thief.address, 30n] })
  await stage.until('the alarm', () => stage.of('transfer.unpermitted').length > 0)
  expect(stage.of('transfer.internal')).toMatchObject([{ wallet: 'hot', to_wallet: 'cold', amount: '5' }])
  expect(stage.of('transfer.unpermitted')).toMatchObject([
    { wallet: 'vault', amount: '30', place: 3_000_000, to: `${CHAIN}:0x${'0'.repeat(40)}` },
  ])
})

test('W6: sweeps, fees and a transfer that failed are no thefts', async () => {
  const vault = await deploy('Vault')
  const stage = await staged()
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 5n })
  // The vault takes no call with data that it does not know: mined, paid for, and undone.
  await anvil.as(hot).sendTransaction({ to: vault.address, value: 8n, data: '0x12345678', gas: 100_000n })
  await anvil.as(customer).sendTransaction({ to: hot.address, value: 11n })
  await stage.until('the deposit', () => stage.of('transfer.received').length > 0)
  expect(stage.of('transfer.internal')).toMatchObject([{ wallet: 'hot', to_wallet: 'cold', amount: '5' }])
  expect(stage.of('transfer.received')).toMatchObject([{ wallet: 'hot', amount: '11' }])
  expect(stage.of('transfer.unpermitted')).toEqual([])
})

test('W11: an EIP-7702 delegation is an alarm; sent again by anybody, or revoked, it is not', async () => {
  const vault = await deploy('Vault')
  const stage = await staged()
  const client = anvil.as(hot)
  const sign = (contractAddress: `0x${string}`) => client.signAuthorization({ account: hot, contractAddress })
  const authorization = await sign(vault.address)
  const send = (list: (typeof authorization)[]) =>
    anvil.as(thief).sendTransaction({ to: thief.address, authorizationList: list })
  const granted = await send([authorization])
  await send([authorization])
  await send([await sign(`0x${'0'.repeat(40)}`)])
  // A signature by somebody else is none of our business.
  await send([await anvil.as(customer).signAuthorization({ account: customer, contractAddress: vault.address })])
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 1n })
  await stage.until('the next transfer', () => stage.of('transfer.internal').length > 0)
  expect(stage.of('delegation.unpermitted')).toMatchObject([
    { tx: granted, kind: 'eip7702', account: caip(hot.address), delegate: caip(vault.address), place: 2_000_000 },
  ])
})

test('S11, W12: balances are read at the start and again, and fees are put right by the next reading', async () => {
  const stage = await staged()
  const balance = () => anvil.reader.getBalance({ address: hot.address })
  await stage.until('the first balance', () => holdingOf(stage.state, 'hot', ETHER) !== undefined)
  expect(holdingOf(stage.state, 'hot', ETHER)).toBe(await balance())
  await anvil.as(hot).sendTransaction({ to: cold.address, value: 5n })
  const after = await balance()
  await stage.until('the fee', () => holdingOf(stage.state, 'hot', ETHER) === after)
})
