/**
 * The newest facts in few lines: what the machine was asked is left out, so is a source that says it still reads, and a run of the
 * same news is told once, with its number.
 */
import type { JournalEntry } from '../../api/types.ts'
import { factWords } from '../evidence/factWords.ts'

export interface RecentFact {
  /** The newest entry of the run. */
  readonly entry: JournalEntry
  readonly words: string
  /** How many times in a row. */
  readonly count: number
}

/** Facts of which only the newest of a run matters. */
const RUNS = new Set(['holding.reported', 'permit.issued', 'permit.settled', 'transfer.matched'])

/** A source that reads says so every half minute, and every block is observed; that one stops is news, that it goes on is not. */
function isNews({ kind, type, data }: JournalEntry): boolean {
  if (kind === 'command' || type === 'block.observed') return false
  return !(
    type === 'source.reported' &&
    typeof data === 'object' &&
    data !== null &&
    Reflect.get(data, 'status') === 'reading'
  )
}

export function recentFacts(entries: Iterable<JournalEntry>, max: number): RecentFact[] {
  const news = new Map<number, JournalEntry>()
  for (const entry of entries) if (isNews(entry)) news.set(entry.index, entry)
  const facts: RecentFact[] = []
  for (const entry of [...news.values()].sort((a, b) => b.index - a.index)) {
    const words = factWords(entry)
    const last = facts.at(-1)
    if (last !== undefined && last.entry.type === entry.type && (last.words === words || RUNS.has(entry.type)))
      facts[facts.length - 1] = { ...last, count: last.count + 1 }
    else if (facts.length === max) break
    else facts.push({ entry, words, count: 1 })
  }
  return facts
}
