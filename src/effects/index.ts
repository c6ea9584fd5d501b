/** What a guarded act would do, decoded for whoever is asked to approve it. It reads several rooms, so it stands beside `app.ts`. */
import type { Rooms } from '../app.ts'
import type { Json } from '../kernel/canonical.ts'
import type { Effect } from '../rooms/access/index.ts'
import * as gate from '../rooms/gate/index.ts'
import * as incident from '../rooms/incident/index.ts'
import { closing, fund, notice, pack, pay, recipient } from './cases.ts'
import { lift, policy, release, wallet } from './gate.ts'
import { changed, invite, key, recover, rules, service } from './people.ts'
import { NOTHING, type Warning, warning } from './words.ts'

/** Acts without a row say all that there is in their own text. */
const EFFECTS: Readonly<Record<string, (rooms: Rooms, parameters: object) => Effect>> = {
  ...{ 'withdrawal.release': release, 'wallet.register': wallet, 'policy.set': policy, 'halt.lift': lift },
  ...{ 'notice.approve': notice, 'recipient.set': recipient, 'pack.load': pack, 'incident.close': closing },
  ...{ 'fund.set': fund, 'repayment.pay': pay, 'person.invite': invite, 'person.change': changed },
  ...{ 'key.add': key, 'key.recover': recover, 'service.register': service, 'approvals.set': rules },
}

/** What is going on while the act is proposed. */
function meanwhile(rooms: Rooms, act: string): Warning[] {
  const halts = act === 'halt.lift' ? [] : gate.haltViews(rooms.gate.state).halts
  const open = incident.openIncidents(rooms.incident.state)
  return [
    ...(halts.length === 0 ? [] : [warning('Something is halted just now.', '지금 중단된 범위가 있습니다.')]),
    ...(open === 0 ? [] : [warning(`Open cases: ${open}.`, `진행 중인 사건: ${open}건.`)]),
  ]
}

/** Decoded at the moment of asking, for it is then that somebody decides. */
export function effectOf(rooms: Rooms, act: string, parameters: { readonly [name: string]: Json }): Effect {
  const { lines, unusual } = EFFECTS[act]?.(rooms, parameters) ?? NOTHING
  return { lines, unusual: [...unusual, ...meanwhile(rooms, act)] }
}
