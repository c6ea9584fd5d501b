/** All commands, in the order in which somebody new meets them. */
import type { Spec } from '../spec.ts'
import { admin } from './admin.ts'
import { claim } from './claim.ts'
import { denylist } from './denylist.ts'
import { drill } from './drill.ts'
import { explain } from './explain.ts'
import { fund } from './fund.ts'
import { halt } from './halt.ts'
import { incident } from './incident.ts'
import { init } from './init.ts'
import { inspect } from './inspect.ts'
import { journal } from './journal.ts'
import { ledger } from './ledger.ts'
import { notice } from './notice.ts'
import { pack } from './pack.ts'
import { policy } from './policy.ts'
import { price } from './price.ts'
import { recipient } from './recipient.ts'
import { repayment } from './repayment.ts'
import { serve } from './serve.ts'
import { service } from './service.ts'
import { state } from './state.ts'
import { trace } from './trace.ts'
import { verify } from './verify.ts'
import { wallet } from './wallet.ts'

export const specs: readonly Spec[] = [
  ...[drill, init, serve, state],
  ...[halt, incident, notice, trace, admin, service],
  ...[wallet, policy, denylist, pack, recipient],
  ...[price, fund, claim, repayment, ledger],
  ...[verify, journal, inspect, explain],
]
