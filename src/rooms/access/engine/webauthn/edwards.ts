/**
 * Whether 32 or 57 bytes are a sound public key of Ed25519 or Ed448 (RFC 8032). node:crypto takes any bytes as such a key. By the equation of
 * RFC 8032 a point of small order verifies signatures that nobody made; whether a library lets it come to that is not left to its version.
 */
import type { Bytes } from '../../../../kernel/bytes.ts'

export type Edwards = 'Ed25519' | 'Ed448'

interface Field {
  readonly p: bigint
  /** x² · (d · y² - a) = y² - 1, where `a` is the coefficient of x². */
  readonly a: bigint
  readonly d: bigint
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % p
    square = (square * square) % p
  }
  return result
}

const P25519 = 2n ** 255n - 19n
const P448 = 2n ** 448n - 2n ** 224n - 1n

/** RFC 8032 sections 5.1 and 5.2: d = -121665/121666, and d = -39081. */
const FIELDS: Readonly<Record<Edwards, Field>> = {
  Ed25519: { p: P25519, a: -1n, d: ((P25519 - 121_665n) * power(121_666n, P25519 - 2n, P25519)) % P25519 },
  Ed448: { p: P448, a: 1n, d: P448 - 39_081n },
}

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

/** Little-endian; the highest bit is the sign of x and no part of y. */
function yOf(bytes: Bytes): bigint {
  const ordered = Buffer.from(bytes).reverse()
  ordered[0] = (ordered[0] ?? 0) & 0x7f
  return BigInt(`0x${ordered.toString('hex')}`)
}

/** y alone tells it: 0, 1 and -1 are the points of order 4, 1 and 2; of order 8 (Ed25519) are those that doubling takes to y = 0. */
function isSmallOrder({ p, a, d }: Field, y: bigint): boolean {
  if (y === 0n || y === 1n || y === p - 1n) return true
  const y2 = (y * y) % p
  return a === -1n && modulo(d * y2 * y2 + 2n * y2 - 1n, p) === 0n
}

/** What is wrong with the key, in words; `undefined` where nothing is. */
export function edwardsFault(curve: Edwards, bytes: Bytes): string | undefined {
  const field = FIELDS[curve]
  const y = yOf(bytes)
  if (y >= field.p) return `the key is not in the canonical form of ${curve}`
  if (isSmallOrder(field, y)) return `the key is a point of small order of ${curve}`
  const u = modulo(y * y - 1n, field.p)
  const v = modulo(field.d * y * y - field.a, field.p)
  // Euler's criterion: u / v has a root where u · v has one.
  const isOnCurve = power(modulo(u * v, field.p), (field.p - 1n) / 2n, field.p) === 1n
  return isOnCurve ? undefined : `the key is no point of ${curve}`
}
