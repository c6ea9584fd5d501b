/** What stolen coins did afterwards, rebuilt after the press: gathered, part swapped, part sent over a bridge, part left lying. */
import { HOUR_MS, MINUTE_MS } from '../kernel/time.ts'
import type { Plan, PlanMove } from './plan.ts'
import type { Random } from './random.ts'

/** Thief addresses that empty into one collecting address. */
const GATHERED_INTO = 12

/**
 * Flows are planned for the whole theft; a drill plays only as much of each as really arrived: what is gathered is what came, what
 * is laundered is a share of what was gathered. Each step waits until all that feeds it has come.
 */
export function flowsOf(
  thefts: readonly PlanMove[],
  account: (address: string) => string,
  random: Random,
): { flows: PlanMove[]; labels: Plan['labels'] } {
  const last = thefts.reduce((latest, { at }) => Math.max(latest, at), 0)
  const collector = new Map<string, string>()
  for (const { to } of thefts) {
    if (!collector.has(to)) collector.set(to, account(`Collector${(collector.size % GATHERED_INTO) + 1}`))
  }
  const flows: PlanMove[] = []
  const gathered = new Map<string, { from: string; asset: string; amount: bigint; at: number }>()
  thefts.forEach(({ tx, to, asset, amount, at }, place) => {
    const target = collector.get(to) ?? to
    const moved = at + random.between(20, 90) * MINUTE_MS
    flows.push({ at: moved, tx: `gather-${place + 1}-${tx}`, from: to, to: target, asset, amount })
    const key = `${target} ${asset}`
    const sum = gathered.get(key)
    gathered.set(key, {
      from: target,
      asset,
      amount: (sum?.amount ?? 0n) + amount,
      at: Math.max(sum?.at ?? 0, moved),
    })
  })
  const dex = account('RebuiltDexPool')
  const bridge = account('RebuiltAllbridgePool')
  const exchange = account('RebuiltExchangeDeposit')
  let step = 0
  for (const { from, asset, amount, at } of gathered.values()) {
    const out = Math.max(at, last) + random.between(30, 240) * MINUTE_MS
    // A tenth stays where it is; of the rest most is swapped, some bridged as it is, a little sent to an exchange.
    const parts: readonly (readonly [string, readonly [bigint, bigint], number])[] = [
      [dex, [62n, 100n], 0],
      [bridge, [25n, 38n], HOUR_MS / 2],
      [exchange, [3n, 13n], HOUR_MS],
    ]
    for (const [to, share, wait] of parts) {
      step += 1
      flows.push({ at: out + wait, tx: `launder-${step}`, from, to, asset, amount, share })
    }
  }
  flows.sort((a, b) => a.at - b.at)
  const label = (address: string, name: string, kind: string, entity: string) => ({ address, name, kind, entity })
  return {
    flows,
    labels: [
      label('RebuiltDexPool', 'Solana DEX pool (rebuilt)', 'dex', 'Solana DEX (rebuilt)'),
      label('RebuiltAllbridgePool', 'Allbridge pool (rebuilt)', 'bridge', 'Allbridge (rebuilt)'),
      label('RebuiltExchangeDeposit', 'Exchange deposit (rebuilt)', 'exchange', 'Exchange (rebuilt)'),
    ],
  }
}
