import { describe, expect, it } from 'vitest'
import {
  ALICE,
  ask,
  COLD,
  ETHER,
  HOT,
  HOUR,
  member,
  openGate,
  passTo,
  REFUGE,
  TOKEN,
  typesOf,
  wallet,
} from '../../../test/kit/gate.ts'
import { scene, T0 } from '../../../test/kit/given.ts'
import { gateRoom, nearPermit, permitFor, permitStatus, spendablePermit } from './index.ts'
import { EVACUATION_LASTS_MS, RESCUE_LANDING_MS, RESCUE_PERMIT_MS } from './limits.ts'

const order = { wallet: 'hot-1', reason: 'theft' }
const none: ReadonlySet<string> = new Set()
const sweep = (amount: string, asset = ETHER) => ({ from: HOT, to: REFUGE, asset, amount })
const permitsOf = (events: readonly { type: string; data: object }[]): string[] =>
  events.filter(({ type }) => type === 'permit.issued').map((event) => member(event, 'permit'))

describe('an order', () => {
  it('G8: takes the most valuable first, and what has no price after it', () => {
    const dear = `eip155:1/erc20:0x${'8'.repeat(40)}`
    const holdings = new Map([
      [TOKEN, 10n ** 20n],
      [ETHER, 7n],
    ])
    const stage = openGate(holdings)
    stage.when('wallet.register', {
      ...wallet,
      assets: [...wallet.assets, { asset: dear, symbol: 'DEAR', decimals: 0 }],
    })
    const events = stage.when('evacuation.order', order)
    // The token has no price; DEAR is not held.
    expect(events.slice(1).map((event) => [member(event, 'asset'), member(event, 'amount')])).toEqual([
      [ETHER, '7'],
      [TOKEN, '100000000000000000000'],
    ])
  })

  it('G8: takes only what is known to be there; nothing known is said once, however often it is ordered', () => {
    const holdings = new Map<string, bigint>()
    const stage = openGate(holdings)
    expect(typesOf(stage.when('evacuation.order', order))).toEqual(['evacuation.ordered'])
    for (let storm = 0; storm < 300; storm++) expect(stage.ask('evacuation.order', order, T0 + storm)).toEqual([])
    holdings.set(ETHER, 5n)
    // A deposit in the middle of the storm is saved too, by the same evacuation.
    expect(typesOf(stage.when('evacuation.order', order))).toEqual(['permit.issued'])
    expect(stage.ask('evacuation.order', order)).toEqual([])
  })

  it('G8: needs no policy: a rescue does not wait for paperwork', () => {
    const stage = scene(gateRoom, { holding: () => 5n, valueKrw: () => undefined })
    stage.when('wallet.register', wallet)
    const [, permit] = stage.when('evacuation.order', order)
    expect(permit).toMatchObject({ data: { expires_at: T0 + RESCUE_PERMIT_MS, amount: '5' } })
    stage.tick(T0 + EVACUATION_LASTS_MS)
    expect(stage.due()).toBe(T0 + EVACUATION_LASTS_MS + RESCUE_LANDING_MS)
  })

  it('G8: to a wallet that does not exist is refused', () => {
    expect(openGate().ask('evacuation.order', { ...order, wallet: 'hot-9' })).toMatchObject({ code: 'GATE-035' })
  })

  it('G7, G8: its permit outlives every halt, a withdrawal’s none', () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    const [withdrawal] = permitsOf(stage.when('withdrawal.request', ask('w1')))
    const [rescue] = permitsOf(stage.when('evacuation.order', order))
    for (const scope of ['all', 'wallet:hot-1']) stage.when('halt.raise', { scope, reason: 'theft' })
    expect(spendablePermit(stage.state, String(withdrawal), T0 + 1)).toBeUndefined()
    expect(spendablePermit(stage.state, String(rescue), T0 + 1)).toMatchObject({ kind: 'evacuation' })
    expect(spendablePermit(stage.state, String(rescue), T0 + 60_000)).toBeUndefined()
  })
})

