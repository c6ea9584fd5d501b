/** What a witness signs (c2sp.org/tlog-cosignature): both forms state the tree and the second when it was seen. */
import { type Bytes, utf8 } from '../kernel/bytes.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { parseCheckpointText } from './checkpoint.ts'

/** A cosignature begins with the POSIX time, 8 bytes, big-endian. */
export const TIME_BYTES = 8
/** The structure gives names one byte of length. */
const NAME_BYTES_MAX = 255
const TIME_MAX = 2n ** 63n - 1n

/** Seconds since the epoch, or `undefined` where the time is out of range. */
export function cosignatureTime(signature: Bytes): number | undefined {
  if (signature.length < TIME_BYTES) return undefined
  const time = Buffer.from(signature.subarray(0, TIME_BYTES)).readBigUInt64BE()
  return time > TIME_MAX || time > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(time)
}

const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

const prefixed = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.length < 1 || bytes.length > NAME_BYTES_MAX ? undefined : Buffer.concat([Buffer.of(bytes.length), bytes])
}

/** The bytes under a cosignature of the checkpoint `text`; `undefined` where the text is no checkpoint or the time is out of range. */
export function cosignatureMessage(
  kind: 'cosignature' | 'ml-dsa-44',
  cosigner: string,
  text: string,
  timeBytes: Bytes,
): Bytes | undefined {
  const time = cosignatureTime(timeBytes)
  const checkpoint = parseCheckpointText(text)
  if (time === undefined || isRefusal(checkpoint)) return undefined
  if (kind === 'cosignature') return utf8(`cosignature/v1\ntime ${time}\n${text}`)
  const [name, origin] = [prefixed(cosigner), prefixed(checkpoint.origin)]
  if (name === undefined || origin === undefined) return undefined
  const [start, end] = [uint64(0), uint64(checkpoint.size)]
  return Buffer.concat([utf8('subtree/v1\n\0'), name, uint64(time), origin, start, end, checkpoint.root])
}
