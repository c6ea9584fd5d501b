/** The drill's network: no transaction is lost between two blocks, and those who listen are told of each block once. */
import { describe, expect, it } from 'vitest'
import { DrillChain } from '../../src/drill/chain.ts'
import { DrillNetwork } from '../../src/drill/network.ts'
import { VirtualTime } from '../../src/drill/virtual.ts'

const T0 = Date.UTC(2026, 0, 5)
const send = (tx: string) => ({ tx, from: 'a', to: 'b', asset: 'x', amount: 1n })

function stage() {
  const time = new VirtualTime(T0)
  time.attach({ due: () => undefined, tick: async () => undefined, settle: async () => undefined })
  const chain = new DrillChain('c', 1_000, T0)
  chain.fund('a', 'x', 10n)
  return { time, chain, network: new DrillNetwork(chain, time) }
}

describe('the network', () => {
  it('lands a transaction in the first block at or after its time, and makes each block once', async () => {
    const { time, chain, network } = stage()
    const seen: number[] = []
    network.subscribe(({ height }) => seen.push(height))
    network.send(send('one'), T0 + 1_500)
    network.send(send('two'), T0 + 2_000)
    network.send(send('three'), T0 + 2_001)
    await time.runUntil(T0 + 10_000)
    expect(seen).toEqual([2, 3])
    expect(chain.ledger.map(({ tx, height }) => `${tx} ${height}`)).toEqual(['one 2', 'two 2', 'three 3'])
  })

  it('lands what is sent at the moment of a block that is made already in the next one', async () => {
    const { time, chain, network } = stage()
    network.subscribe(({ height }) => {
      if (height === 2) network.send(send('answer'), time.now)
    })
    network.send(send('one'), T0 + 2_000)
    await time.runUntil(T0 + 10_000)
    expect(chain.ledger.map(({ tx, height }) => `${tx} ${height}`)).toEqual(['one 2', 'answer 3'])
  })

  it('makes nothing of what its sender cannot pay', async () => {
    const { time, chain, network } = stage()
    network.send({ ...send('rich'), amount: 11n }, T0)
    await time.runUntil(T0 + 10_000)
    expect(chain.ledger).toEqual([])
  })
})
