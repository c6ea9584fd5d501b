import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgesOf, servicesOf, totalsOf, traceReport } from './report.ts'
import { graphArbitrary, service } from './testing/graphs.ts'
import { naiveTrace } from './testing/naive.ts'
import { trace } from './trace.ts'
import type { TraceInput, TraceResult } from './types.ts'

type Graph = typeof graphArbitrary extends fc.Arbitrary<infer G> ? G : never

const inputOf = ({ transfers, sources, services }: Graph): TraceInput => ({
  method: 'fifo',
  transfers,
  sources,
  services: services.map((address) => service(address)),
})

const bytesOf = (result: TraceResult): string =>
  JSON.stringify([traceReport(result), servicesOf(result), totalsOf(result), edgesOf(result), result.silentSources])

const figures = (rows: readonly (readonly [string, bigint])[]): Record<string, number> =>
  Object.fromEntries(rows.filter(([, units]) => units > 0n).map(([address, units]) => [address, Number(units)]))

test('E2, E8: the engine follows every unit as a naive queue of units does', () => {
  fc.assert(
    fc.property(graphArbitrary, (graph) => {
      const result = trace(inputOf(graph))
      const naive = naiveTrace(graph)
      expect(figures(result.addresses.map((row) => [row.address, row.held]))).toEqual(naive.held)
      expect(figures(result.terminals.map((row) => [row.address, row.amount]))).toEqual(naive.entered)
      expect(result.edges.map((edge) => `${edge.from}>${edge.to}:${edge.amount}/${edge.of}`)).toEqual(naive.steps)
      expect(Number(result.assets[0]?.stolen ?? 0n)).toBe(naive.stolen)
    }),
    { numRuns: 2_000 },
  )
})

test('E6: stolen = held + terminals, for the whole and at each address', () => {
  fc.assert(
    fc.property(graphArbitrary, (graph) => {
      const result = trace(inputOf(graph))
      const out = graph.transfers.filter((row) => graph.sources.includes(row.from) && row.to !== row.from)
      const sent = out.reduce((sum, row) => sum + row.amount, 0n)
      for (const totals of result.assets) {
        expect(totals.unaccounted).toBe(0n)
        expect(totals.stolen).toBe(sent)
        expect(totals.held + totals.terminals).toBe(sent)
      }
      for (const row of result.addresses) {
        if (!row.isSource) expect(row.received).toBe(row.left + row.held)
        expect(row.held).toBeGreaterThanOrEqual(0n)
      }
      for (const edge of result.edges) expect(edge.amount > 0n && edge.amount <= edge.of).toBe(true)
    }),
  )
})

test('E7: the same transfers in any order give the same bytes', () => {
  const shuffled = graphArbitrary.chain((graph) =>
    fc
      .tuple(
        fc.shuffledSubarray([...graph.transfers], { minLength: graph.transfers.length }),
        fc.shuffledSubarray(graph.sources, { minLength: graph.sources.length }),
        fc.shuffledSubarray(graph.services, { minLength: graph.services.length }),
      )
      .map(([transfers, sources, services]) => ({ graph, other: { transfers, sources, services } })),
  )
  fc.assert(
    fc.property(shuffled, ({ graph, other }) => {
      expect(bytesOf(trace(inputOf(other)))).toBe(bytesOf(trace(inputOf(graph))))
    }),
    { numRuns: 500 },
  )
})

test('E10: transfers that come later change nothing that was followed before', () => {
  fc.assert(
    fc.property(graphArbitrary, fc.integer({ min: 1, max: 4 }), (graph, until) => {
      const before = { ...graph, transfers: graph.transfers.filter((row) => row.at <= until) }
      const edges = edgesOf(trace(inputOf(graph))).filter((edge) => edge.at <= until)
      expect(edgesOf(trace(inputOf(before)))).toEqual(edges)
    }),
  )
})

test('E2: scaling every amount scales every figure', () => {
  fc.assert(
    fc.property(graphArbitrary, (graph) => {
      const times = 10n ** 24n
      const larger = { ...graph, transfers: graph.transfers.map((row) => ({ ...row, amount: row.amount * times })) }
      const one = trace(inputOf(graph))
      const many = trace(inputOf(larger))
      expect(many.addresses).toEqual(
        one.addresses.map((row) => ({
          ...row,
          received: row.received * times,
          left: row.left * times,
          held: row.held * times,
        })),
      )
      expect(many.terminals).toEqual(one.terminals.map((row) => ({ ...row, amount: row.amount * times })))
    }),
  )
})

test('E11: an asset is followed as if it were alone', () => {
  fc.assert(
    fc.property(graphArbitrary, graphArbitrary, (graph, noise) => {
      const mixed = {
        ...graph,
        transfers: [
          ...graph.transfers.map((row) => ({ ...row, asset: 'one' })),
          ...noise.transfers.map((row) => ({ ...row, asset: 'two' })),
        ],
      }
      const alone = { ...graph, transfers: graph.transfers.map((row) => ({ ...row, asset: 'one' })) }
      expect(trace(inputOf(mixed)).addresses.filter((row) => row.asset === 'one')).toEqual(
        trace(inputOf(alone)).addresses,
      )
    }),
  )
})
