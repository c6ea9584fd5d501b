/** What everybody in the drill does with the chain: read balances and nonces, sign a movement, send it. Nobody has more than a node gives. */
import {
  BaseError,
  createPublicClient,
  createTestClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  isAddress,
  keccak256,
  type PublicClient,
  parseGwei,
  type TestClient,
} from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { addressOf } from '../../kernel/caip.ts'

export const CHAIN = `eip155:${foundry.id}`
/** SLIP-44's coin type of Ethereum, as the watch names the native coin. */
export const NATIVE = `${CHAIN}/slip44:60`
/** What a transfer of a plain ERC-20 may use at most; a native one always uses 21,000. */
const TOKEN_GAS = 100_000n
const NATIVE_GAS = 21_000n
/** Above the tip, so that a rising base fee does not leave a transaction lying. */
const BASE_FEE_ROOM = parseGwei('4')
/** A node answers from memory, on this machine. */
const TIMEOUT_MS = 5_000

export interface Move {
  /** CAIP-10. */
  readonly to: string
  /** CAIP-19. */
  readonly asset: string
  readonly amount: bigint
}

/** Why a node did not take a transaction: another holds the nonce at a higher price, the nonce is used, or the balance is too small. */
export type NotSent = 'outbid' | 'nonce used' | 'no funds'
export type Sent = { readonly tx: Hex } | { readonly not: NotSent }

const REASONS: readonly (readonly [RegExp, NotSent])[] = [
  [/underpriced/i, 'outbid'],
  [/nonce too low/i, 'nonce used'],
  [/insufficient funds/i, 'no funds'],
]

export const addressIn = (account: string): Hex => {
  const address = addressOf(account)
  if (!isAddress(address, { strict: false })) throw new TypeError(`${account} is no account of an EVM chain`)
  return address
}

/** The contract of a token; `undefined` for the native coin. */
export const tokenOf = (asset: string): Hex | undefined => {
  const found = /\/erc20:(0x[0-9a-f]{40})$/i.exec(asset)?.[1]
  return found !== undefined && isAddress(found, { strict: false }) ? found : undefined
}

export class LiveChain {
  readonly reader: PublicClient
  readonly #test: TestClient

  constructor(url: string) {
    const transport = http(url, { retryCount: 0, timeout: TIMEOUT_MS })
    this.reader = createPublicClient({ chain: foundry, transport, cacheTime: 0, pollingInterval: 50 })
    this.#test = createTestClient({ mode: 'anvil', chain: foundry, transport })
  }

  async balance(address: Hex, asset: string): Promise<bigint> {
    const token = tokenOf(asset)
    if (token === undefined) return this.reader.getBalance({ address })
    return this.reader.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [address] })
  }

  /** Transactions of the account that are in blocks: the lowest nonce that is still free. */
  minedNonce(address: Hex): Promise<number> {
    return this.reader.getTransactionCount({ address })
  }

  /** Counts those that wait as well. */
  nextNonce(address: Hex): Promise<number> {
    return this.reader.getTransactionCount({ address, blockTag: 'pending' })
  }

  /** In a block and done, in a block and failed, waiting, or nowhere: replaced, or no longer payable. */
  async fate(tx: Hex): Promise<'done' | 'failed' | 'waiting' | 'gone'> {
    const receipt = await this.reader.getTransactionReceipt({ hash: tx }).catch(() => undefined)
    if (receipt !== undefined) return receipt.status === 'success' ? 'done' : 'failed'
    const known = await this.reader.getTransaction({ hash: tx }).catch(() => undefined)
    return known === undefined ? 'gone' : 'waiting'
  }

  /** `tip` in wei for each unit of gas. */
  async send(from: PrivateKeyAccount, move: Move, nonce: number, tip: bigint): Promise<Sent> {
    const token = tokenOf(move.asset)
    const raw = await from.signTransaction({
      ...(token === undefined
        ? { to: addressIn(move.to), value: move.amount, gas: NATIVE_GAS }
        : { to: token, data: transferData(move), gas: TOKEN_GAS }),
      ...{ type: 'eip1559', chainId: foundry.id, nonce },
      ...{ maxPriorityFeePerGas: tip, maxFeePerGas: tip + BASE_FEE_ROOM },
    })
    try {
      return { tx: await this.reader.sendRawTransaction({ serializedTransaction: raw }) }
    } catch (fault) {
      const said = fault instanceof BaseError ? `${fault.details} ${fault.shortMessage}` : String(fault)
      if (/already (known|imported)/i.test(said)) return { tx: keccak256(raw) }
      const not = REASONS.find(([form]) => form.test(said))?.[1]
      if (not === undefined) throw fault
      return { not }
    }
  }

  /** The most that a transfer of the native coin can cost at this tip. */
  feeFor(tip: bigint): bigint {
    return NATIVE_GAS * (tip + BASE_FEE_ROOM)
  }

  /** Coins from nothing: how a drill's accounts come to their first ones. */
  mint(address: Hex, value: bigint): Promise<void> {
    return this.#test.setBalance({ address, value })
  }
}

const transferData = ({ to, amount }: Move): Hex =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [addressIn(to), amount] })
