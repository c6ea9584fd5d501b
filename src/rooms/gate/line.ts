/** Withdrawals that wait for room in one window: first come, first served, so that a small one never starves a large one. */

/** Served places are cut off once they are more than this many. */
const CUT_MIN = 64

export interface Line {
  rows: number[]
  /** Place of the first that still waits. */
  head: number
  /** Sum of the amounts that wait. */
  waiting: bigint
}

export const emptyLine = (): Line => ({ rows: [], head: 0, waiting: 0n })

export const first = (line: Line): number | undefined => line.rows[line.head]

export function join(line: Line, row: number, amount: bigint): void {
  line.rows.push(row)
  line.waiting += amount
}

/** Takes out one that was decided. `waits` tells which still wait: one from the middle is passed over once its turn comes. */
export function leave(line: Line, amount: bigint, waits: (row: number) => boolean): void {
  line.waiting -= amount
  while (line.head < line.rows.length && !waits(line.rows[line.head] ?? -1)) line.head += 1
  if (line.head < CUT_MIN || line.head * 2 < line.rows.length) return
  line.rows = line.rows.slice(line.head)
  line.head = 0
}
