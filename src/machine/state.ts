/** The machine's whole state as data: its digest, so that two folds can be compared, and its snapshot, so that a start is quick. */
import { DefaultSerializer, deserialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import { type Bytes, equalBytes } from '../kernel/bytes.ts'
import { digestOf, type Json } from '../kernel/canonical.ts'
import type { Machine, MachineState } from './machine.ts'

/** Maps, sets and bigints in a form that canonical JSON has. Insertion order counts: it is part of what replay must give again. */
export function plain(value: unknown): Json {
  if (typeof value === 'bigint') return { '@bigint': value.toString() }
  if (value instanceof Map) return { '@map': [...value].map(([key, item]) => [plain(key), plain(item)]) }
  if (value instanceof Set) return { '@set': [...value].map(plain) }
  if (Array.isArray(value)) return value.map(plain)
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value
    return { [`@${value.constructor.name}`]: Buffer.from(buffer, byteOffset, byteLength).toString('hex') }
  }
  if (typeof value === 'object' && value !== null) {
    // A member that is undefined is one that is not there: a decision may leave it so, and a stored entry has none.
    const members = Object.entries(value).filter(([, item]) => item !== undefined)
    return Object.fromEntries(members.map(([key, item]) => [key, plain(item)]))
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value
  if (value === undefined) return { '@undefined': true }
  throw new TypeError(`a state may not hold a ${typeof value}`)
}

/** Room name -> digest of its state. */
export const stateDigests = (machine: Machine): { readonly [room: string]: string } =>
  Object.fromEntries(machine.rooms.map((room) => [room.name, digestOf(plain(room.save()))]))

interface Saved {
  readonly format: number
  readonly position: MachineState
  /** Of the journal at `position.size`: a snapshot of another journal is no snapshot of this one. */
  readonly root: Bytes
  readonly rooms: readonly { readonly name: string; readonly version: number; readonly state: unknown }[]
}

const FORMAT = 2
const CHECKSUM_BYTES = 8

/** Finds a torn file. Who could forge a snapshot could forge any digest beside it, and one of SHA-2 would be half of a start's time. */
const checksum = (body: Bytes): Bytes => {
  const out = Buffer.alloc(CHECKSUM_BYTES)
  out.writeUInt32LE(crc32(body))
  return out
}

/** A checksum of what follows, then the structured clone of the state (V8's format: a cache for this version of Node.js, not an archive). */
export function takeSnapshot(machine: Machine, root: Bytes): Bytes {
  const saved: Saved = {
    format: FORMAT,
    position: machine.position,
    root,
    rooms: machine.rooms.map((room) => ({ name: room.name, version: room.stateVersion, state: room.save() })),
  }
  // The checksum's place is left free in front: putting it there afterwards would copy all that follows.
  const serializer = new DefaultSerializer()
  serializer.writeRawBytes(Buffer.alloc(CHECKSUM_BYTES))
  serializer.writeHeader()
  serializer.writeValue(saved)
  const bytes = serializer.releaseBuffer()
  bytes.set(checksum(bytes.subarray(CHECKSUM_BYTES)))
  return bytes
}

/**
 * Takes up a snapshot. `false`, and nothing changed, where it is torn, of another format or shape, or not of this journal: the caller
 * then folds from the beginning. `rootAt` gives the journal's root at a size, or `undefined` where it is shorter.
 */
export function loadSnapshot(machine: Machine, bytes: Bytes, rootAt: (size: number) => Bytes | undefined): boolean {
  const body = bytes.subarray(CHECKSUM_BYTES)
  if (!equalBytes(bytes.subarray(0, CHECKSUM_BYTES), checksum(body))) return false
  const saved = readSaved(body)
  if (saved === undefined || saved.format !== FORMAT || saved.rooms.length !== machine.rooms.length) return false
  const root = rootAt(saved.position.size)
  if (root === undefined || !equalBytes(root, saved.root)) return false
  const fits = machine.rooms.every((room, place) => {
    const stored = saved.rooms[place]
    return stored?.name === room.name && stored.version === room.stateVersion
  })
  if (!fits) return false
  machine.rooms.forEach((room, place) => {
    room.load(saved.rooms[place]?.state)
  })
  machine.resume(saved.position)
  return true
}

function readSaved(body: Bytes): Saved | undefined {
  try {
    return deserialize(body) as Saved
  } catch {
    return undefined
  }
}
