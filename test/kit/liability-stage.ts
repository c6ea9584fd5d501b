/** The liability room on a stage, with two coins of one chain and a gate that says yes unless told otherwise. */
import { liabilityRoom } from '../../src/rooms/liability/index.ts'
import type { LiabilityNeeds } from '../../src/rooms/liability/needs.ts'
import { scene, T0 } from './given.ts'

export const CHAIN = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
/** 9 decimals; KRW 215,000. */
export const SOL = `${CHAIN}/slip44:501`
/** 5 decimals; KRW 0.0148. */
export const BONK = `${CHAIN}/token:DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB8YaB1pPB263`
export const INCIDENT = 'incident-1'
const DIGEST = `sha256:${'0'.repeat(64)}`
export const PRICED_AT = T0 - 3_600_000
export const account = (n: number): string => `${CHAIN}:customer${n}`

export const gateSaysYes: LiabilityNeeds = { cannotPay: () => undefined, withdrawalKnown: () => true }

export const stage = (needs: Partial<LiabilityNeeds> = {}) => scene(liabilityRoom, { ...gateSaysYes, ...needs })
export type Stage = ReturnType<typeof stage>

export const prices = (validFrom = PRICED_AT, sol = '215000000000', bonk = '14800') => ({
  ...{ source: 'test prices', digest: DIGEST, valid_from: validFrom },
  prices: [
    { asset: SOL, symbol: 'SOL', decimals: 9, krw_micro: sol },
    { asset: BONK, symbol: 'BONK', decimals: 5, krw_micro: bonk },
  ],
})

export const theft = (tx: string, asset: string, amount: string, at = T0) => ({
  ...{ incident: INCIDENT, chain: CHAIN, wallet: 'hot-1', asset, amount, tx, place: 0, at },
})

export const claim = (id: string, asset: string, amount: string) => ({
  ...{ claim: id, customer: `customer-${id}`, asset, amount, pay_to: account(1) },
})

export const filing = (...claims: ReturnType<typeof claim>[]) => ({ incident: INCIDENT, claims })
export const fund = (name: 'reserve' | 'insurance' | 'own', krw: string) => ({
  ...{ fund: name, krw, evidence: 'bank statement 12' },
})
export const pay = (count = 50, wallet = 'hot-2') => ({
  ...{ incident: INCIDENT, count_max: count },
  wallets: [
    { asset: SOL, wallet },
    { asset: BONK, wallet },
  ],
})

export const types = (events: readonly { readonly type: string }[]): string[] => events.map(({ type }) => type)

/** Prices known, 100 SOL (KRW 21,500,000) stolen, and funds of 10 million, 5 million and 20 million won. */
export function robbed(needs: Partial<LiabilityNeeds> = {}): Stage {
  const s = stage(needs)
  s.when('price.load', prices())
  s.when('loss.record', theft('theft1', SOL, '100000000000'))
  s.when('fund.set', fund('reserve', '10000000'))
  s.when('fund.set', fund('insurance', '5000000'))
  s.when('fund.set', fund('own', '20000000'))
  return s
}
