import { describe, expect, it } from 'vitest'
import {
  ALICE,
  account,
  ask,
  CHAIN,
  ETHER,
  type GateStage,
  HOT,
  HOUR,
  openGate,
  passTo,
  policy,
  REFUGE,
} from '../../../test/kit/gate.ts'
import { T0 } from '../../../test/kit/given.ts'
import type { Data } from '../../machine/room.ts'
import { PERMIT_TYPE, routes } from './index.ts'

/** A stand-in for the signature, which is judged in `permit/` and `world/signers/`: here only what is signed and when. */
const attest = (kind: string, claims: Data) => Promise.resolve(`${kind}:${String(claims.jti)}:${String(claims.exp)}`)

async function tell(stage: GateStage, endpoint: string, data: Data, now = stage.now()): Promise<unknown> {
  const [method, path] = endpoint.split(' ')
  const route = routes.find((one) => one.method === method && one.path === path)
  if (route === undefined) throw new Error(`there is no ${endpoint}`)
  // No answer of the gate looks into the journal.
  const record = { size: 0, root: '', verified: null, entries: () => [] }
  const tools = { now, by: 'operator', attest, record }
  return route.method === 'GET' ? route.view(stage.state, data, tools) : route.answer(stage.state, data, tools)
}
const withdrawals = (stage: GateStage, data: Data) => tell(stage, 'POST /v1/withdrawals', data)
const jws = `${PERMIT_TYPE}:permit-0:${(T0 + 60_000) / 1_000}`

describe('POST /v1/withdrawals', () => {
  it.each([
    [
      'a permit',
      ask('w'),
      {
        status: 'permitted',
        reasons: [],
        until: null,
        permit: { permit: 'permit-0', status: 'permitted', amount: '10', from: HOT, to: ALICE, jws },
      },
    ],
    [
      'a hold',
      ask('w', '150'),
      { status: 'held', permit: null, until: T0 + 1_200_000, reasons: [{ code: 'GATE-011' }] },
    ],
    ['a denial', ask('w', '999'), { status: 'denied', permit: null, until: null, reasons: [{ code: 'GATE-009' }] }],
    [
      'a denial of what does not exist',
      { ...ask('w'), wallet: 'hot-9' },
      { status: 'denied', wallet: 'hot-9', asset: ETHER, reasons: [{ code: 'GATE-001' }] },
    ],
  ])('G1, G2, G4: answers %s', async (_what, request, answer) => {
    const stage = openGate()
    stage.when('withdrawal.request', request)
    expect(await withdrawals(stage, request)).toMatchObject({ withdrawal: 'w', ...answer })
    expect(await tell(stage, 'GET /v1/withdrawals/:withdrawal', { withdrawal: 'w' })).toEqual(
      await withdrawals(stage, request),
    )
  })

  it('G6: told again later, the answer is the same until the permit ends, and then says how it ended', async () => {
    const stage = openGate()
    const answers: unknown[] = []
    const tellAt = async (at: number) => {
      stage.when('withdrawal.request', ask('w'), at)
      answers.push(await withdrawals(stage, ask('w')))
    }
    await tellAt(T0)
    await tellAt(T0 + 59_999)
    expect(answers[1]).toEqual(answers[0])
    await tellAt(T0 + 60_000)
    expect(answers[2]).toMatchObject({
      status: 'permitted',
      permit: { permit: 'permit-0', status: 'expired', jws: null },
    })
    passTo(stage, T0 + HOUR)
    await tellAt(T0 + HOUR)
    expect(answers[3]).toMatchObject({
      status: 'unlanded',
      permit: { permit: 'permit-0', status: 'unlanded', jws: null },
    })
  })

  it('G7, G9: hands out no signature for what was halted or spent', async () => {
    const stage = openGate()
    stage.when('withdrawal.request', ask('w'))
    stage.when('halt.raise', { scope: `chain:${CHAIN}`, reason: 'x' })
    expect(await withdrawals(stage, ask('w'))).toMatchObject({ permit: { status: 'permitted', jws: null } })
    stage.when('permit.settle', { permit: 'permit-0', tx: '0xabc', amount: '10' })
    expect(await withdrawals(stage, ask('w'))).toMatchObject({ status: 'settled', tx: '0xabc', permit: { jws: null } })
  })
})

