/** The limits that an operator meets, each with its reason. The constants themselves stand where they bind. */
import { ENTRY_BYTES_MAX, QUEUE_MAX } from '../machine/index.ts'
import { CLOCK_BACK_MS_MAX, CONSEQUENCES_MAX } from '../machine/machine.ts'
import { ATTEMPTS_MAX } from '../machine/outbox.ts'
import { BATCH_COMMANDS_MAX } from '../machine/writer.ts'
import { DENY_LIST_PART_MAX, WALLET_ASSETS_MAX } from '../rooms/gate/messages.ts'
import { PACK_OBLIGATIONS_MAX } from '../rooms/incident/index.ts'
import { BLOCK_MOVEMENTS_MAX } from '../rooms/watch/messages.ts'
import { WRONG_TOKENS_MAX } from '../server/auth.ts'
import { BODY_BYTES_MAX, REQUEST_MS_MAX } from '../server/faults.ts'
import { JSON_DEPTH_MAX } from '../server/json.ts'
import { STALL_MS_MAX, STREAM_BUFFER_MAX, STREAMS_MAX } from '../server/stream.ts'
import { DELIVERIES_AT_ONCE_MAX } from '../world/carrier.ts'
import { SNAPSHOT_AFTER_ENTRIES } from '../world/snapshot.ts'
import { TRACE_MS_MAX } from '../world/tracing/run.ts'

export interface Limit {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly why: string
}

const limit = (name: string, value: number, unit: string, why: string): Limit => ({ name, value, unit, why })

export const limits: readonly Limit[] = [
  limit('journal.entry_bytes_max', ENTRY_BYTES_MAX, 'bytes', 'the length field of an entry bundle has 16 bits'),
  limit('machine.queue_max', QUEUE_MAX, 'commands', 'about half a second of work; callers beyond it come back later'),
  limit(
    'machine.batch_commands_max',
    BATCH_COMMANDS_MAX,
    'commands',
    'share one commit; more would make the first wait for the last',
  ),
  limit('machine.consequences_max', CONSEQUENCES_MAX, 'commands', 'a loop in the playbook must end'),
  limit('machine.clock_back_ms_max', CLOCK_BACK_MS_MAX, 'ms', 'permits would outlive their minute'),
  limit('outbox.attempts_max', ATTEMPTS_MAX, 'attempts', 'about a day and a half of quarter hours'),
  limit(
    'outbox.deliveries_at_once_max',
    DELIVERIES_AT_ONCE_MAX,
    'deliveries',
    'every authority of one incident, not more than a small mail server takes',
  ),
  limit('gate.deny_list_part_max', DENY_LIST_PART_MAX, 'addresses', 'a part of a list fits one journal entry'),
  limit('gate.wallet_assets_max', WALLET_ASSETS_MAX, 'assets', 'a wallet is evacuated within one bounded turn'),
  limit('watch.block_movements_max', BLOCK_MOVEMENTS_MAX, 'movements', 'a fuller block comes in parts'),
  limit('incident.pack_obligations_max', PACK_OBLIGATIONS_MAX, 'obligations', 'a pack fits one journal entry'),
  limit(
    'deployment.snapshot_after_entries',
    SNAPSHOT_AFTER_ENTRIES,
    'entries',
    'folding more takes longer than half a second at a start',
  ),
  limit('trace.ms_max', TRACE_MS_MAX, 'ms', 'a trace that runs longer has lost its way'),
  limit('server.body_bytes_max', BODY_BYTES_MAX, 'bytes', 'four journal entries, for text that is escaped'),
  limit('server.json_depth_max', JSON_DEPTH_MAX, 'levels', 'no command nests deeper than five'),
  limit('server.request_ms_max', REQUEST_MS_MAX, 'ms', 'a slower request holds a connection to exhaust them'),
  limit('server.wrong_tokens_max', WRONG_TOKENS_MAX, 'a minute', 'from one address; a right token always passes'),
  limit('server.streams_max', STREAMS_MAX, 'streams', 'each holds a connection and up to a buffer'),
  limit('server.stream_buffer_max', STREAM_BUFFER_MAX, 'bytes', 'a slow reader waits for itself'),
  limit('server.stall_ms_max', STALL_MS_MAX, 'ms', 'a reader that takes nothing is dropped and may resume'),
]
