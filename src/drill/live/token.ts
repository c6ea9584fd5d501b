/** The drill's tokens: one ERC-20, compiled here from its source, deployed for each asset that is no native coin. */
import { readFileSync } from 'node:fs'
import solc from 'solc'
import { type Abi, encodeDeployData, type Hex, parseGwei } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { z } from 'zod'
import { CHAIN, type LiveChain } from './chain.ts'

/** Ample for one small contract without the optimiser. */
const DEPLOY_GAS = 3_000_000n
const SOURCE = new URL('../../../scenarios/live/Token.sol', import.meta.url)

const compiledSchema = z.object({
  contracts: z.object({
    'Token.sol': z.object({
      Token: z.object({
        abi: z.custom<Abi>((value) => Array.isArray(value)),
        evm: z.object({ bytecode: z.object({ object: z.string().regex(/^[0-9a-f]+$/) }) }),
      }),
    }),
  }),
})

export interface Compiled {
  readonly abi: Abi
  readonly bytecode: Hex
}

export function compileToken(): Compiled {
  const input = {
    language: 'Solidity',
    sources: { 'Token.sol': { content: readFileSync(SOURCE, 'utf8') } },
    settings: { outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
  }
  const { abi, evm } = compiledSchema.parse(JSON.parse(solc.compile(JSON.stringify(input)))).contracts['Token.sol']
    .Token
  return { abi, bytecode: `0x${evm.bytecode.object}` }
}

export interface TokenOrder {
  readonly symbol: string
  readonly decimals: number
  /** What each account gets at first, in base units. */
  readonly shares: readonly { readonly to: Hex; readonly amount: bigint }[]
}

/** Resolves with the tokens' CAIP-19 names once all are on the chain. They share a block, so that the drill need not wait for several. */
export async function deployTokens(
  chain: LiveChain,
  account: PrivateKeyAccount,
  { abi, bytecode }: Compiled,
  orders: readonly TokenOrder[],
): Promise<string[]> {
  const sent = await Promise.all(
    orders.map(async ({ symbol, decimals, shares }, nonce) => {
      const args = [symbol, decimals, shares.map(({ to }) => to), shares.map(({ amount }) => amount)]
      const raw = await account.signTransaction({
        ...{ type: 'eip1559', chainId: foundry.id, nonce, gas: DEPLOY_GAS },
        ...{ maxFeePerGas: parseGwei('10'), maxPriorityFeePerGas: parseGwei('1') },
        data: encodeDeployData({ abi, bytecode, args }),
      })
      return chain.reader.sendRawTransaction({ serializedTransaction: raw })
    }),
  )
  const receipts = await Promise.all(sent.map((hash) => chain.reader.waitForTransactionReceipt({ hash })))
  return receipts.map(({ contractAddress, status }, place) => {
    if (status === 'success' && contractAddress) return `${CHAIN}/erc20:${contractAddress.toLowerCase()}`
    throw new Error(`the token ${orders[place]?.symbol} was not deployed`)
  })
}
