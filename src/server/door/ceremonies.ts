/**
 * WebAuthn ceremonies under way: each has a challenge of its own, is answered once, within five minutes, and is forgotten by a restart. They
 * are bounded in number, and per address; the eldest makes room, so that whoever floods them locks nobody out for five minutes.
 */
import { randomBytes } from 'node:crypto'
import { type Bytes, toBase64Url } from '../../kernel/bytes.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { type Instant, MINUTE_MS } from '../../kernel/time.ts'
import { signInChallenge } from '../../rooms/access/engine/approval/index.ts'
import { countedAs } from './address.ts'
import { refuse } from './refusals.ts'

/** WebAuthn Level 3 section 15.1 recommends five minutes for ceremonies with user verification. */
export const CEREMONY_MS = 5 * MINUTE_MS
/** A few hundred people and their mistakes; 500 bytes each. */
export const CEREMONIES_MAX = 10_000
/** A whole office may stand behind one address. */
export const CEREMONIES_PER_ADDRESS_MAX = 100
const ID_BYTES = 16
const NONCE_BYTES = 32

/** An answer to options of one kind is no answer to those of another. */
export type CeremonyKind = 'enrol' | 'confirm' | 'sign-in' | 'add-key' | 'confirm-key'

export interface Ceremony<About> {
  readonly ceremony: string
  /** base64url; always the challenge of a sign-in, never that of an approval. */
  readonly challenge: string
  readonly about: About
}

interface Kept<About> extends Ceremony<About> {
  readonly kind: CeremonyKind
  readonly counted: string
  readonly until: Instant
}

export interface CeremoniesOptions {
  readonly now: () => Instant
  readonly random?: (bytes: number) => Bytes
  readonly max?: number
  readonly perAddressMax?: number
}

export class Ceremonies<About> {
  /** In the order of their beginning. */
  readonly #kept = new Map<string, Kept<About>>()
  readonly #counts = new Map<string, number>()
  readonly #options: Required<CeremoniesOptions>

  constructor(options: CeremoniesOptions) {
    this.#options = {
      random: randomBytes,
      max: CEREMONIES_MAX,
      perAddressMax: CEREMONIES_PER_ADDRESS_MAX,
      ...options,
    }
  }

  get size(): number {
    return this.#kept.size
  }

  #drop({ ceremony, counted }: Kept<About>): void {
    this.#kept.delete(ceremony)
    const left = (this.#counts.get(counted) ?? 0) - 1
    if (left > 0) this.#counts.set(counted, left)
    else this.#counts.delete(counted)
  }

  #makeRoom(counted: string, now: Instant): void {
    for (const kept of this.#kept.values()) {
      if (kept.until > now && this.#kept.size < this.#options.max) break
      this.#drop(kept)
    }
    if ((this.#counts.get(counted) ?? 0) < this.#options.perAddressMax) return
    for (const kept of this.#kept.values()) {
      if (kept.counted !== counted) continue
      this.#drop(kept)
      break
    }
  }

  begin(kind: CeremonyKind, address: string, about: About): Ceremony<About> {
    const { now, random } = this.#options
    const at = now()
    const counted = `${kind} ${countedAs(address)}`
    this.#makeRoom(counted, at)
    const ceremony = toBase64Url(random(ID_BYTES))
    const challenge = signInChallenge(random(NONCE_BYTES))
    this.#kept.set(ceremony, { ceremony, challenge, about, kind, counted, until: at + CEREMONY_MS })
    this.#counts.set(counted, (this.#counts.get(counted) ?? 0) + 1)
    return { ceremony, challenge, about }
  }

  /** Ends it, whatever comes of the answer. Unknown, over, answered before and of another kind get one and the same refusal. */
  take(kind: CeremonyKind, ceremony: string): Ceremony<About> | Refusal {
    const kept = this.#kept.get(ceremony)
    if (kept !== undefined) this.#drop(kept)
    if (kept === undefined || kept.kind !== kind || kept.until <= this.#options.now()) {
      return refuse('DOOR-015', 'no such ceremony is under way', { field: 'ceremony' })
    }
    const { challenge, about } = kept
    return { ceremony, challenge, about }
  }
}