describe('other endpoints', () => {
  it('G4: release and reject answer with what became of the withdrawal', async () => {
    const stage = openGate()
    stage.when('withdrawal.request', ask('w', '150'))
    stage.when('withdrawal.release', { withdrawal: 'w', reason: 'known' })
    const answer = await tell(stage, 'POST /v1/withdrawals/:withdrawal/release', { withdrawal: 'w', reason: 'known' })
    expect(answer).toMatchObject({ status: 'permitted', reasons: [], permit: { jws } })
    expect(await tell(stage, 'GET /v1/withdrawals/:withdrawal', { withdrawal: 'x' })).toMatchObject({
      code: 'GATE-021',
    })
  })

  it('G1: a permit is told by its id', async () => {
    const stage = openGate()
    stage.when('withdrawal.request', ask('w'))
    expect(await tell(stage, 'GET /v1/permits/:permit', { permit: 'permit-0' })).toMatchObject({ subject: 'w', jws })
    expect(await tell(stage, 'GET /v1/permits/:permit', { permit: 'permit-1' })).toMatchObject({ code: 'GATE-029' })
  })

  it('G6: pages of withdrawals, newest first, without gap or repeat, by status and wallet', async () => {
    const stage = openGate()
    for (let n = 0; n < 30; n++) stage.when('withdrawal.request', ask(`w${n}`, n % 3 === 0 ? '999' : '1'))
    stage.when('evacuation.order', { wallet: 'hot-1', reason: 'x' })
    const page = async (params: Data) =>
      (await tell(stage, 'GET /v1/withdrawals', params)) as { items: { withdrawal: string }[]; next: string | null }
    const seen: string[] = []
    let next: string | null | undefined
    do {
      const one = await page({ limit: '7', ...(next == null ? {} : { before: next }) })
      seen.push(...one.items.map(({ withdrawal }) => withdrawal))
      next = one.next
    } while (next !== null)
    expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => `w${29 - n}`))
    expect((await page({ status: 'denied' })).items).toHaveLength(10)
    expect((await page({ wallet: 'hot-2' })).items).toEqual([])
  })

  it('G7: halts with the epoch that signers compare', async () => {
    const stage = openGate()
    stage.when('halt.raise', { scope: 'all', reason: 'theft' })
    const halts = [{ scope: 'all', reason: 'theft', since: T0, by: 'test', alarm: null }]
    expect(await tell(stage, 'GET /v1/halts', {})).toEqual({ halt_epoch: 1, halts })
    stage.when('halt.lift', { scope: 'all', reason: 'over' })
    expect(await tell(stage, 'POST /v1/halts/lift', {})).toEqual({ halt_epoch: 1, halts: [] })
  })

  it('G8: an order answers with the permits that are out', async () => {
    const stage = openGate(new Map([[ETHER, 500n]]))
    stage.when('evacuation.order', { wallet: 'hot-1', reason: 'x' })
    expect(await tell(stage, 'POST /v1/wallets/:wallet/evacuate', { wallet: 'hot-1' })).toMatchObject({
      refuge: REFUGE,
      permits: [{ kind: 'evacuation', to: REFUGE, amount: '500', status: 'permitted' }],
    })
  })

  it('G10: the policy as it was set', async () => {
    const stage = openGate()
    expect(await tell(stage, 'GET /v1/policy', {})).toEqual(policy)
    expect(await tell(stage, 'POST /v1/wallets', { wallet: 'hot-1' })).toMatchObject({
      account: HOT,
      permits: { open: 0 },
    })
  })

  it('G3: whether an address is denied, with or without its chain', async () => {
    const stage = openGate()
    const digest = `sha256:${'0'.repeat(64)}`
    const bad = `0x${'D'.repeat(40)}`
    stage.when('denylist.import', { list: 'ofac', source: 's', digest, addresses: [`*:${bad}`, account('9')] })
    const asked = (address: string) => tell(stage, 'GET /v1/denylist', { address })
    for (const address of [bad, bad.toLowerCase(), `${CHAIN}:${bad}`, `eip155:10:${bad}`]) {
      expect(await asked(address)).toEqual({ address, denied: true, lists: ['ofac'] })
    }
    expect(await asked(account('9'))).toMatchObject({ denied: true })
    // Named on one chain, it is not denied on another.
    expect(await asked(`eip155:10:0x${'9'.repeat(40)}`)).toMatchObject({ denied: false })
    const lists = [{ list: 'ofac', source: 's', digest, addresses: 2, at: T0 }]
    expect(await tell(stage, 'GET /v1/denylist', {})).toEqual({ lists, entries: 2 })
  })
})
