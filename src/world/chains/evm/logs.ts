/** Token transfers and allowances, from event logs that any contract may have written as it pleased. */

import type { ObservedGrant, ObservedMovement } from '../source.ts'
import { accountOf, type Lookout } from './lookout.ts'
import type { Log } from './schemas.ts'

/** keccak256 of `Transfer(address,address,uint256)` and `Approval(address,address,uint256)`: ERC-20. */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
export const APPROVAL_TOPIC = '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925'

const WORD_DIGITS = 64

interface Erc20 {
  readonly first: string
  readonly second: string
  readonly amount: bigint
}

/** An address as a topic has twelve zero bytes before it; whatever else stands there is no address. */
const addressIn = (topic: string | undefined): string | undefined =>
  topic !== undefined && /^0x0{24}/.test(topic) ? `0x${topic.slice(26)}` : undefined

/**
 * Both events have two indexed addresses and one amount. A token that keeps to that but appends something of its own is understood;
 * one with the amount elsewhere (ERC-721 has it indexed) is `undefined`.
 */
function erc20({ topics, data }: Log): Erc20 | undefined {
  const [first, second] = [addressIn(topics[1]), addressIn(topics[2])]
  if (topics.length !== 3 || first === undefined || second === undefined) return undefined
  if (data.length < 2 + WORD_DIGITS) return undefined
  return { first, second, amount: BigInt(data.slice(0, 2 + WORD_DIGITS)) }
}

/**
 * Anybody can deploy a contract that writes "Transfer from your wallet". So a token that nobody registered counts only where our own
 * key signed the transaction; else strangers could halt the platform for the price of a log.
 */
const credible = ({ address, transactionHash }: Log, lookout: Lookout, senders: ReadonlyMap<string, string>): boolean =>
  lookout.tokens.has(address) || lookout.accounts.has(senders.get(transactionHash) ?? '')

/** `senders`: transaction hash -> who signed it. A transfer of nothing moves nothing. */
export function tokenMovements(
  logs: readonly Log[],
  lookout: Lookout,
  senders: ReadonlyMap<string, string>,
): ObservedMovement[] {
  return logs.flatMap((log) => {
    if (log.topics[0] !== TRANSFER_TOPIC || !credible(log, lookout, senders)) return []
    const moved = erc20(log)
    if (moved === undefined || moved.amount === 0n) return []
    if (!lookout.accounts.has(moved.first) && !lookout.accounts.has(moved.second)) return []
    return {
      tx: log.transactionHash,
      place: log.logIndex,
      from: accountOf(lookout, moved.first),
      to: accountOf(lookout, moved.second),
      asset: `${lookout.chain}/erc20:${log.address}`,
      amount: String(moved.amount),
    }
  })
}

/** Allowances that accounts of ours gave; an allowance of nothing is a revocation. */
export function allowances(
  logs: readonly Log[],
  lookout: Lookout,
  senders: ReadonlyMap<string, string>,
): ObservedGrant[] {
  return logs.flatMap((log) => {
    if (log.topics[0] !== APPROVAL_TOPIC || !credible(log, lookout, senders)) return []
    const given = erc20(log)
    if (given === undefined || given.amount === 0n || !lookout.accounts.has(given.first)) return []
    return {
      tx: log.transactionHash,
      place: log.logIndex,
      kind: 'allowance' as const,
      account: accountOf(lookout, given.first),
      delegate: accountOf(lookout, given.second),
      asset: `${lookout.chain}/erc20:${log.address}`,
      amount: String(given.amount),
    }
  })
}
