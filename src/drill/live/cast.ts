/** Who takes part: fresh keys for each run, so that nothing of a drill is worth anything elsewhere. */
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

const ROLES = ['deployer', 'hot', 'warm', 'refuge', 'thief', 'exchange', 'customer1', 'customer2', 'customer3'] as const
type Role = (typeof ROLES)[number]

export interface Cast {
  /** CAIP-2. */
  readonly chain: string
  readonly people: Readonly<Record<Role, PrivateKeyAccount>>
  /** CAIP-10. */
  readonly id: Readonly<Record<'hot' | 'warm' | 'refuge' | 'thief' | 'exchange', string>> & {
    readonly customers: readonly string[]
  }
}

export function castFor(chain: string): Cast {
  const person = () => privateKeyToAccount(generatePrivateKey())
  const people = {
    ...{ deployer: person(), hot: person(), warm: person(), refuge: person(), thief: person(), exchange: person() },
    ...{ customer1: person(), customer2: person(), customer3: person() },
  }
  const id = ({ address }: PrivateKeyAccount): string => `${chain}:${address.toLowerCase()}`
  return {
    chain,
    people,
    id: {
      ...{ hot: id(people.hot), warm: id(people.warm), refuge: id(people.refuge) },
      ...{ thief: id(people.thief), exchange: id(people.exchange) },
      customers: [id(people.customer1), id(people.customer2), id(people.customer3)],
    },
  }
}
