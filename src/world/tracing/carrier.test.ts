import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Service } from '../../rooms/trace/engine/index.ts'
import { TRACE_ENTITY_MAX, TRACE_KIND_MAX, traceOf } from '../../rooms/trace/index.ts'
import { type Deployment, openDeployment } from '../deployment.ts'
import { initFolder } from '../folder.ts'
import { type TransferFeed, traceCarrier } from './carrier.ts'
import { watchedFeed } from './watched-feed.ts'

const CHAIN = 'eip155:1'
const ETH = `${CHAIN}/slip44:60`
const account = (digit: string): string => `${CHAIN}:0x${digit.repeat(40)}`
const [HOT, THIEF] = [account('a'), account('b')]

const parent = mkdtempSync(join(tmpdir(), 'pasu-carrier-'))
const open: Deployment[] = []
afterEach(async () => {
  for (const deployment of open.splice(0)) await deployment.close()
  rmSync(parent, { recursive: true, force: true })
})

async function submit(deployment: Deployment, type: string, data: object): Promise<void> {
  const answer = await deployment.submit({ type, data: { ...data }, by: 'test' })
  if (isRefusal(answer)) throw new Error(`${type}: ${answer.code} ${answer.detail}`)
}

/** A robbed deployment: 7 units left `hot-1` for the thief, whom these services name. */
async function robbed(services: readonly Service[]): Promise<{ deployment: Deployment; trace: string }> {
  const folder = initFolder(join(parent, 'data'), { platform: 'demo' })
  const deployment = openDeployment({
    folder,
    now: Date.now,
    carriers: (opened) => {
      const feed: TransferFeed = { ...watchedFeed(opened), services: async () => services }
      return new Map([['trace.compute', traceCarrier(opened, feed)]])
    },
  })
  open.push(deployment)
  const assets = [{ asset: ETH, symbol: 'ETH', decimals: 18 }]
  await submit(deployment, 'wallet.register', { wallet: 'hot-1', kind: 'hot', chain: CHAIN, account: HOT, assets })
  const movements = [{ tx: '0xdead', place: 0, from: HOT, to: THIEF, asset: ETH, amount: '7' }]
  const block = { chain: CHAIN, after: -1, height: 9, hash: '0x9', block_at: Date.now(), movements }
  await submit(deployment, 'block.observe', block)
  const [trace = ''] = deployment.app.rooms.trace.state.traces.keys()
  return { deployment, trace }
}

const ended = async ({ app }: Deployment, trace: string) => {
  await expect.poll(() => app.rooms.trace.state.traces.get(trace)?.status, { timeout: 10_000 }).not.toBe('running')
  const { incident = '' } = app.rooms.trace.state.traces.get(trace) ?? {}
  return traceOf(app.rooms.trace.state, incident)
}

describe('the carrier of traces', () => {
  it('T7 tells a label that is longer than the event lets it be, cut and whole in its letters', async () => {
    // The hundredth code unit is the first half of a surrogate pair: no entry could hold it alone.
    const entity = `${'e'.repeat(TRACE_ENTITY_MAX - 1)}\u{1f600}${'e'.repeat(99)}`
    const long = { address: THIEF, name: 'n'.repeat(200), kind: 'k'.repeat(200), entity }
    const { deployment, trace } = await robbed([long])
    expect(await ended(deployment, trace)).toMatchObject({
      status: 'recorded',
      services: [
        { entity: 'e'.repeat(TRACE_ENTITY_MAX - 1), kind: 'k'.repeat(TRACE_KIND_MAX), asset: ETH, amount: '7' },
      ],
    })
  })

  it('T5 computes nothing for a run that is over, and nothing for a trace that nobody knows', async () => {
    const { deployment, trace } = await robbed([])
    await ended(deployment, trace)
    const unasked = (): never => {
      throw new Error('the feed was asked')
    }
    const carrier = traceCarrier(deployment, { transfers: unasked, services: unasked })
    const { size } = deployment.journal
    for (const [id, run] of [
      [trace, 1],
      [trace, 2],
      ['trace-9', 1],
    ]) {
      const effect = { key: '1.0', kind: 'trace.compute', data: { trace: id, run }, since: 0, attempts: 0, retryAt: 0 }
      expect(await carrier.deliver(effect)).toBe(`run ${run} is over`)
    }
    expect(deployment.journal.size).toBe(size)
  })
})
