/** Which site ceremonies are of: what the journal says once somebody enrolled, before that the settings, else this machine by its own name. */
import { type AccessState, phaseOf } from '../rooms/access/index.ts'
import type { Config } from '../world/config.ts'
import type { Served } from './served.ts'

export type ConfiguredSite = NonNullable<Config['site']>

export interface Site extends ConfiguredSite {
  readonly deployment: string
}

export interface SiteOptions {
  readonly served: Served
  /** Names the deployment until somebody enrolled. */
  readonly platform: string
  readonly configured: ConfiguredSite | undefined
  readonly scheme: 'http' | 'https'
  /** Where the server really listens. */
  readonly port: () => number
}

/** Passkeys know no IP addresses, so this machine is `localhost`. */
const LOCAL = 'localhost'

export function siteNow({ served, platform, configured, scheme, port }: SiteOptions): Site {
  const journaled = served.app.rooms?.access.state.site
  if (journaled !== undefined) return journaled
  return { deployment: platform, ...(configured ?? { rp_id: LOCAL, origins: [`${scheme}://${LOCAL}:${port()}`] }) }
}

/** Where the settings say something else than what was journaled; nothing where they agree or say nothing. */
export function siteContradiction(state: AccessState, configured: ConfiguredSite | undefined): string | undefined {
  const { site } = state
  if (site === undefined || configured === undefined || phaseOf(state) === 'bare') return undefined
  const isSame = site.rp_id === configured.rp_id && site.origins.join(' ') === configured.origins.join(' ')
  if (isSame) return undefined
  return `config.json names the site ${configured.rp_id}; the journal says ${site.rp_id} at ${site.origins.join(' ')}, and holds. A change is proposed as site.set.`
}

const hosts = new WeakMap<readonly string[], readonly string[]>()

/** Hosts under which a console of these origins asks; found once for a list, for every request asks. */
export function hostsOf({ origins }: ConfiguredSite): readonly string[] {
  const known = hosts.get(origins)
  if (known !== undefined) return known
  const found = origins.flatMap((origin) => URL.parse(origin)?.hostname ?? [])
  hosts.set(origins, found)
  return found
}
