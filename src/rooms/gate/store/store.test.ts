import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyHeap, keep, NO_RECORD, textAt } from './columns.ts'
import { hash } from './hash.ts'
import { add, emptyIndex, find, NONE, remove } from './row-index.ts'
import { dueTimers, emptyTimers, firstAt, setTimer, TIMER, type Timer, trim } from './timers.ts'
import { adjust, drop, emptyWindow, freeAt, push, sumAfter } from './window.ts'

/** The same answers from a plain list, added up anew each time. */
interface Kept {
  at: number
  amount: bigint
}
const sumOf = (kept: readonly Kept[], after: number): bigint =>
  kept.filter(({ at }) => at > after).reduce((sum, { amount }) => sum + amount, 0n)

/** The first instant from `now` on at which the sum within `length` is at most `most`, found by trying each time that could matter. */
function freeByTrying(kept: readonly Kept[], most: bigint, length: number, now: number): number {
  const times = [now, ...kept.map(({ at }) => at + length)].filter((time) => time >= now).sort((a, b) => a - b)
  return times.find((time) => sumOf(kept, time - length) <= most) ?? Number.NaN
}

const LENGTH = 1_000
const move = fc.oneof(
  fc.record({ kind: fc.constant('push' as const), wait: fc.nat(400), amount: fc.bigInt(1n, 10n ** 24n) }),
  fc.record({ kind: fc.constant('back' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('again' as const), which: fc.nat() }),
)

describe('the window', () => {
  it('G5: sums and free times are those of a plain list, whatever is added, given back and taken again', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 120 }), fc.bigInt(0n, 10n ** 25n), (moves, most) => {
        const window = emptyWindow()
        const kept: (Kept & { slot: number; whole: bigint })[] = []
        let at = 1_000_000
        for (const step of moves) {
          if (step.kind === 'push') {
            at += step.wait
            kept.push({ at, amount: step.amount, whole: step.amount, slot: push(window, at, step.amount) })
          } else {
            const one = kept[step.which % Math.max(1, kept.length)]
            if (one === undefined) continue
            const next = step.kind === 'back' ? 0n : one.whole
            adjust(window, one.slot, next - one.amount)
            one.amount = next
          }
          expect(sumAfter(window, at - LENGTH)).toBe(sumOf(kept, at - LENGTH))
          // Its answer may lie in the past, where what has left already was enough.
          expect(Math.max(at, freeAt(window, most, LENGTH))).toBe(freeByTrying(kept, most, LENGTH, at))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('G5: what has left is dropped, and slots still name what they named', () => {
    const window = emptyWindow()
    const slots = Array.from({ length: 2_000 }, (_, place) => push(window, place, 1n))
    drop(window, 1_499)
    expect(window.times).toHaveLength(500)
    expect(window.dropped).toBe(1_500)
    expect(sumAfter(window, 1_499)).toBe(500n)
    adjust(window, slots[1_700] ?? NONE, -1n)
    expect(sumAfter(window, 1_499)).toBe(499n)
    expect(sumAfter(window, 1_700)).toBe(299n)
    // Of a slot that is gone nothing is taken.
    adjust(window, slots[10] ?? NONE, -1n)
    expect(window.total).toBe(499n)
    expect(push(window, 2_000, 5n)).toBe(2_000)
  })

  it('G5: dropping waits until it is worth the work', () => {
    const window = emptyWindow()
    for (let place = 0; place < 1_000; place++) push(window, place, 1n)
    drop(window, 100)
    expect(window.dropped).toBe(0)
  })
})

describe('the index', () => {
  const few = fc.integer({ min: 0, max: 12 })
  it('G6, G9: finds the oldest row of a key, as a plain list does, while rows come and go and it grows', () => {
    const step = fc.record({ key: few, take: fc.boolean(), times: fc.integer({ min: 1, max: 30 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const keys: number[] = []
        const next: number[] = []
        const index = emptyIndex()
        const inside: number[] = []
        const hashOf = (row: number): number => hash(`key-${keys[row]}`)
        for (const { key, take, times } of steps) {
          for (let n = 0; n < times; n++) {
            const oldest = inside.find((row) => keys[row] === key)
            if (take && oldest !== undefined) {
              expect(remove(index, next, oldest, hashOf(oldest))).toBe(true)
              expect(remove(index, next, oldest, hashOf(oldest))).toBe(false)
              inside.splice(inside.indexOf(oldest), 1)
            } else {
              next.push(NONE)
              const row = keys.push(key) - 1
              add(index, next, row, hashOf)
              inside.push(row)
            }
          }
          const found = find(index, next, hash(`key-${key}`), (row) => keys[row] === key)
          expect(found).toBe(inside.find((row) => keys[row] === key) ?? NONE)
          expect(index.size).toBe(inside.length)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('G6: grows with its rows, so that a ring stays short', () => {
    const index = emptyIndex()
    const next: number[] = []
    for (let row = 0; row < 10_000; row++) {
      next.push(NONE)
      add(index, next, row, (other) => hash(`withdrawal-${other}`))
    }
    expect(index.buckets).toBe(10_000)
    let looked = 0
    for (let row = 0; row < 10_000; row++) {
      find(index, next, hash(`withdrawal-${row}`), (other) => {
        looked += 1
        return other === row
      })
    }
    expect(looked / 10_000).toBeLessThan(3)
  })
})

describe('timers', () => {
  const all = (): boolean => true
  it('G4, G9: come out earliest first, void ones never', () => {
    const times = fc.array(fc.record({ at: fc.nat(50), isVoid: fc.boolean() }), { maxLength: 80 })
    fc.assert(
      fc.property(times, (made) => {
        const timers = emptyTimers()
        made.forEach(({ at }, ref) => {
          setTimer(timers, { at, kind: TIMER.hold, ref })
        })
        const counts = ({ ref }: Timer): boolean => made[ref]?.isVoid === false
        const due = dueTimers(timers, 25, 1_000, counts).map(({ at }) => at)
        const wanted = made.filter(({ at, isVoid }) => at <= 25 && !isVoid).map(({ at }) => at)
        expect(due).toEqual(wanted.sort((a, b) => a - b))
        trim(timers, counts)
        const left = made.filter(({ isVoid }) => !isVoid).map(({ at }) => at)
        expect(firstAt(timers)).toBe(left.length === 0 ? undefined : Math.min(...left))
      }),
    )
  })

  it('G4: of many that are due no more come out than were asked for, and looking changes nothing', () => {
    const timers = emptyTimers()
    for (let ref = 0; ref < 500; ref++) setTimer(timers, { at: 500 - ref, kind: TIMER.landing, ref })
    const before = structuredClone(timers)
    expect(dueTimers(timers, 1_000, 3, all).map(({ at }) => at)).toEqual([1, 2, 3])
    expect(timers).toEqual(before)
  })
})

describe('texts', () => {
  const hex = fc.array(fc.nat(255), { maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex'))
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    hex,
    fc.tuple(fc.string(), hex).map(([a, b]) => a + b),
  )

  it('G6: come back as they went in, whatever they end in, in every record of every page', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 40 }), (records) => {
        const heap = emptyHeap()
        const references = records.map((texts) => keep(heap, texts))
        expect(references).not.toContain(NO_RECORD)
        records.forEach((texts, n) => {
          expect(texts.map((_, place) => textAt(heap, references[n] ?? NO_RECORD, place))).toEqual(texts)
        })
      }),
    )
    const heap = emptyHeap()
    const long = 'é'.repeat(16_000)
    const references = Array.from({ length: 100 }, (_, n) => keep(heap, [`${n}`, long]))
    expect(heap.pages.length).toBeGreaterThan(2)
    references.forEach((reference, n) => {
      expect(textAt(heap, reference, 0)).toBe(`${n}`)
      expect(textAt(heap, reference, 1)).toBe(long)
    })
    expect(() => keep(heap, ['x'.repeat(40_000)])).toThrow(RangeError)
  })
})
