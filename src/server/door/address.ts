/** Who a connection counts as where tries are counted: an address of IPv4, and of IPv6 the network of 64 bits that one customer holds whole. */
import { isIPv4, isIPv6 } from 'node:net'

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i
const NETWORK_GROUPS = 4

/** `203.0.113.7`, `2001:db8:1:2::/64`; whatever is no address counts as one caller. */
export function countedAs(address: string): string {
  const mapped = MAPPED.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [plain = ''] = address.split('%')
  if (!isIPv6(plain)) return address
  const [before = '', after] = plain.toLowerCase().split('::')
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const front = groups(before)
  const back = groups(after ?? '')
  const zeros =
    after === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  const all = [...front, ...zeros, ...back].map((group) => Number.parseInt(group, 16).toString(16))
  return `${all.slice(0, NETWORK_GROUPS).join(':')}::/64`
}

const V4_PARTS = 3
const SITE_GROUPS = 3

/** The network that an address is of, as sessions keep it: `203.0.113.0/24`, `2001:db8:1::/48`; it says from where, and not which machine. */
export function networkOf(address: string): string {
  const counted = countedAs(address)
  if (isIPv4(counted)) return `${counted.split('.').slice(0, V4_PARTS).join('.')}.0/24`
  if (!counted.endsWith('::/64')) return ''
  return `${counted.split(':').slice(0, SITE_GROUPS).join(':')}::/48`
}
