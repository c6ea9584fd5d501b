/** What a guarded act would do, decoded for whoever is asked to approve it. It reads several rooms, so it stands beside `app.ts`. */
import type { Rooms } from '../app.ts'
import type { Json } from '../kernel/canonical.ts'
import { type Effect, type GuardedAct, isGuarded } from '../rooms/access/index.ts'
import * as gate from '../rooms/gate/index.ts'
import * as incident from '../rooms/incident/index.ts'
import { closing, fund, met, notice, pack, pay, recipient, reporter } from './cases.ts'
import { lift, policy, release, wallet } from './gate.ts'
import { changed, cleared, invite, key, recover, restore, service, site } from './people.ts'
import { rules } from './rules.ts'
import { NOTHING, type Warning, warning } from './words.ts'

/** A guarded act that nobody decodes does not compile. */
const EFFECTS: Readonly<Record<GuardedAct, (rooms: Rooms, parameters: object) => Effect>> = {
  ...{ 'withdrawal.release': release, 'wallet.register': wallet, 'policy.set': policy, 'halt.lift': lift },
  ...{ 'notice.approve': notice, 'recipient.set': recipient, 'pack.load': pack, 'incident.close': closing },
  ...{ 'fund.set': fund, 'repayment.pay': pay, 'person.invite': invite, 'person.change': changed },
  ...{ 'key.add': key, 'key.recover': recover, 'service.register': service, 'approvals.set': rules },
  ...{ 'person.restore': restore, 'risk.clear': cleared, 'site.set': site },
  ...{ 'reporter.set': reporter, 'clock.meet': met },
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
  const { lines, unusual } = isGuarded(act) ? EFFECTS[act](rooms, parameters) : NOTHING
  return { lines, unusual: [...unusual, ...meanwhile(rooms, act)] }
}
