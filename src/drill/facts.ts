/** What a drill on a real chain tells of its two thieves, in rows that the terminal and the report both show. */
import { formatDecimal, grouped } from '../kernel/money.ts'
import type { Plan } from './plan.ts'
import type { LiveFacts } from './played.ts'
import { fill, type Words } from './words.ts'

/** What he brought, and the verifier's answer. */
export const attemptRows = ({ attempts }: LiveFacts, words: Words): string[][] =>
  attempts.map(({ what, code }) => [words.tricks[what], code ?? '!'])

export const raceLine = ({ thief, evacuation }: LiveFacts, words: Words): string =>
  fill(words.race, {
    ...{ thief: thief.sent, stolen: thief.landed },
    ...{ evacuation: evacuation.sent, rescued: evacuation.landed },
  })

/** The heading first. Whole units of each asset. */
export function chainRows(plan: Plan, { chain }: LiveFacts, words: Words): string[][] {
  const rows = chain.map(({ asset, stolen, refuge, left }) => {
    const known = plan.assets.find((item) => item.asset === asset)
    const text = (amount: bigint): string => grouped(formatDecimal(amount, known?.decimals ?? 0))
    return [known?.symbol ?? asset, text(stolen), text(refuge), text(left)]
  })
  return [[words.onChain, words.toThief, words.toRefuge, words.leftBehind], ...rows]
}
