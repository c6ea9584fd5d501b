/** The chain sources of a deployment's settings, each with its runner. */
import { chainOf } from '../kernel/caip.ts'
import type { Instant } from '../kernel/time.ts'
import type { GateState } from '../rooms/gate/index.ts'
import { standing } from '../rooms/watch/index.ts'
import { type EvmOptions, evmSource, Runner, type Target } from './chains/index.ts'
import type { Config } from './config.ts'
import type { Deployment } from './deployment.ts'

type Source = Config['sources'][number]

/** SLIP-44's coin type of Ethereum; other EVM chains name their coin by it too, as CAIP-19 has no chain-specific one for most. */
const NATIVE = 'slip44:60'

const isSame = (a: Target, b: Target | undefined): boolean =>
  a.wallet === b?.wallet &&
  a.account === b.account &&
  a.assets.length === b.assets.length &&
  a.assets.every((asset, place) => asset === b.assets[place])

/** The platform's wallets on a chain; the same array until one of them changes, as sources ask for. */
export function targetsOn(gate: { readonly state: GateState }, chain: string): () => readonly Target[] {
  let known: readonly Target[] = []
  return () => {
    const now = [...gate.state.wallets.values()]
      .filter((wallet) => wallet.chain === chain)
      .map(({ wallet, account, pairs }) => ({
        ...{ wallet, account },
        assets: [...pairs.keys()].filter((asset) => chainOf(asset) === chain),
      }))
    if (now.length !== known.length || !now.every((target, place) => isSame(target, known[place]))) known = now
    return known
  }
}

/** What the settings of one source mean to it; what they leave out, the source knows itself. */
export function evmOptions({ chain, nodes, stall_ms, start_height }: Source, now: () => Instant): EvmOptions {
  return {
    chain,
    native: `${chain}/${NATIVE}`,
    nodes: nodes.map((url, place) => ({ name: `node-${place + 1}`, url })),
    now,
    ...(stall_ms !== undefined && { timing: { stallMs: stall_ms } }),
    ...(start_height !== undefined && { startHeight: start_height }),
  }
}

/** A runner for each EVM source of the settings. Started before the first tick, or Pasu's own absence looks like the sources' silence. */
export const runnersOf = (config: Config, deployment: Deployment): Runner[] =>
  config.sources
    .filter(({ chain }) => chain.startsWith('eip155:'))
    .map((settings) => {
      const { watch, gate } = deployment.app.rooms
      const view = { standing: () => standing(watch.state, settings.chain), targets: targetsOn(gate, settings.chain) }
      const source = evmSource(evmOptions(settings, deployment.now))
      return new Runner({ source, view, submit: deployment.submit, pollMs: settings.poll_ms })
    })
