/** The console's own code, named by one digest. */
import { sha256, toHex } from '../../kernel/bytes.ts'
import { canonicalBytes } from '../../kernel/canonical.ts'
import type { DataOf } from '../../machine/room.ts'
import type { events } from './messages.ts'

export const listDigest = ({ files }: DataOf<typeof events, 'console.listed'>): string =>
  `sha256:${toHex(sha256(canonicalBytes(files)))}`
