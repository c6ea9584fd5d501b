/** Addresses for people: first, middle and last groups. The whole address stays in the page; only its showing is shortened. */

export interface AddressParts {
  readonly first: string
  readonly gapOne: string
  readonly middle: string
  readonly gapTwo: string
  readonly last: string
}

const FIRST = 6
const MIDDLE = 4
const LAST = 6
/** Up to this many characters an address is shown whole. */
const WHOLE_MAX = 20

/**
 * Splits an address so that the five parts together are the address again. A thief makes addresses that share the first and last
 * groups; the middle group is what a person has left to tell them apart.
 */
export function addressParts(address: string): AddressParts {
  if (address.length <= WHOLE_MAX) return { first: address, gapOne: '', middle: '', gapTwo: '', last: '' }
  const prefix = address.startsWith('0x') ? 2 : 0
  const firstEnd = prefix + FIRST
  const lastStart = address.length - LAST
  const middleStart = Math.floor((firstEnd + lastStart - MIDDLE) / 2)
  return {
    first: address.slice(0, firstEnd),
    gapOne: address.slice(firstEnd, middleStart),
    middle: address.slice(middleStart, middleStart + MIDDLE),
    gapTwo: address.slice(middleStart + MIDDLE, lastStart),
    last: address.slice(lastStart),
  }
}

/** How many characters at each end must agree before one address may be mistaken for another. */
const ALIKE = 4

const hexadecimal = (address: string): boolean => address.startsWith('0x')
const body = (address: string): string => (hexadecimal(address) ? address.slice(2) : address).toLowerCase()

/** Upper and lower case are one address in hexadecimal and two in base58. */
export const sameAddress = (a: string, b: string): boolean =>
  hexadecimal(a) && hexadecimal(b) ? a.toLowerCase() === b.toLowerCase() : a === b

/** The known address that this one could be mistaken for: the same ends, another middle. `undefined` where there is none. */
export function lookAlike(address: string, known: Iterable<string>): string | undefined {
  const mine = body(address)
  if (mine.length <= 2 * ALIKE) return undefined
  for (const other of known) {
    const theirs = body(other)
    const endsAgree = theirs.slice(0, ALIKE) === mine.slice(0, ALIKE) && theirs.slice(-ALIKE) === mine.slice(-ALIKE)
    if (endsAgree && !sameAddress(other, address)) return other
  }
  return undefined
}
