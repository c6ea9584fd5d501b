/** What one movement means beside the permits. Pure: the gate's answers come in through the needs. */
import type { Movement, Near, WatchNeeds } from '../needs.ts'

export type Verdict =
  /** `toWallet` where the permitted destination is another wallet of the platform. */
  | {
      readonly kind: 'matched'
      readonly wallet: string
      readonly permit: string
      readonly toWallet: string | undefined
    }
  | {
      readonly kind: 'internal'
      readonly wallet: string
      readonly toWallet: string
      readonly into: 'wallet' | 'refuge'
    }
  | { readonly kind: 'received'; readonly wallet: string }
  | { readonly kind: 'unpermitted'; readonly wallet: string; readonly near: Near | undefined }

/** `undefined` where neither side is ours. `spent` holds permits that earlier movements used and the gate may not know of yet. */
export function classify(movement: Movement, needs: WatchNeeds, spent: ReadonlySet<string>): Verdict | undefined {
  const source = needs.walletByAccount(movement.from)
  const target = needs.walletByAccount(movement.to)?.wallet
  if (source === undefined) return target === undefined ? undefined : { kind: 'received', wallet: target }
  const { wallet } = source
  // Even between our own wallets a permit is spent where there is one: an evacuation must be seen to land.
  const permit = needs.permitFor(movement, spent)
  if (permit !== undefined) return { kind: 'matched', wallet, permit, toWallet: target }
  if (target !== undefined) return { kind: 'internal', wallet, toWallet: target, into: 'wallet' }
  const sheltered = needs.refugeOf(movement.to)
  if (sheltered !== undefined) return { kind: 'internal', wallet, toWallet: sheltered, into: 'refuge' }
  return { kind: 'unpermitted', wallet, near: needs.nearPermit(movement) }
}
