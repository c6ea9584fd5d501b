/** For tests alone: a real anvil, contracts compiled by solc, and the watch room driven by the real source. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import solc from 'solc'
import {
  type Abi,
  createPublicClient,
  createTestClient,
  createWalletClient,
  type Hex,
  http,
  publicActions,
  walletActions,
} from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import { type Data, type Message, openRoom } from '../../../machine/room.ts'
import type { WatchNeeds } from '../../../rooms/watch/index.ts'
import { standing, watchRoom } from '../../../rooms/watch/index.ts'
import type { WatchEvent } from '../../../rooms/watch/messages.ts'
import { Runner } from '../runner.ts'
import type { Target } from '../source.ts'
import { evmSource } from './evm.ts'
import type { EvmTiming } from './timing.ts'

export const CHAIN = `eip155:${foundry.id}`
export const ETHER = `${CHAIN}/slip44:60`
/** anvil's own accounts, by its published test mnemonic. */
const person = (addressIndex: number) =>
  mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex })
export const [deployer, hot, cold, customer, thief] = [person(0), person(1), person(2), person(3), person(4)]
export const caip = (address: string): string => `${CHAIN}:${address.toLowerCase()}`

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export type Anvil = Awaited<ReturnType<typeof startAnvil>>

export async function startAnvil() {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const bin = fileURLToPath(new URL('../../../../node_modules/@foundry-rs/anvil/bin.mjs', import.meta.url))
  const args = ['--silent', '--host', '127.0.0.1', '--port', String(port), '--hardfork', 'prague']
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], { stdio: 'ignore' })
  const transport = http(url, { retryCount: 0 })
  const chain = createTestClient({ mode: 'anvil', chain: foundry, transport, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions)
  for (let tries = 0; ; tries++) {
    if ((await chain.getBlockNumber().catch(() => undefined)) !== undefined) break
    if (tries > 200) throw new Error('anvil does not start')
    await wait(50)
  }
  const as = (account: ReturnType<typeof person>) => createWalletClient({ account, chain: foundry, transport })
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 20, cacheTime: 0 })
  const stop = () =>
    new Promise<void>((done) => {
      child.once('exit', () => done())
      child.kill('SIGTERM')
    })
  return { url, chain, as, reader, stop }
}

const compiledSchema = z.object({
  contracts: z.object({
    'contracts.sol': z.record(
      z.string(),
      z.object({
        abi: z.custom<Abi>((value) => Array.isArray(value)),
        evm: z.object({ bytecode: z.object({ object: z.string() }) }),
      }),
    ),
  }),
})

/** Contract name -> interface and code. */
export function compile() {
  const content = readFileSync(new URL('../fixtures/contracts.sol', import.meta.url), 'utf8')
  const input = {
    language: 'Solidity',
    sources: { 'contracts.sol': { content } },
    settings: { outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
  }
  const { contracts } = compiledSchema.parse(JSON.parse(solc.compile(JSON.stringify(input))))
  return (name: string): { abi: Abi; bytecode: Hex } => {
    const found = contracts['contracts.sol'][name]
    if (found === undefined) throw new Error(`no contract ${name}`)
    return { abi: found.abi, bytecode: `0x${found.evm.bytecode.object}` }
  }
}

/**
 * Short waits, so that a test of ten failures takes a second; blocks only come when a test makes them. Only an answer is waited for
 * patiently: a node given up on a busy machine is believed again with its next block, and none would come.
 */
const TIMING: EvmTiming = {
  timeoutMs: 10_000,
  retryMs: 20,
  faultMs: 60,
  lagMs: 300,
  disagreeMs: 150,
  stallMs: Number.POSITIVE_INFINITY,
  heartbeatMs: 100,
  holdingsMs: 200,
}

export interface KitPermit {
  readonly permit: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
}

export interface StageOptions {
  readonly nodes: readonly { readonly name: string; readonly url: string }[]
  readonly targets: readonly Target[]
  readonly permits?: readonly KitPermit[]
  readonly timing?: Partial<EvmTiming>
  readonly traces?: boolean
  readonly startHeight?: number
  /** When true, the machine is gone at this command: it does not take it, nor any after it until a restart. */
  readonly interrupt?: (command: Message) => boolean
}

export type Stage = ReturnType<typeof openStage>

/** The watch room alone, and the source that feeds it; it can be stopped and started again, as after a crash. */
export function openStage({ nodes, targets, permits = [], timing, traces, startHeight, interrupt }: StageOptions) {
  const wallets = new Map(targets.map(({ wallet, account }) => [account, wallet]))
  const needs: WatchNeeds = {
    walletByAccount: (account) => {
      const wallet = wallets.get(account)
      return wallet === undefined ? undefined : { wallet, kind: 'hot' }
    },
    refugeOf: () => undefined,
    permitFor: (m, except) =>
      permits.find(
        (p) =>
          p.from === m.from &&
          p.to === m.to &&
          p.asset === m.asset &&
          String(p.amount) === m.amount &&
          !except.has(p.permit),
      )?.permit,
    nearPermit: () => undefined,
  }
  const room = openRoom(watchRoom, () => needs)
  const events: WatchEvent[] = []
  const refusals: Refusal[] = []
  let turns = 0
  let gone = false
  const submit = async (command: Message): Promise<unknown> => {
    await Promise.resolve()
    gone ||= interrupt?.(command) ?? false
    if (gone) return { refused: true, code: 'MACHINE-003', kind: 'busy', detail: 'gone' } satisfies Refusal
    const at = Date.now()
    const data = room.check(command)
    const answer = isRefusal(data)
      ? data
      : room.decide({ type: command.type, data }, { at, by: 'test', newId: (prefix) => `${prefix}-${++turns}` })
    if (isRefusal(answer)) {
      refusals.push(answer)
      return answer
    }
    for (const event of answer) {
      room.evolve(event, { at, by: 'test', index: events.length })
      events.push(event as WatchEvent)
    }
    return { recorded: [] }
  }
  const view = { standing: () => standing(room.state, CHAIN), targets: () => targets }
  const open = () => {
    const more = { ...(traces === undefined ? {} : { traces }), ...(startHeight === undefined ? {} : { startHeight }) }
    const source = evmSource({
      chain: CHAIN,
      native: ETHER,
      nodes,
      now: Date.now,
      timing: { ...TIMING, ...timing },
      ...more,
    })
    return new Runner({ source, view, submit, pollMs: 10 })
  }
  let runner = open()
  return {
    events,
    refusals,
    get state() {
      return room.state
    },
    start: () => runner.start(),
    stop: () => runner.stop(),
    /** A new source with nothing in memory, and the watch as it was. */
    async restart() {
      await runner.stop()
      gone = false
      runner = open()
      await runner.start()
    },
    standing: view.standing,
    /** What events of one type say, so far. */
    of: (type: WatchEvent['type']): Data[] => events.filter((event) => event.type === type).map(({ data }) => data),
    /** Waits until something holds; says what was seen when it never does. */
    async until(what: string, holds: () => boolean): Promise<void> {
      for (let tries = 0; !holds(); tries++) {
        if (tries > 500) {
          const seen = events.slice(-20).map((event) => JSON.stringify(event).slice(0, 200))
          throw new Error(`never came: ${what}; seen:\n${seen.join('\n')}\n${JSON.stringify(refusals.slice(-3))}`)
        }
        await wait(20)
      }
    },
  }
}

export const ours = (assets: readonly string[] = [ETHER]): readonly Target[] => [
  { wallet: 'hot', account: caip(hot.address), assets },
  { wallet: 'cold', account: caip(cold.address), assets },
]
