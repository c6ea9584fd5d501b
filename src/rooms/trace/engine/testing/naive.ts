/**
 * First-in-first-out taint as a child would do it, for comparison with the engine and sharing no code with it: every unit is an object
 * in an array, and the order within a moment is found by asking the rule of ADR 0005 of everyone again after each step.
 */
import type { Transfer } from '../types.ts'

export interface NaiveInput {
  readonly transfers: readonly Transfer[]
  readonly sources: readonly string[]
  readonly services: readonly string[]
}

export interface NaiveResult {
  readonly held: Record<string, number>
  readonly entered: Record<string, number>
  readonly stolen: number
  /** `from>to:stolen/all` in the order followed. */
  readonly steps: string[]
}

interface Step {
  readonly rows: Transfer[]
  readonly key: string
}

const pad = (value: bigint | number | undefined): string =>
  String(value ?? '').padStart(20, value === undefined ? ' ' : '0')
const rowKey = (row: Transfer): string => [row.tx, row.from, row.to, pad(row.amount)].join('\u0001')
const momentKey = (row: Transfer): string => [pad(row.at), pad(row.block), pad(row.position)].join('\u0001')

class Naive {
  readonly units = new Map<string, boolean[]>()
  readonly steps: string[] = []
  stolen = 0
  readonly #input: NaiveInput
  constructor(input: NaiveInput) {
    this.#input = input
  }

  unlimited = (address: string): boolean =>
    this.#input.sources.includes(address) || this.#input.services.includes(address)

  at(address: string): boolean[] {
    const units = this.units.get(address) ?? []
    this.units.set(address, units)
    return units
  }

  move(row: Transfer): void {
    const moved: boolean[] = []
    for (let unit = 0n; unit < row.amount; unit += 1n) {
      if (this.#input.sources.includes(row.from)) moved.push(true)
      else if (this.#input.services.includes(row.from)) moved.push(false)
      else moved.push(this.at(row.from).shift() ?? false)
    }
    this.at(row.to).push(...moved)
    const bad = moved.filter(Boolean).length
    if (this.#input.sources.includes(row.from)) this.stolen += bad
    if (bad > 0) this.steps.push(`${row.from}>${row.to}:${bad}/${row.amount}`)
  }

  net(step: Step, address: string): bigint {
    let sum = 0n
    for (const row of step.rows) {
      if (row.to === address) sum += row.amount
      if (row.from === address) sum -= row.amount
    }
    return sum
  }

  ready(step: Step, left: readonly Step[]): boolean {
    const payers = new Set(step.rows.map((row) => row.from).filter((address) => this.net(step, address) < 0n))
    return [...payers].every((payer) => {
      if (left.find((other) => this.net(other, payer) < 0n) !== step) return false
      const covered = this.unlimited(payer) || BigInt(this.at(payer).length) >= -this.net(step, payer)
      return covered || !left.some((other) => this.net(other, payer) > 0n)
    })
  }

  inOrder(steps: Step[], each: (step: Step) => void): void {
    const left = [...steps].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    while (left.length > 0) {
      const next = left.find((step) => this.ready(step, left)) ?? left[0]
      if (next === undefined) return
      each(next)
      left.splice(left.indexOf(next), 1)
    }
  }
}

const grouped = (rows: readonly Transfer[], key: (row: Transfer) => string): [string, Transfer[]][] =>
  [...Map.groupBy(rows, key)].sort(([a], [b]) => (a < b ? -1 : 1))

export function naiveTrace(input: NaiveInput): NaiveResult {
  const naive = new Naive(input)
  const rows = input.transfers.filter((row) => row.amount > 0n && row.from !== row.to)
  for (const [, moment] of grouped(rows, momentKey)) {
    const transactions = grouped(moment, (row) => row.tx).map(([key, some]) => ({ key, rows: some }))
    naive.inOrder(transactions, (transaction) => {
      const single = transaction.rows.map((row) => ({ key: rowKey(row), rows: [row] }))
      naive.inOrder(single, (step) => {
        for (const row of step.rows) naive.move(row)
      })
    })
  }
  const count = (addresses: readonly string[]): Record<string, number> =>
    Object.fromEntries(
      addresses
        .map((address) => [address, naive.at(address).filter(Boolean).length] as const)
        .filter(([, units]) => units > 0),
    )
  const known = [...naive.units.keys()].sort()
  return {
    held: count(known.filter((address) => input.sources.includes(address) || !input.services.includes(address))),
    entered: count(known.filter((address) => input.services.includes(address) && !input.sources.includes(address))),
    stolen: naive.stolen,
    steps: naive.steps,
  }
}
