/** What must hold at the end of a run, whatever happened in it. */
import { decodeEntry, type Entry, fold, redecide, stateDigests } from '../../src/machine/index.ts'
import { hold, same } from './failure.ts'
import type { Open, Platform } from './platform.ts'
import type { Receiver } from './receiver.ts'
import type { WatchModel } from './watch-model.ts'

/** Which events ask something of the outside here. Written down again, so that a playbook that forgets one is noticed. */
function effectOf({ kind, type, data }: Entry): string | undefined {
  if (kind !== 'event') return undefined
  if (type === 'trace.started') return 'trace.compute'
  return type === 'permit.issued' && data.kind === 'evacuation' ? 'evacuation.broadcast' : undefined
}

function checkEffects(entries: readonly Entry[], { done }: Receiver): void {
  const expected = entries.flatMap((entry, index) => {
    const kind = effectOf(entry)
    return kind === undefined ? [] : [`${index}.0 ${kind}`]
  })
  same([...done].map(([key, kind]) => `${key} ${kind}`).sort(), expected.sort(), 'effects', 'effects done')
  const confirmed = entries.filter(({ type }) => type === 'outbox.delivered').map(({ data }) => String(data.key))
  same(confirmed.sort(), [...done.keys()].sort(), 'effects', 'effects confirmed')
}

/** A consequence may be refused for one reason here: the wallet that was robbed has no refuge. */
function checkRefusedConsequences(entries: readonly Entry[]): void {
  const strange = entries.find(
    ({ type, data }) =>
      type === 'consequence.refused' && !(data.command === 'evacuation.order' && data.code === 'GATE-032'),
  )
  hold(strange === undefined, 'right answer', () => `refused: ${JSON.stringify(strange?.data)}`)
}

export function checkRun(platform: Platform, model: WatchModel, receiver: Receiver, open: Open): void {
  const { entries: bytes } = platform.journal
  platform.checkAcknowledged()
  const folded = open()
  fold(folded.machine, bytes)
  same(stateDigests(folded.machine), stateDigests(platform.app.machine), 'replay', 'state of a fresh fold')
  const difference = redecide(open().machine, bytes)
  hold(difference === undefined, 'redecide', () => `entry ${difference?.index} ${difference?.what}`)
  const entries = bytes.map(decodeEntry)
  checkEffects(entries, receiver)
  checkRefusedConsequences(entries)
  model.checkAlarms(entries)
  model.gate.checkNothingDue(platform.now)
}