describe('time', () => {
  it('G8: what expired is given up and renewed with what is left now, as long as the evacuation lasts', () => {
    const holdings = new Map([[ETHER, 500n]])
    const stage = openGate(holdings)
    const [first] = permitsOf(stage.when('evacuation.order', order))
    holdings.set(ETHER, 300n)
    const events = stage.tick(T0 + 60_000)
    expect(typesOf(events)).toEqual(['permit.unlanded', 'permit.issued'])
    expect(member(events[0], 'permit')).toBe(first)
    expect(events[1]).toMatchObject({ data: { amount: '300', subject: 'evacuation-3-1' } })
    const later = passTo(stage, T0 + 3 * HOUR)
    expect(permitsOf(later)).toHaveLength(EVACUATION_LASTS_MS / 60_000 - 2)
    expect(stage.due()).toBeUndefined()
  })

  it('G8: where nothing is left nothing is renewed', () => {
    const holdings = new Map([[ETHER, 500n]])
    const stage = openGate(holdings)
    stage.when('evacuation.order', order)
    holdings.set(ETHER, 0n)
    expect(typesOf(passTo(stage, T0 + HOUR))).toEqual(['permit.unlanded'])
  })

  it('G8: a restart that comes late renews once more, in the order of value', () => {
    const stage = openGate(
      new Map([
        [TOKEN, 3n],
        [ETHER, 500n],
      ]),
    )
    stage.when('evacuation.order', order)
    const events = stage.tick(T0 + HOUR)
    expect(typesOf(events)).toEqual(['permit.unlanded', 'permit.unlanded', 'permit.issued', 'permit.issued'])
    expect(events.slice(2).map((event) => member(event, 'asset'))).toEqual([ETHER, TOKEN])
    expect(permitsOf(passTo(stage, T0 + 3 * HOUR))).toEqual([])
  })

  it('G8: an order after the evacuation ended begins another', () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    const [one] = stage.when('evacuation.order', order)
    passTo(stage, T0 + 2 * HOUR)
    const [two] = stage.when('evacuation.order', order, T0 + 2 * HOUR)
    expect(member(two, 'evacuation')).not.toBe(member(one, 'evacuation'))
    expect(two?.type).toBe('evacuation.ordered')
  })

  it('G8: an order that comes before the tick replaces the expired permit, and the old one may still land', () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    const [first = ''] = permitsOf(stage.when('evacuation.order', order))
    const [second = ''] = permitsOf(stage.when('evacuation.order', order, T0 + 60_001))
    expect(second).not.toBe(first)
    expect(permitFor(stage.state, sweep('400'), none)).toBe(first)
    expect(permitFor(stage.state, sweep('400'), new Set([first]))).toBe(second)
    expect(permitStatus(stage.state, first, T0 + 60_001)).toBe('expired')
  })
})

describe('the landing', () => {
  it('G8, G9: may bring less than the ceiling, never more, and only into the refuge', () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    const [permit = ''] = permitsOf(stage.when('evacuation.order', order))
    expect(permitFor(stage.state, sweep('499'), none)).toBe(permit)
    expect(permitFor(stage.state, sweep('501'), none)).toBeUndefined()
    expect(permitFor(stage.state, { ...sweep('499'), to: ALICE }, none)).toBeUndefined()
    expect(permitFor(stage.state, sweep('499', TOKEN), none)).toBeUndefined()
    expect(stage.ask('permit.settle', { permit, tx: 't', amount: '501' })).toMatchObject({ code: 'GATE-031' })
    stage.when('permit.settle', { permit, tx: 't', amount: '480' })
    expect(permitFor(stage.state, sweep('499'), none)).toBeUndefined()
    const landed = stage.when('evacuation.note_landed', { permit, tx: 't' })
    // What came in, not what might have.
    expect(landed).toMatchObject([{ type: 'evacuation.landed', data: { asset: ETHER, amount: '480', permit } }])
    expect(stage.ask('evacuation.note_landed', { permit, tx: 't' })).toEqual([])
    expect(stage.due()).toBeUndefined()
  })

  it('G8: is told again when a reorganisation had taken it back', () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    const [permit = ''] = permitsOf(stage.when('evacuation.order', order))
    stage.when('permit.settle', { permit, tx: 't1', amount: '480' })
    stage.when('evacuation.note_landed', { permit, tx: 't1' })
    stage.when('permit.reopen', { permit, tx: 't1' })
    expect(stage.ask('evacuation.note_landed', { permit, tx: 't1' })).toMatchObject({ code: 'GATE-033' })
    expect(permitFor(stage.state, sweep('470'), none)).toBe(permit)
    stage.when('permit.settle', { permit, tx: 't2', amount: '470' })
    expect(stage.when('evacuation.note_landed', { permit, tx: 't2' })).toMatchObject([{ data: { amount: '470' } }])
  })

  it('G8: a withdrawal is no evacuation', () => {
    const stage = openGate()
    const [permit = ''] = permitsOf(stage.when('withdrawal.request', ask('w1')))
    stage.when('permit.settle', { permit, tx: 't', amount: '10' })
    expect(stage.ask('evacuation.note_landed', { permit, tx: 't' })).toMatchObject({ code: 'GATE-033' })
    expect(stage.ask('evacuation.note_landed', { permit: 'permit-9', tx: 't' })).toMatchObject({ code: 'GATE-029' })
  })

  it('G8: does not spend the window, and is near to nothing', () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    stage.when('evacuation.order', order)
    expect(typesOf(stage.when('withdrawal.request', ask('w1', '100')))).toEqual(['permit.issued'])
    expect(nearPermit(stage.state, { from: HOT, to: COLD, asset: ETHER, amount: '500' })).toBeUndefined()
  })
})
