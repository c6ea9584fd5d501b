/** The small world of a simulation: one chain, two wallets, two assets, a refuge, some customers, thieves and a denied address. */
const CHAIN_ID = 'eip155:1'
const account = (n: number): string => `${CHAIN_ID}:0x${n.toString(16).padStart(40, '0')}`

export const CHAIN = CHAIN_ID
export const ETHER = `${CHAIN}/slip44:60`
export const TOKEN = `${CHAIN}/erc20:0x${'a1'.padStart(40, '0')}`
export const REFUGE = account(0xfe)
export const WALLETS = [
  { wallet: 'hot-1', account: account(1), refuge: REFUGE, assets: [ETHER, TOKEN] },
  /** Without a refuge: a theft from it can't be followed by an evacuation, and must be alarmed all the same. */
  { wallet: 'hot-2', account: account(2), refuge: undefined, assets: [ETHER] },
] as const
export const CUSTOMERS = [account(0x101), account(0x102), account(0x103)] as const
export const THIEVES = [account(0xbad1), account(0xbad2)] as const
export const DENIED = account(0xdead)
export const WRONG_PLACES = [
  'bip122:000000000019d6689c085ae165831e93:bc1qxy2kgdygjrsqtzq2n0yrf2493',
  `${CHAIN}:0x12`,
] as const
export const START = Date.UTC(2026, 0, 5)

export const walletOfAccount = (of: string): string | undefined =>
  WALLETS.find((wallet) => wallet.account === of)?.wallet
export const accountOf = (name: string): string => WALLETS.find(({ wallet }) => wallet === name)?.account ?? ''
