/** FNV-1a over UTF-16 code units, 32 bits: spreads ids and addresses over buckets. No secret and no claim to withstand forgery. */
const OFFSET = 0x811c9dc5
const PRIME = 0x01000193
/** What tells two ids or two addresses apart stands at their end; `eip155:1:0x` in front would only cost time. */
const LENGTH_MAX = 24

export function hash(text: string, seed = OFFSET): number {
  let value = seed
  for (let place = Math.max(0, text.length - LENGTH_MAX); place < text.length; place++) {
    value = Math.imul(value ^ text.charCodeAt(place), PRIME)
  }
  // The low bits choose the bucket, and FNV mixes them least.
  return (value ^ (value >>> 15)) >>> 0
}
