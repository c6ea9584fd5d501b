/** What people, signers, chains and the weather do to a platform, at random; and for each answer the model's opinion of it. */
import type { Random } from '../../src/drill/random.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type Command, confirm, type Entry, fail, TICK } from '../../src/machine/index.ts'
import type { SimChain } from './chain.ts'
import { hold, same } from './failure.ts'
import { Feeder } from './feeder.ts'
import { isOutcome, type Wish } from './gate-model.ts'
import type { CrashPoint } from './journal.ts'
import { CHAIN, CUSTOMERS, DENIED, ETHER, REFUGE, THIEVES, TOKEN, WALLETS, WRONG_PLACES } from './places.ts'
import type { Outcome, Platform } from './platform.ts'
import type { Receiver } from './receiver.ts'
import type { WatchModel } from './watch-model.ts'

export interface Parts {
  readonly platform: Platform
  readonly model: WatchModel
  readonly receiver: Receiver
  readonly chain: SimChain
  readonly random: Random
}

type Known = Exclude<Outcome, 'lost'>
/** Gives the model's opinion of what was decided, on the state that it was decided on. */
export type Judge = (events: readonly Entry[], at: number) => void
export type Ask = (command: Omit<Command, 'by'>, by: string, judge?: Judge) => Promise<Known>
type Step = () => Promise<void> | void
/** One command in so many meets a crash. */
const CRASH_ONE_IN = 15
const TICKS_MAX = 300
const HOLDING = 6_000n

