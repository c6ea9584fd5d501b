/** The chain sources of a deployment's settings, each with its runner. */
import { chainOf } from '../kernel/caip.ts'
import { standing } from '../rooms/watch/index.ts'
import { evmSource, Runner, type Target } from './chains/index.ts'
import type { Config } from './config.ts'
import type { Deployment } from './deployment.ts'

/** SLIP-44's coin type of Ethereum; other EVM chains name their coin by it too, as CAIP-19 has no chain-specific one for most. */
const NATIVE = 'slip44:60'

/** The platform's wallets on a chain; the same array until the registry changes, as sources ask for. */
function targetsOn(deployment: Deployment, chain: string): () => readonly Target[] {
  let known: readonly Target[] = []
  let print = ''
  return () => {
    const { gate } = deployment.app.rooms
    const wallets = [...gate.state.wallets.values()].filter((wallet) => wallet.chain === chain)
    const now = wallets.map(({ wallet, pairs }) => `${wallet} ${pairs.size}`).join()
    if (now !== print) {
      print = now
      known = wallets.map(({ wallet, account, pairs }) => ({
        ...{ wallet, account },
        assets: [...pairs.keys()].filter((asset) => chainOf(asset) === chain),
      }))
    }
    return known
  }
}

/** A runner for each EVM source of the settings. Started before the first tick, or Pasu's own absence looks like the sources' silence. */
export const runnersOf = (config: Config, deployment: Deployment): Runner[] =>
  config.sources
    .filter(({ chain }) => chain.startsWith('eip155:'))
    .map(({ chain, nodes, poll_ms }) => {
      const source = evmSource({
        chain,
        native: `${chain}/${NATIVE}`,
        nodes: nodes.map((url, place) => ({ name: `node-${place + 1}`, url })),
        now: deployment.now,
      })
      const view = {
        standing: () => standing(deployment.app.rooms.watch.state, chain),
        targets: targetsOn(deployment, chain),
      }
      return new Runner({ source, view, submit: deployment.submit, pollMs: poll_ms })
    })
