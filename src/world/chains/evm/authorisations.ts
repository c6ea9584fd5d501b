/** EIP-7702: a signature by which an account of ours lets a contract act as itself. */
import { setImmediate as pause } from 'node:timers/promises'
import type { ObservedGrant } from '../source.ts'
import { accountOf, type Lookout } from './lookout.ts'
import { AUTHORISATION_PLACE } from './places.ts'
import type { Authorisation, Block } from './schemas.ts'

/** Recovering a signer takes about half a millisecond; the machine must have its turn between a few of them. */
const RECOVERIES_AT_ONCE = 8
/** Both nodes show the same block, and a block comes again after a reorganisation. */
const REMEMBERED_MAX = 4_096

const remembered = new Map<string, string | null>()

/** The address whose key signed; `null` where the signature is no signature. */
async function authorityOf(entry: Authorisation): Promise<string | null> {
  const { chainId, address, nonce, yParity, r, s } = entry
  const key = [chainId, address, nonce, yParity, r, s].join()
  const known = remembered.get(key)
  if (known !== undefined) return known
  // Loaded only when a block has such a transaction: most deployments start faster without.
  const { recoverAuthorizationAddress } = await import('viem/utils')
  const hex = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}` as const
  const authorization = {
    chainId: Number(chainId),
    address: `0x${address.slice(2)}` as const,
    nonce: Number(nonce),
    yParity: Number(yParity),
    r: hex(r),
    s: hex(s),
  }
  const found = await recoverAuthorizationAddress({ authorization }).then(
    (signer) => signer.toLowerCase(),
    () => null,
  )
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(key, found)
  return found
}

export interface Authorised {
  readonly grant: ObservedGrant
  /** Our address, and the nonce that it signed for. */
  readonly authority: string
  readonly nonce: bigint
}

/**
 * Entries that accounts of ours signed, other than revocations, for this chain or for all (chain id 0). Whether one took effect is
 * for the caller to find out: anybody can send an old one again, and it then does nothing.
 */
export async function authorisations(block: Block, lookout: Lookout): Promise<Authorised[]> {
  const chainId = BigInt(lookout.chain.slice(lookout.chain.indexOf(':') + 1))
  const found: Authorised[] = []
  let recovered = 0
  for (const { hash, authorizationList } of block.transactions) {
    for (const [place, entry] of (authorizationList ?? []).entries()) {
      if ((entry.chainId !== 0n && entry.chainId !== chainId) || BigInt(entry.address) === 0n) continue
      recovered += 1
      if (recovered % RECOVERIES_AT_ONCE === 0) await pause()
      const authority = await authorityOf(entry)
      if (authority === null || !lookout.accounts.has(authority)) continue
      found.push({
        grant: {
          tx: hash,
          place: AUTHORISATION_PLACE + place,
          kind: 'eip7702',
          account: accountOf(lookout, authority),
          delegate: accountOf(lookout, entry.address),
        },
        authority,
        nonce: entry.nonce,
      })
    }
  }
  return found
}