export class Workload {
  readonly #parts: Parts
  readonly #random: Random
  readonly #feeder: Feeder
  readonly #steps: readonly Step[]
  #asked = 0
  reorganisations = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.#random = parts.random
    this.#feeder = new Feeder(parts, (command, by, judge) => this.ask(command, by, judge))
    const often = (times: number, step: Step): Step[] => Array.from({ length: times }, () => step)
    this.#steps = [
      ...often(9, () => this.#request()),
      ...often(2, () => this.#batch()),
      ...often(2, () => this.#again()),
      ...often(2, () => this.#person()),
      ...often(3, () => this.#halt()),
      ...often(5, () => this.#land()),
      ...often(1, () => this.#steal()),
      ...often(1, () => this.#moveOtherwise()),
      ...often(5, () => parts.chain.mine(parts.platform.now)),
      ...often(7, () => this.#feeder.step()),
      ...often(1, () => this.#reorganise()),
      ...often(4, () => this.#deliver()),
      ...often(6, () => this.#wait()),
      ...often(1, () => this.#clockBack()),
      ...often(1, () => parts.platform.restart()),
      ...often(1, () => parts.platform.snapshot()),
    ]
  }

  async step(): Promise<void> {
    await this.#random.pick(this.#steps)()
  }

  #crash(): CrashPoint | undefined {
    return this.#random.oneIn(CRASH_ONE_IN) ? this.#random.pick(['before', 'after'] as const) : undefined
  }

  /** Asks until the answer is known: what a crash swallowed is asked again. */
  async ask({ type, data }: Omit<Command, 'by'>, by = 'operator', judge?: Judge): Promise<Known> {
    for (;;) {
      const { outcomes } = await this.#parts.platform.submit([{ type, data, by }], this.#crash())
      const outcome = outcomes[0]
      if (outcome === 'lost' || outcome === undefined) continue
      if (isRefusal(outcome)) return outcome
      judge?.(outcome.events, outcome.at)
      for (const event of outcome.events) this.#parts.model.fact(event, outcome.at)
      return outcome
    }
  }

  async #done(command: Omit<Command, 'by'>): Promise<readonly Entry[]> {
    const outcome = await this.ask(command)
    if (isRefusal(outcome)) hold(false, 'right answer', () => `${command.type} was refused: ${outcome.detail}`)
    return outcome.events
  }

  async begin(): Promise<void> {
    const { model, chain, platform } = this.#parts
    for (const { wallet, account, refuge, assets } of WALLETS) {
      const held = assets.map((asset) => ({ asset, symbol: asset === ETHER ? 'ETH' : 'TOK', decimals: 18 }))
      const data = { wallet, kind: 'hot', chain: CHAIN, account, assets: held, ...(refuge && { refuge }) }
      await this.#done({ type: 'wallet.register', data })
    }
    const { rules } = model.gate
    const limits = WALLETS.flatMap(({ wallet, assets }) =>
      assets.map((asset) => ({
        ...{ wallet, asset, withdrawal_max: String(rules.withdrawalMax), window_max: String(rules.windowMax) },
        window_seconds: rules.windowMs / 1_000,
      })),
    )
    const [permit_seconds, landing_seconds, hold_seconds_max] = [rules.permitMs, rules.landingMs, rules.holdMs].map(
      (ms) => ms / 1_000,
    )
    await this.#done({ type: 'policy.set', data: { permit_seconds, landing_seconds, hold_seconds_max, limits } })
    const digest = `sha256:${'0'.repeat(64)}`
    const list = { list: 'sanctions', source: 'simulated', digest, addresses: [DENIED] }
    await this.#done({ type: 'denylist.import', data: list })
    chain.mine(platform.now)
    await this.#feeder.catchUp()
    for (const { wallet, assets } of WALLETS) {
      for (const asset of assets) {
        const data = { wallet, asset, amount: String(HOLDING), height: chain.height }
        await this.#done({ type: 'holding.report', data })
        model.report(wallet, asset, HOLDING)
      }
    }
  }

  #wish(): Wish {
    const random = this.#random
    const { rules } = this.#parts.model.gate
    this.#asked += 1
    const small = String(random.between(1, Number(rules.withdrawalMax)))
    const wish: Wish = {
      withdrawal: `w-${this.#asked}`,
      wallet: random.oneIn(3) ? 'hot-2' : 'hot-1',
      asset: random.oneIn(4) ? TOKEN : ETHER,
      // Few different amounts, so that permits resemble each other.
      amount: random.oneIn(2) ? '100' : small,
      to: random.pick(CUSTOMERS),
      purpose: 'customer',
    }
    const strange: readonly Partial<Wish>[] = [
      { to: DENIED },
      { to: random.pick(WRONG_PLACES) },
      { to: random.pick([REFUGE, WALLETS[0].account]), purpose: random.pick(['customer', 'treasury'] as const) },
      { wallet: 'hot-9' },
      { amount: String(rules.windowMax + 1n) },
      { amount: String(rules.withdrawalMax + 1n) },
      { amount: String(rules.withdrawalMax + 1n) },
      { amount: '99999999' },
    ]
    return random.oneIn(4) ? { ...wish, ...random.pick(strange) } : wish
  }

  async #submitWishes(wishes: readonly Wish[], crash: CrashPoint | undefined): Promise<void> {
    const { platform, model } = this.#parts
    const commands = wishes.map((data) => ({ type: 'withdrawal.request', data: { ...data }, by: 'service:exchange' }))
    const { outcomes } = await platform.submit(commands, crash)
    wishes.forEach((wish, place) => {
      const outcome = outcomes[place]
      if (outcome === undefined || outcome === 'lost') return
      const before = model.gate.asked.get(wish.withdrawal)?.wish
      const code = isRefusal(outcome) ? outcome.code : ''
      if (before === undefined) {
        same(code, '', 'right answer', `refusal of the new request ${wish.withdrawal}`)
        if (!isRefusal(outcome)) {
          model.gate.decided(wish, outcome.events, outcome.at, model.gate.expected(wish, outcome.at))
        }
        return
      }
      // After a crash a request that made no entry gives no answer: whether it was refused is then unknown.
      const changed = JSON.stringify(before) !== JSON.stringify(wish)
      if (crash === undefined) same(code, changed ? 'GATE-020' : '', 'right answer', `${wish.withdrawal} asked again`)
      if (!isRefusal(outcome)) same(outcome.events.length, 0, 'right answer', `events of ${wish.withdrawal} again`)
    })
  }

  async #request(): Promise<void> {
    const [wish, crash] = [this.#wish(), this.#crash()]
    await this.#submitWishes([wish], crash)
    if (crash !== undefined) await this.#submitWishes([wish], undefined)
  }

  async #batch(): Promise<void> {
    const wishes = Array.from({ length: this.#random.between(2, 5) }, () => this.#wish())
    if (this.#random.oneIn(3)) wishes.push({ ...this.#random.pick(wishes) })
    await this.#submitWishes(wishes, this.#crash())
  }

  async #again(): Promise<void> {
    const known = [...this.#parts.model.gate.asked.values()]
    if (known.length === 0) return
    const { wish } = this.#random.pick(known)
    const changed = this.#random.oneIn(2) ? { ...wish, amount: String(BigInt(wish.amount) + 1n) } : wish
    await this.#submitWishes([changed], undefined)
  }

  /** A person releases or rejects; what does not wait for one is refused. */
  async #person(): Promise<void> {
    const { gate } = this.#parts.model
    const known = [...gate.asked.values()]
    const held = known.filter(({ status }) => status === 'person' || status === 'line')
    if (known.length === 0) return
    const asked = this.#random.pick(held.length > 0 && !this.#random.oneIn(4) ? held : known)
    const { wish, status } = asked
    const isRelease = this.#random.oneIn(2)
    const isHalted = gate.isHalted(wish.wallet, wish.asset)
    const isMine = isRelease ? status === 'person' : status === 'person' || status === 'line'
    const type = isRelease ? 'withdrawal.release' : 'withdrawal.reject'
    const outcome = await this.ask({ type, data: { withdrawal: wish.withdrawal, reason: 'looked at it' } })
    const expected = !isMine ? 'GATE-022' : isRelease && isHalted ? 'GATE-023' : ''
    if (isRefusal(outcome)) {
      same(outcome.code, expected, 'right answer', `${type} of ${wish.withdrawal}`)
      return
    }
    same('', expected, 'right answer', `${type} of ${wish.withdrawal} was taken`)
    const told = outcome.events.find(isOutcome)
    if (isRelease) gate.decided(wish, outcome.events, outcome.at, gate.expected(wish, outcome.at, true))
    else if (told !== undefined) gate.rejected(wish.withdrawal, told, outcome.at)
  }

  async #halt(): Promise<void> {
    const { halts } = this.#parts.model.gate
    const scopes = ['all', `chain:${CHAIN}`, 'wallet:hot-1', `asset:${TOKEN}`, 'wallet:hot-9']
    const isLift = halts.size > 0 && !this.#random.oneIn(5)
    const scope = isLift ? this.#random.pick([...halts]) : this.#random.pick(scopes)
    const stood = halts.has(scope)
    const outcome = await this.ask({ type: isLift ? 'halt.lift' : 'halt.raise', data: { scope, reason: 'simulated' } })
    const code = isRefusal(outcome) ? outcome.code : ''
    if (isRefusal(outcome)) same(code, 'GATE-028', 'right answer', `halt of ${scope}`)
    const stands = !isLift && scope !== 'wallet:hot-9'
    same(halts.has(scope), stands, 'right answer', `halt of ${scope}, which stood: ${stood}`)
  }

  /** A signer sends what was permitted: a withdrawal once and whole, an evacuation perhaps less than its most. */
  #land(): void {
    const { model, chain, platform } = this.#parts
    const ready = model.gate.permits.filter((p) => p.status === 'open' && p.expiresAt > platform.now)
    const isLike = (p: { from: string; to: string; asset: string; amount: unknown }) =>
      `${p.from} ${p.to} ${p.asset} ${p.amount}`
    const valid = model.gate.permits.filter(({ status }) => status !== 'unlanded').map(isLike)
    const fresh = ready.filter((p) => {
      const like = isLike(p)
      return chain.count((m) => isLike(m) === like) < valid.filter((other) => other === like).length
    })
    if (fresh.length === 0) return
    const { kind, from, to, asset, amount } = this.#random.pick(fresh)
    const most = Number(amount)
    const moved = kind === 'evacuation' && this.#random.oneIn(2) ? this.#random.between(1, most) : most
    chain.send({ from, to, asset, amount: String(moved) })
  }

  #steal(): void {
    const { model, chain } = this.#parts
    const { account } = this.#random.pick(WALLETS)
    const stolen = {
      from: account,
      to: this.#random.pick(THIEVES),
      asset: ETHER,
      amount: `${this.#random.between(1, 900)}`,
    }
    const spent = model.gate.permits.filter(({ status, kind }) => status === 'settled' && kind === 'withdrawal')
    if (spent.length === 0 || this.#random.oneIn(2)) chain.send(stolen)
    else {
      // The same payment once more, under a permit that was spent.
      const { from, to, asset, amount } = this.#random.pick(spent)
      chain.send({ from, to, asset, amount: String(amount) })
    }
  }

  #moveOtherwise(): void {
    const [one, two] = this.#random.shuffle(WALLETS.map(({ account }) => account))
    if (one === undefined || two === undefined) return
    const [asset, amount] = [ETHER, String(this.#random.between(1, 2_000))]
    const stranger = this.#random.pick(CUSTOMERS)
    this.#parts.chain.send(
      this.#random.pick([
        { from: one, to: two, asset, amount },
        { from: one, to: REFUGE, asset, amount },
        { from: stranger, to: one, asset, amount },
        { from: stranger, to: one, asset, amount },
        { from: stranger, to: THIEVES[0], asset, amount },
      ]),
    )
  }

  #reorganise(): void {
    this.#parts.chain.reorganise()
    this.reorganisations += 1
  }

  /** Delivers what waits. The receiver may fail, and a crash may swallow the confirmation. */
  async #deliver(isQuiet = false): Promise<void> {
    const { platform, receiver } = this.#parts
    const ready = [...platform.app.machine.outbox.state.waiting.values()].filter((w) => w.retryAt <= platform.now)
    const effect = ready.length === 0 ? undefined : this.#random.pick(ready)
    if (effect === undefined) return
    const { key, kind } = effect
    if (!isQuiet && this.#random.oneIn(4)) {
      await this.ask(fail(key, 'the receiver did not answer'), 'service:outbox')
      return
    }
    receiver.deliver(key, kind)
    if (!isQuiet && this.#random.oneIn(4)) platform.restart()
    else await this.ask(confirm(key, 'taken'), 'service:outbox')
  }

  async #wait(ms = this.#random.between(1, this.#random.oneIn(4) ? 900_000 : 40_000)): Promise<void> {
    const { platform, model } = this.#parts
    platform.now += ms
    for (let ticks = 0; ; ticks++) {
      const due = platform.app.machine.due()
      if (due === undefined || due > platform.now) break
      hold(ticks < TICKS_MAX, 'liveness', () => `time stands still at ${due}`)
      const outcome = await this.ask({ type: TICK, data: {} }, 'clock', (events, at) => {
        for (const event of events) if (isOutcome(event)) model.gate.decidedByTime(event, at)
      })
      if (isRefusal(outcome)) hold(false, 'right answer', () => `a tick was refused: ${outcome.detail}`)
    }
    model.gate.checkNothingDue(platform.now)
  }

  async #clockBack(): Promise<void> {
    const { platform } = this.#parts
    const behind = platform.app.machine.position.lastAt - 60_000
    const now = platform.now
    platform.now = behind
    const wish = this.#wish()
    const { outcomes } = await platform.submit([
      { type: 'withdrawal.request', data: { ...wish }, by: 'service:exchange' },
    ])
    platform.now = now
    const outcome = outcomes[0]
    same(typeof outcome === 'object' && isRefusal(outcome) && outcome.code, 'MACHINE-004', 'right answer', 'clock back')
  }

  /** Everything that is under way comes to its end. */
  async quiesce(): Promise<void> {
    const { platform } = this.#parts
    await this.#feeder.catchUp()
    await this.#wait()
    for (let rounds = 0; platform.app.machine.outbox.state.waiting.size > 0; rounds++) {
      hold(rounds < TICKS_MAX, 'liveness', () => 'the outbox never becomes empty')
      await this.#wait(900_000)
      const { size } = platform.app.machine.outbox.state.waiting
      for (let place = 0; place < size; place++) await this.#deliver(true)
    }
  }
}
