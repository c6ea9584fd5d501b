/** What the turn so far allows to be brought about: each execution once, and with its own parameters (V3). */
import { canonical } from '../../../kernel/canonical.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Entry } from '../../../machine/entry.ts'
import type { Data } from '../../../machine/room.ts'
import type { GuardedAct } from '../acts.ts'
import { actBehind, EFFECTS } from './effects.ts'
import { refuse } from './refusals.ts'

interface Licence {
  readonly act: string
  readonly parameters: Data
  left: number
}

/** A duty may also be met by a notice that was sent, in the turn that says so; then the entry names the notice. */
const isMetByNotice = ({ type, data, cause }: Entry): boolean =>
  type === 'clock.met' && data.notice !== undefined && cause !== 'clock.meet'

export class Licences {
  #open: Licence[] = []
  #sent = new Set<string>()

  begin(): void {
    this.#open = []
    this.#sent = new Set()
  }

  /** An execution allows what it brings about. */
  grant(act: GuardedAct, parameters: Data): void {
    this.#open.push({ act, parameters, left: EFFECTS[act].times?.(parameters) ?? 1 })
  }

  noteSent(notice: string): void {
    this.#sent.add(notice)
  }

  /** Why the event is not what an execution before it brought about; nothing where it is, or where it needs none. */
  fault(entry: Entry): Refusal | undefined {
    const act = actBehind(entry.type)
    if (act === undefined) return undefined
    if (isMetByNotice(entry) && this.#sent.has(String(entry.data.notice))) return undefined
    const mine = this.#open.filter((one) => one.act === act && entry.cause === act)
    if (mine.length === 0) return refuse('AUDIT-003', `${entry.type} stands in a turn that executed no ${act}`)
    const found = mine.find(({ left, parameters }) => left > 0 && EFFECTS[act].fits(parameters, entry.data))
    if (found === undefined) {
      const was = canonical(mine[0]?.parameters ?? {}).slice(0, 200)
      return refuse('AUDIT-003', `${entry.type} is not, or not once more, what was executed: ${act} ${was}`)
    }
    found.left -= 1
    return undefined
  }
}
