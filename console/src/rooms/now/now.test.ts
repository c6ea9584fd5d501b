import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../api/types.ts'
import { sayIn } from '../../i18n/language.tsx'
import { CHAIN, hot, quiet, theftCase } from '../samples.ts'
import { recentFacts } from './recentFacts.ts'
import { isHalted, VERIFY_WITHIN_MS, whatNow } from './whatNow.ts'

const ids = (...input: Parameters<typeof whatNow>): string[] => whatNow(...input).map(({ id }) => id)
const halt = (scope: string) => ({ scope, reason: 'r', since: 1, by: 'operator', alarm: null })

describe('what to do now', () => {
  it('C10 is nothing on a quiet night', () => {
    expect(ids(quiet, [hot], [])).toEqual([])
  })

  it('C10 puts coins before duties and duties before the rest', () => {
    const state = {
      ...quiet,
      watchers: quiet.watchers.map((watcher) => ({ ...watcher, status: 'blind' as const })),
      nearest_clock: {
        incident: 'incident-1',
        obligation: 'O',
        authority: 'FSS',
        due_at: 1,
        status: 'running' as const,
      },
      waiting: { notices: 2, holds: 3, outbox: 1 },
      journal: { ...quiet.journal, verified_at: null },
    }
    expect(ids(state, [{ ...hot, refuge: null }], [theftCase])).toEqual([
      `watch-${CHAIN}`,
      'unhalted-incident-1',
      'case-incident-1',
      'refuge-incident-1',
      'clock',
      'notices',
      'holds',
      'outbox',
      'verify',
    ])
  })

  it('C10 asks for a halt only where none covers the robbed wallet', () => {
    for (const scope of ['all', `chain:${CHAIN}`, 'wallet:hot-1'])
      expect(ids({ ...quiet, halts: [halt(scope)] }, [hot], [theftCase])).toEqual(['case-incident-1'])
    expect(ids({ ...quiet, halts: [halt('wallet:hot-2')] }, [hot], [theftCase])).toContain('unhalted-incident-1')
  })

  it('C10 a case of no chain is covered by a halt of everything alone', () => {
    expect(isHalted({ ...quiet, halts: [halt('all')] }, null, null)).toBe(true)
    expect(isHalted({ ...quiet, halts: [halt(`chain:${CHAIN}`)] }, null, null)).toBe(false)
  })

  it('C10 reminds of a halt that outlived its case, and of a journal that nobody verified for a day', () => {
    const old = { ...quiet.journal, verified_at: quiet.now - VERIFY_WITHIN_MS - 1 }
    expect(ids({ ...quiet, halts: [halt('all')], journal: old }, [hot], [{ ...theftCase, status: 'closed' }])).toEqual([
      'lift',
      'verify',
    ])
  })

  it('C10 says in words whether the time of a duty is over', () => {
    const due = (due_at: number) => ({
      ...quiet,
      nearest_clock: { incident: 'i', obligation: 'O', authority: 'FSS', due_at, status: 'running' as const },
    })
    const words = (state: typeof quiet) => whatNow(state, [], [])[0]?.text(sayIn('en'))
    expect(words(due(quiet.now))).toBe('O: tell FSS now. The time is over.')
    expect(words(due(quiet.now + 1))).toBe('O: tell FSS. The clock is running.')
  })

  it('C10 a server that does not tell its outbox has nothing waiting there', () => {
    expect(ids({ ...quiet, waiting: { notices: 0, holds: 0 } }, [hot], [])).toEqual([])
  })
})

describe('the latest facts', () => {
  const entry = (index: number, type: string, data: object, kind = 'event'): JournalEntry => ({
    index,
    at: index,
    kind,
    type,
    data,
  })

  it('C10 leave out commands and what only says that all goes on, and tell a run once', () => {
    const entries = [
      entry(1, 'halt.raised', { scope: 'all' }),
      entry(2, 'permit.issued', { permit: 'p-1' }),
      entry(3, 'permit.issued', { permit: 'p-2' }),
      entry(4, 'source.reported', { status: 'reading' }),
      entry(5, 'block.observed', { height: 7 }),
      entry(6, 'source.reported', { status: 'stalled' }),
      entry(7, 'halt.raise', { scope: 'all' }, 'command'),
      entry(6, 'source.reported', { status: 'stalled' }),
    ]
    expect(recentFacts(entries, 9).map(({ entry: { index }, count }) => [index, count])).toEqual([
      [6, 1],
      [3, 2],
      [1, 1],
    ])
    expect(recentFacts(entries, 2)).toHaveLength(2)
  })
})
