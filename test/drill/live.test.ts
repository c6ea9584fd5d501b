/** The live drill: a real chain, a real signer, both thieves, once from end to end; and its parts where one run cannot show them. */
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Address, parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DrillResult, listScenarios, runDrill } from '../../src/drill/index.ts'
import { type Anvil, startAnvil } from '../../src/drill/live/anvil.ts'
import { CHAIN, LiveChain, NATIVE } from '../../src/drill/live/chain.ts'
import { askSigner, openDoor } from '../../src/drill/live/door.ts'
import { Sender } from '../../src/drill/live/sender.ts'
import { LiveSigner } from '../../src/drill/live/signer.ts'
import { openJournal } from '../../src/journal/index.ts'
import { decodeEntry } from '../../src/machine/index.ts'
import { PERMIT_TYPE } from '../../src/rooms/gate/index.ts'
import type { Jwks } from '../../src/rooms/gate/permit/index.ts'
import { readFolder } from '../../src/world/folder.ts'
import { attester } from '../../src/world/signers/index.ts'

const RUN_MS_MAX = 180_000
const folder = mkdtempSync(join(tmpdir(), 'pasu-live-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const person = () => privateKeyToAccount(generatePrivateKey())
const caip = (address: Address): string => `${CHAIN}:${address.toLowerCase()}`
const answers = (url: string): Promise<boolean> =>
  fetch(url, { method: 'POST' }).then(
    () => true,
    () => false,
  )

/** The events of a drill's journal. */
function eventsIn(path: string) {
  const { paths, journalSigner } = readFolder(path)
  const journal = openJournal({ folder: paths.journal, signer: journalSigner })
  try {
    return [...journal.read(0)].map(decodeEntry).filter(({ kind }) => kind === 'event')
  } finally {
    journal.close()
  }
}

describe('the live drill', () => {
  let result: DrillResult
  let events: ReturnType<typeof eventsIn>
  const data = join(folder, 'data')
  const report = join(folder, 'report')
  beforeAll(async () => {
    result = await runDrill({ scenario: 'live', language: 'en', data, report })
    events = eventsIn(data)
  }, RUN_MS_MAX)
  const of = (type: string) => events.filter((event) => event.type === type).map((event) => event.data)
  const sum = (rows: ReturnType<typeof of>, asset: string): bigint =>
    rows.filter((row) => row.asset === asset).reduce((total, row) => total + BigInt(String(row.amount)), 0n)

  it('is listed, and keeps the shape of the answer', () => {
    expect(listScenarios().map(({ scenario, kind }) => `${scenario} ${kind}`)).toContain('live live')
    expect(result.answer.scenario).toBe('live')
    expect(result.answer.history).toBeNull()
    expect(result.answer.journal.verified).toBe(true)
    expect(result.sound).toBe(true)
  })

  it('gives a thief with the credential nothing, and says each time why', () => {
    expect(result.answer.attempts).toEqual([
      { what: 'spent permit', code: 'PERMIT-011' },
      { what: 'no permit', code: 'PERMIT-001' },
      { what: 'no algorithm', code: 'PERMIT-002' },
      { what: 'own key', code: 'PERMIT-003' },
      { what: 'own key under the name of ours', code: 'PERMIT-004' },
      { what: 'changed claims', code: 'PERMIT-004' },
      { what: 'other amount', code: 'PERMIT-010' },
      { what: 'other destination', code: 'PERMIT-010' },
      { what: 'expired permit', code: 'PERMIT-007' },
      { what: 'permit from before the halt', code: 'PERMIT-009' },
      { what: 'permit of the evacuation', code: 'PERMIT-010' },
    ])
    expect(result.story.join('\n')).toContain('11 attempts at the signer, 0 signatures')
  })

  it('matches every payout, and alarms at every transaction of the thief with the key', () => {
    const thefts = of('transfer.unpermitted')
    expect(thefts).toHaveLength(result.live?.thief.landed ?? 0)
    expect(thefts.length).toBeGreaterThan(0)
    const payouts = of('permit.issued').filter(({ kind }) => kind === 'withdrawal')
    const settled = new Set(of('permit.settled').map(({ permit }) => permit))
    const unused = payouts.filter(({ permit }) => !settled.has(permit)).map(({ subject }) => subject)
    expect(unused).toEqual(['left-to-expire', 'left-to-be-halted'])
    expect(result.answer.permits.denied).toBe(1)
    expect(of('withdrawal.denied').map(({ withdrawal }) => withdrawal)).toEqual(['after-the-halt'])
  })

  it('halts in the turn that sees the first theft', () => {
    const { at, halted, firstUnpermitted, haltLatencyMs, unpermittedBeforeHalt } = result.answer.detection
    expect(halted).toBe(at)
    expect(Date.parse(String(at))).toBeGreaterThan(Date.parse(String(firstUnpermitted)))
    expect(haltLatencyMs).toBeGreaterThan(0)
    expect(unpermittedBeforeHalt).toBeGreaterThan(0)
  })

  it('moves what is left to the refuge and nowhere else, and loses no base unit out of sight', () => {
    const evacuations = of('permit.issued').filter(({ kind }) => kind === 'evacuation')
    expect(new Set(evacuations.map(({ to }) => to)).size).toBe(1)
    expect(of('evacuation.landed').length).toBeGreaterThan(0)
    for (const { asset, stolen, refuge, left } of result.live?.chain ?? []) {
      const [first] = of('holding.reported').filter((row) => row.wallet === 'hot-1' && row.asset === asset)
      const out = of('transfer.matched').filter(({ wallet }) => wallet === 'hot-1')
      const into = of('transfer.internal').filter(({ wallet }) => wallet === 'hot-1')
      const gone = sum([...out, ...into], asset) + stolen + left
      const fees = BigInt(String(first?.amount)) - gone
      if (asset !== NATIVE) expect(fees).toBe(0n)
      else expect(fees > 0n && fees < parseEther('1')).toBe(true)
      expect(sum(of('transfer.unpermitted'), asset)).toBe(stolen)
      expect(sum([...of('evacuation.landed'), ...into], asset)).toBe(refuge)
    }
    expect(result.live?.chain).toHaveLength(3)
  })

  it('tells the authorities, follows the coins to the exchange, and repays what customers lost', () => {
    const { incident, trace, repayment, loss } = result.answer
    expect(incident?.severity).toBe('critical')
    const sent = incident?.notices.filter(({ status }) => status === 'sent') ?? []
    expect(new Set(sent.map(({ channel }) => channel))).toEqual(new Set(['mail', 'webhook']))
    expect(trace?.unaccounted).toBe('0')
    expect(trace?.services.map(({ kind, asset }) => `${kind} ${asset}`).sort()).toEqual(
      loss.map(({ asset }) => `exchange ${asset}`).sort(),
    )
    expect(BigInt(repayment?.planned ?? 0)).toBeGreaterThan(0n)
    expect(repayment?.repaid).toBe(repayment?.planned)
  })

  it('writes the report, both thieves in it', () => {
    const page = readFileSync(join(report, 'report.html'), 'utf8')
    expect(page).toContain('PERMIT-011')
    expect(page).toContain('He sent')
    expect(page).not.toContain('In history')
    expect(existsSync(join(report, 'journal', 'checkpoint'))).toBe(true)
  })
})

describe('the local chain', () => {
  it('ends when it is told to', async () => {
    const anvil = await startAnvil(1)
    expect(await answers(anvil.url)).toBe(true)
    await anvil.stop()
    expect(await answers(anvil.url)).toBe(false)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with a process that gets %s', async (signal) => {
    const module = fileURLToPath(new URL('../../src/drill/live/anvil.ts', import.meta.url))
    const script = `const { startAnvil } = await import(${JSON.stringify(module)}); console.log((await startAnvil(1)).url)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_, by) => done(by)))
    const url = await new Promise<string>((done) => child.stdout.once('data', (text) => done(String(text).trim())))
    expect(await answers(url)).toBe(true)
    child.kill(signal)
    expect(await ended).toBe(signal)
    await expect.poll(() => answers(url)).toBe(false)
  })

  it('that does not exist for a system is refused by number', async () => {
    const real = Object.getOwnPropertyDescriptor(process, 'arch') ?? {}
    Object.defineProperty(process, 'arch', { ...real, value: 'riscv64' })
    try {
      await expect(startAnvil(1)).rejects.toThrow('DRILL-005')
    } finally {
      Object.defineProperty(process, 'arch', real)
    }
  })
})

describe('on a chain', () => {
  let anvil: Anvil
  let chain: LiveChain
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    anvil = await startAnvil(1)
    chain = new LiveChain(anvil.url)
  })
  afterAll(() => anvil.stop())
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })

  it('two senders of one account both bring all their movements through, each once', async () => {
    const [shared, one, other] = [person(), person(), person()]
    await chain.mint(shared.address, parseEther('10'))
    const senders = [one, other].map(({ address }) => ({ to: caip(address), sender: new Sender(chain, shared) }))
    for (const { sender, to } of senders) {
      for (const part of [1n, 2n, 3n]) sender.add({ asset: NATIVE, to, amount: async () => part })
    }
    await Promise.all(senders.map(({ sender }) => sender.idle()))
    expect(senders.map(({ sender }) => sender.racer.landed)).toEqual([3, 3])
    expect(await chain.balance(one.address, NATIVE)).toBe(6n)
    expect(await chain.balance(other.address, NATIVE)).toBe(6n)
  })

  /** A signer that answers to a key of this test. */
  async function openSigner() {
    const [hot, refuge, customer] = [person(), person(), person()]
    await chain.mint(hot.address, parseEther('10'))
    const pasu = attester(generateKeyPairSync('ed25519').privateKey, 'test')
    const signer = new LiveSigner({
      chain,
      wallets: [{ account: caip(hot.address), key: hot, refuge: caip(refuge.address) }],
      issuer: 'test',
      keys: JSON.parse(JSON.stringify(pasu.jwks)) as Jwks,
      haltEpoch: async () => 0,
      feeReserve: parseEther('1'),
      now: Date.now,
    })
    const door = await openDoor(signer, 'secret')
    ends.push(
      () => door.close(),
      () => signer.stop(),
    )
    const permit = (kind: 'withdrawal' | 'evacuation', to: Address, amount: bigint) => {
      const [issued_at, permit] = [Date.now(), `permit-${kind}`]
      const expires_at = issued_at + 30_000
      return pasu.attest(PERMIT_TYPE, {
        ...{ permit, jti: permit, kind, subject: 'a', wallet: 'hot', halt_epoch: 0, asset: NATIVE },
        ...{ from: caip(hot.address), to: caip(to), amount: String(amount), issued_at, expires_at },
        ...{ iat: Math.floor(issued_at / 1_000), exp: Math.floor(expires_at / 1_000) },
      })
    }
    return { hot, refuge, customer, door, permit }
  }

  it('the signer makes a permitted movement once, and its door wants the credential', async () => {
    const { hot, customer, door, permit } = await openSigner()
    const jws = await permit('withdrawal', customer.address, 5n)
    const order = { permit: jws, from: caip(hot.address), to: caip(customer.address), asset: NATIVE, amount: '5' }
    await expect(askSigner(door.url, 'guessed', order)).rejects.toThrow('401')
    expect(await askSigner(door.url, 'secret', order)).toMatchObject({ ok: true })
    expect(await askSigner(door.url, 'secret', order)).toMatchObject({ ok: false, code: 'PERMIT-011' })
    await expect.poll(() => chain.balance(customer.address, NATIVE), { timeout: 10_000 }).toBe(5n)
  })

  it('the signer answers an evacuation that is brought twice with the same transaction, and keeps the fees back', async () => {
    const { refuge, customer, door, permit } = await openSigner()
    const bring = async (body: string) => {
      const response = await fetch(`${door.url}/evacuate`, { method: 'POST', body })
      return [response.status, await response.json()] as const
    }
    expect(await bring(await permit('evacuation', customer.address, 5n))).toMatchObject([403, { code: 'PERMIT-010' }])
    const jws = await permit('evacuation', refuge.address, parseEther('100'))
    const [status, first] = await bring(jws)
    expect([status, first]).toMatchObject([200, { ok: true }])
    expect(await bring(jws)).toEqual([200, first])
    await expect.poll(() => chain.balance(refuge.address, NATIVE), { timeout: 10_000 }).toBe(parseEther('9'))
    expect(await bring('nonsense')).toMatchObject([403, { code: 'PERMIT-001' }])
  })
})
