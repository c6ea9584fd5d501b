/**
 * An independent and deliberately simple account of the gate's right answers: lists, scanned from end to end. It shares no code with
 * the gate; where both are wrong in the same way they had to be written wrong twice.
 */
import type { Entry } from '../../src/machine/index.ts'
import { hold, same } from './failure.ts'
import { accountOf, CHAIN, DENIED, REFUGE, WALLETS, WRONG_PLACES, walletOfAccount } from './places.ts'

export interface Rules {
  readonly withdrawalMax: bigint
  readonly windowMax: bigint
  readonly windowMs: number
  readonly permitMs: number
  readonly landingMs: number
  readonly holdMs: number
}

export interface Wish {
  readonly withdrawal: string
  readonly wallet: string
  readonly asset: string
  readonly amount: string
  readonly to: string
  readonly purpose: 'customer' | 'treasury'
}

export interface ModelPermit {
  readonly permit: string
  readonly kind: 'withdrawal' | 'evacuation'
  readonly subject: string
  readonly wallet: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  readonly issuedAt: number
  readonly expiresAt: number
  status: 'open' | 'settled' | 'unlanded'
  landsUntil: number
  tx: string
}

interface Asked {
  readonly wish: Wish
  status: 'permitted' | 'person' | 'line' | 'denied'
  until: number
}

/** What one request must come to: `permitted`, `held:GATE-011`, `denied:GATE-004,GATE-007`. */
export type Expected = string

const text = (entry: Entry, field: string): string => String(entry.data[field])
const codesOf = (entry: Entry): string =>
  (entry.data.reasons as readonly { code: string }[])
    .map(({ code }) => code)
    .sort()
    .join()

export class GateModel {
  readonly rules: Rules
  readonly asked = new Map<string, Asked>()
  readonly permits: ModelPermit[] = []
  readonly halts = new Set<string>()
  readonly #holding: (wallet: string, asset: string) => bigint
  readonly #lines = new Map<string, string[]>()

  constructor(rules: Rules, holding: (wallet: string, asset: string) => bigint) {
    this.rules = rules
    this.#holding = holding
  }

  permit(name: string): ModelPermit | undefined {
    return this.permits.find(({ permit }) => permit === name)
  }

  isHalted(wallet: string, asset: string): boolean {
    return ['all', `chain:${CHAIN}`, `wallet:${wallet}`, `asset:${asset}`].some((scope) => this.halts.has(scope))
  }

