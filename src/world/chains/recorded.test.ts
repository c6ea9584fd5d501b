import { expect, test } from 'vitest'
import { type Refusal, Refused } from '../../kernel/refusal.ts'
import { openRoom } from '../../machine/room.ts'
import { standing, watchRoom } from '../../rooms/watch/index.ts'
import { book, CHAIN, COLD, CUSTOMER, HOT, movement, THIEF } from '../../rooms/watch/kit.ts'
import { BLOCK_MOVEMENTS_MAX } from '../../rooms/watch/messages.ts'
import { blocksOf, type RecordedTransfer, Runner, recordedSource } from './index.ts'

const clock = { chain: CHAIN, genesisAt: 1_000, blockMs: 400 }
const at = (ms: number, tx: string, more: object = {}): RecordedTransfer => ({ at: ms, ...movement(tx, more) })

function staged(transfers: readonly RecordedTransfer[], answer?: (count: number) => Refusal | undefined) {
  const room = openRoom(watchRoom, () => book())
  const events: { type: string; data: object }[] = []
  let now = 0
  let count = 0
  const source = recordedSource({ chain: CHAIN, blocks: blocksOf(transfers, clock), now: () => now })
  const targets = [HOT, COLD].map((account) => ({ wallet: account, account, assets: [] }))
  const runner = new Runner({
    source,
    view: { standing: () => standing(room.state, CHAIN), targets: () => targets },
    submit: async (command) => {
      const refusal = answer?.(++count)
      if (refusal !== undefined) return refusal
      const decided = room.decide(command, { at: now, by: 'test', newId: (prefix) => prefix })
      if ('refused' in decided) return decided
      for (const event of decided) {
        room.evolve(event, { at: now, by: 'test', index: events.length })
        events.push(event)
      }
      return decided
    },
  })
  return { runner, events, until: (time: number) => (now = time), told: () => events.map(({ type }) => type) }
}

test('S12: transfers fall into blocks by their time, the same blocks whatever the order of the record', () => {
  const transfers = [at(1_900, 'c'), at(1_000, 'a'), at(1_399, 'b'), at(1_000, 'a', { place: 1 })]
  const blocks = blocksOf(transfers, clock)
  expect(blocks.map(({ height, movements }) => [height, movements.map(({ tx, place }) => `${tx}${place}`)])).toEqual([
    [0, ['a0', 'a1', 'b0']],
    [2, ['c0']],
  ])
  expect(blocksOf(transfers.toReversed(), clock)).toEqual(blocks)
  expect(() => blocksOf([at(999, 'early')], clock)).toThrow(RangeError)
})

test('S12: a block is told when its time has come, once, and only what concerns our wallets', async () => {
  const stage = staged([at(1_000, 'a'), at(1_010, 'b', { from: THIEF, to: CUSTOMER }), at(2_000, 'c', { to: COLD })])
  expect(await stage.runner.round()).toBe('idle')
  expect(stage.told()).toEqual([])
  stage.until(1_500)
  expect(await stage.runner.round()).toBe('idle')
  expect(stage.told()).toEqual(['block.observed', 'transfer.unpermitted'])
  stage.until(9_000)
  expect(await stage.runner.round()).toBe('end')
  expect(await stage.runner.round()).toBe('end')
  expect(stage.told().slice(2)).toEqual(['block.observed', 'transfer.internal'])
})

test('S12, W4: a block too full for one turn comes in parts', async () => {
  const stage = staged(Array.from({ length: BLOCK_MOVEMENTS_MAX + 1 }, (_, n) => at(1_000, `t${n}`)))
  stage.until(1_000)
  await stage.runner.round()
  expect(stage.told().filter((type) => type === 'block.observed')).toHaveLength(2)
  expect(stage.told().filter((type) => type === 'transfer.unpermitted')).toHaveLength(BLOCK_MOVEMENTS_MAX + 1)
})

test('S10: a busy machine is asked again; one that refuses stops the source', async () => {
  const busy: Refusal = { refused: true, code: 'MACHINE-003', kind: 'busy', detail: 'full' }
  const later = staged([at(1_000, 'a')], (count) => (count < 3 ? busy : undefined))
  later.until(1_000)
  expect(await later.runner.round()).toBe('end')
  expect(later.told()).toEqual(['block.observed', 'transfer.unpermitted'])
  const never = staged([at(1_000, 'a')], () => ({ ...busy, kind: 'denied' }))
  never.until(1_000)
  await expect(never.runner.round()).rejects.toBeInstanceOf(Refused)
})
