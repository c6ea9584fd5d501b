/** One pure decision for each command. */
import type { Decide } from '../../machine/room.ts'
import { orderEvacuation } from './decide-evacuation.ts'
import { noteLanded, reopenPermit, settlePermit } from './decide-permits.ts'
import { alarmHalt, importDenyList, liftHalt, raiseHalt, registerWallet, setPolicy } from './decide-registry.ts'
import { rejectWithdrawal, releaseWithdrawal, requestWithdrawal } from './decide-requests.ts'
import type { commands, events } from './messages.ts'
import type { GateNeeds } from './needs.ts'
import type { GateState } from './state.ts'

export const decide: Decide<GateState, typeof commands, typeof events, GateNeeds> = {
  'wallet.register': registerWallet,
  'policy.set': setPolicy,
  'denylist.import': importDenyList,
  'withdrawal.request': requestWithdrawal,
  'withdrawal.release': releaseWithdrawal,
  'withdrawal.reject': rejectWithdrawal,
  'permit.settle': settlePermit,
  'permit.reopen': reopenPermit,
  'evacuation.note_landed': noteLanded,
  'halt.raise': raiseHalt,
  'halt.alarm': alarmHalt,
  'halt.lift': liftHalt,
  'evacuation.order': orderEvacuation,
}
