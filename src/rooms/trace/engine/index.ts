/** The trace engine: transfers, sources and services in; where the stolen coins went, out. */
export {
  edgesOf,
  type ReportedEdge,
  type ServiceTotal,
  servicesOf,
  type TraceReport,
  type TraceTotals,
  totalsOf,
  traceReport,
} from './report.ts'
export { trace } from './trace.ts'
export type {
  AssetTotals,
  ReachedAddress,
  ReachedService,
  Service,
  TaintedEdge,
  TraceInput,
  TraceMethod,
  TraceResult,
  Transfer,
} from './types.ts'
