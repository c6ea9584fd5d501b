/** Byte strings: the few conversions everybody needs. Node's `Buffer` is a `Uint8Array`; nothing here relies on more than that. */
import { createHash, timingSafeEqual } from 'node:crypto'

export type Bytes = Uint8Array

export const utf8 = (text: string): Bytes => Buffer.from(text, 'utf8')
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
/** Throws a `TypeError` where the bytes are not UTF-8; a byte order mark is dropped. */
export const fromUtf8 = (bytes: Bytes): string => strictUtf8.decode(bytes)
export const toHex = (bytes: Bytes): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
export const toBase64 = (bytes: Bytes): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
export const toBase64Url = (bytes: Bytes): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url')

/** Lower or upper case hexadecimal without prefix; anything else is `undefined` (Node would silently cut it short). */
export function fromHex(text: string): Bytes | undefined {
  return text.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(text) ? Buffer.from(text, 'hex') : undefined
}

/** Standard base64 with padding (RFC 4648 section 4); a text that does not encode back to itself is `undefined`. */
export function fromBase64(text: string): Bytes | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** base64url without padding (RFC 4648 section 5); a text that does not encode back to itself is `undefined`: Node would take it. */
export function fromBase64Url(text: string): Bytes | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

export const sha256 = (...parts: Bytes[]): Bytes => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Compares in a time that depends on the lengths alone, so that a secret can't be guessed byte by byte. */
export const equalBytes = (a: Bytes, b: Bytes): boolean => a.length === b.length && timingSafeEqual(a, b)
