import { describe, expect, it } from 'vitest'
import { openGate, wallet } from '../../test/kit/gate.ts'
import { configSchema, STALL_MS_MAX } from './config.ts'
import { evmOptions, targetsOn } from './watchers.ts'

const settings = (source: object) =>
  configSchema.safeParse({
    platform: 'demo',
    sources: [{ chain: 'eip155:1', nodes: ['http://127.0.0.1:8545'], ...source }],
  })

function optionsOf(source: object) {
  const [first] = configSchema.parse(settings(source).data).sources
  if (first === undefined) throw new Error('no source')
  return evmOptions(first, () => 0)
}

describe('the settings of a source', () => {
  it('reach it: its nodes by name, how long its chain may rest, where a first reading begins', () => {
    expect(optionsOf({ stall_ms: 600_000, start_height: 0 })).toMatchObject({
      ...{ chain: 'eip155:1', native: 'eip155:1/slip44:60', nodes: [{ name: 'node-1', url: 'http://127.0.0.1:8545' }] },
      ...{ timing: { stallMs: 600_000 }, startHeight: 0 },
    })
  })

  it('leave to it what they leave out', () => {
    expect(Object.keys(optionsOf({})).sort()).toEqual(['chain', 'native', 'nodes', 'now'])
  })

  it('are refused where they are unknown or beyond reason', () => {
    const wrong = [{ confirmations: 3 }, { stall_ms: 4_999 }, { stall_ms: STALL_MS_MAX + 1 }, { start_height: -1 }]
    for (const source of wrong) expect([source, settings(source).success]).toEqual([source, false])
  })
})

describe('the wallets to look out for', () => {
  const other = { asset: `eip155:1/erc20:0x${'9'.repeat(40)}`, symbol: 'OTH', decimals: 6 }

  it('are the same array as long as nothing changes, and another when an asset is added', () => {
    const gate = openGate()
    const targets = targetsOn(gate, 'eip155:1')
    const first = targets()
    expect(first).toMatchObject([{ wallet: 'hot-1', account: wallet.account, assets: [{}, {}] }])
    expect(targets()).toBe(first)
    gate.when('wallet.register', { ...wallet, assets: [...wallet.assets, other] })
    expect(targets()[0]?.assets).toEqual([...wallet.assets, other].map(({ asset }) => asset))
    expect(targetsOn(gate, 'eip155:10')()).toEqual([])
  })

  it('are another array when as many assets or wallets stand there, but not the same ones', () => {
    const gate = openGate()
    const targets = targetsOn(gate, 'eip155:1')
    const first = targets()
    const known = gate.state.wallets.get('hot-1')
    if (known === undefined) throw new Error('no wallet')
    known.pairs.delete(wallet.assets[0]?.asset ?? '')
    known.pairs.set(other.asset, 0)
    const second = targets()
    expect(second).not.toBe(first)
    expect(second[0]?.assets).toEqual([wallet.assets[1]?.asset, other.asset])
    gate.state.wallets.set('hot-1', { ...known, account: `eip155:1:0x${'f'.repeat(40)}` })
    expect(targets()).toMatchObject([{ account: `eip155:1:0x${'f'.repeat(40)}` }])
    gate.state.wallets.delete('hot-1')
    expect(targets()).toEqual([])
  })
})