  #line(wallet: string, asset: string): string[] {
    const key = `${wallet} ${asset}`
    const line = this.#lines.get(key) ?? []
    this.#lines.set(key, line)
    return line
  }

  /** What counts at `at` in the window: what was permitted within it and not given up. */
  windowSum(wallet: string, asset: string, at: number): bigint {
    return this.permits
      .filter((p) => p.kind === 'withdrawal' && p.wallet === wallet && p.asset === asset)
      .filter((p) => p.status !== 'unlanded' && p.issuedAt > at - this.rules.windowMs)
      .reduce((sum, { amount }) => sum + amount, 0n)
  }

  fits(wish: Wish, at: number): boolean {
    return this.windowSum(wish.wallet, wish.asset, at) + BigInt(wish.amount) <= this.rules.windowMax
  }

  denials({ wallet, asset, amount, to, purpose }: Wish): string[] {
    const known = WALLETS.find((other) => other.wallet === wallet)
    if (known === undefined) return ['GATE-001']
    if (!(known.assets as readonly string[]).includes(asset)) return ['GATE-002']
    const codes: string[] = []
    if ((WRONG_PLACES as readonly string[]).includes(to)) codes.push('GATE-004')
    const ours = walletOfAccount(to) !== undefined || to === REFUGE
    if (to === known.account || (ours && purpose !== 'treasury')) codes.push('GATE-005')
    if (to.toLowerCase() === DENIED) codes.push('GATE-006')
    if (this.isHalted(wallet, asset)) codes.push('GATE-007')
    if (BigInt(amount) > this.rules.windowMax) codes.push('GATE-009')
    if (BigInt(amount) > this.#holding(wallet, asset)) codes.push('GATE-008')
    return codes.sort()
  }

  expected(wish: Wish, at: number, released = false): Expected {
    const denials = this.denials(wish)
    if (denials.length > 0) return `denied:${denials.join()}`
    const amount = BigInt(wish.amount)
    if (!released && amount > this.rules.withdrawalMax) return 'held:GATE-011'
    const line = this.#line(wish.wallet, wish.asset)
    if (line.length === 0) return this.fits(wish, at) ? 'permitted' : 'held:GATE-012'
    const waiting = line.reduce((sum, id) => sum + BigInt(this.asked.get(id)?.wish.amount ?? 0), amount)
    return waiting > this.rules.windowMax ? 'denied:GATE-010' : 'held:GATE-012'
  }

  /** Checks and takes up the answer to a request or a release. */
  decided(wish: Wish, events: readonly Entry[], at: number, expected: Expected): void {
    const told = events.find(({ type }) => OUTCOMES.has(type))
    const is =
      told === undefined
        ? 'nothing'
        : told.type === 'permit.issued'
          ? 'permitted'
          : `${told.type.slice('withdrawal.'.length)}:${codesOf(told)}`
    same(is, expected, 'right answer', `outcome of ${JSON.stringify(wish)}`)
    if (told !== undefined) this.#take(wish, told, at)
  }

  /** What the passing of time decided about a held request. */
  decidedByTime(told: Entry, at: number): void {
    const id = told.type === 'permit.issued' ? text(told, 'subject') : text(told, 'withdrawal')
    const before = this.asked.get(id)
    hold(before !== undefined && before.until > 0, 'right answer', () => `a tick decided ${id}, which was not held`)
    const { wish, until, status } = before
    if (told.type === 'permit.issued') {
      hold(status === 'line', 'right answer', () => `${id} was permitted without a person`)
      same(this.#line(wish.wallet, wish.asset)[0], id, 'right answer', 'first of the line')
      same(this.denials(wish), [], 'right answer', `denials of ${id} when its turn came`)
      hold(this.fits(wish, at), 'right answer', () => `${id} left the line without room in the window`)
    } else {
      const denials = status === 'line' ? this.denials(wish) : []
      const expected = denials.length > 0 ? denials.join() : 'GATE-014'
      same(codesOf(told), expected, 'right answer', `why ${id} was denied by time`)
      hold(denials.length > 0 || until <= at, 'right answer', () => `${id} was given up before its time`)
    }
    this.#take(wish, told, at)
  }

  rejected(id: string, told: Entry, at: number): void {
    const wish = this.asked.get(id)?.wish
    hold(wish !== undefined, 'right answer', () => `${id} was rejected but never asked for`)
    same(codesOf(told), 'GATE-015', 'right answer', `why ${id} was rejected`)
    this.#take(wish, told, at)
  }

  #take(wish: Wish, told: Entry, at: number): void {
    const line = this.#line(wish.wallet, wish.asset)
    if (line.includes(wish.withdrawal)) line.splice(line.indexOf(wish.withdrawal), 1)
    const asked: Asked = { wish, status: 'denied', until: 0 }
    if (told.type === 'permit.issued') {
      asked.status = 'permitted'
      this.issued(told, at)
      const { to, amount, asset } = wish
      same(
        [told.data.to, told.data.amount, told.data.asset, told.data.from],
        [to, amount, asset, accountOf(wish.wallet)],
        'right answer',
        'the permit says what was asked',
      )
      const sum = this.windowSum(wish.wallet, asset, at)
      hold(sum <= this.rules.windowMax, 'right answer', () => `the window holds ${sum}`)
    } else if (told.type === 'withdrawal.held') {
      asked.status = codesOf(told) === 'GATE-012' ? 'line' : 'person'
      asked.until = Number(told.data.until)
      if (asked.status === 'line') line.push(wish.withdrawal)
      else same(asked.until, at + this.rules.holdMs, 'right answer', 'how long it waits for a person')
    }
    this.asked.set(wish.withdrawal, asked)
  }

  issued({ data }: Entry, at: number): void {
    const evacuation = data.kind === 'evacuation'
    const [wallet, asset, amount] = [String(data.wallet), String(data.asset), BigInt(String(data.amount))]
    if (evacuation) {
      same(data.to, REFUGE, 'right answer', 'an evacuation goes to the refuge')
      same(String(amount), String(this.#holding(wallet, asset)), 'right answer', 'an evacuation takes what is left')
    }
    const expiresAt = Number(data.expires_at)
    same(expiresAt, at + this.rules.permitMs, 'right answer', 'life of a permit')
    this.permits.push({
      permit: String(data.permit),
      kind: evacuation ? 'evacuation' : 'withdrawal',
      ...{ subject: String(data.subject), wallet, asset, amount },
      ...{ from: String(data.from), to: String(data.to) },
      ...{ issuedAt: at, expiresAt, status: 'open', landsUntil: at + this.rules.landingMs, tx: '' },
    })
  }

  settled(name: string, tx: string): void {
    const permit = this.permit(name)
    hold(permit !== undefined && permit.status !== 'settled', 'right answer', () => `${name} was settled twice`)
    permit.status = 'settled'
    permit.tx = tx
  }

  reopened(name: string, tx: string, at: number): void {
    const permit = this.permit(name)
    hold(permit?.status === 'settled' && permit.tx === tx, 'right answer', () => `${name} was not spent by ${tx}`)
    permit.status = 'open'
    permit.landsUntil = at + this.rules.landingMs
    permit.tx = ''
  }

  unlanded(name: string, at: number): void {
    const permit = this.permit(name)
    hold(permit?.status === 'open', 'right answer', () => `${name} was given up but not open`)
    const isLate = permit.landsUntil <= at || (permit.kind === 'evacuation' && permit.expiresAt <= at)
    hold(isLate, 'right answer', () => `${name} was given up before its time`)
    permit.status = 'unlanded'
  }

  /** After all due ticks: nothing that time decides may still wait. */
  checkNothingDue(at: number): void {
    const late = this.permits.find((p) => p.status === 'open' && p.landsUntil <= at)
    hold(late === undefined, 'liveness', () => `${late?.permit} was not given up`)
    for (const [id, { status, until, wish }] of this.asked) {
      if (status !== 'person' && status !== 'line') continue
      hold(until > at, 'liveness', () => `${id} still waits after ${until}`)
      const isHead = status === 'line' && this.#line(wish.wallet, wish.asset)[0] === id
      hold(!isHead || !this.fits(wish, at), 'liveness', () => `${id} waits though there is room`)
    }
  }
}

const OUTCOMES: ReadonlySet<string> = new Set(['permit.issued', 'withdrawal.held', 'withdrawal.denied'])
export const isOutcome = ({ type, data }: Entry): boolean => OUTCOMES.has(type) && data.kind !== 'evacuation'
