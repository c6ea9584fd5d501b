/** The feed as the server runs it, without HTTP and without its thread: bytes in, what is usual kept on the disk, reports out. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal } from '../src/kernel/refusal.ts'
import { type AdminEvent, detect, noBehaviour } from '../src/rooms/access/engine/index.ts'
import { AdminFeed, type Upload } from '../src/world/admin/index.ts'
import { readUpload } from '../src/world/admin/lines.ts'
import { bytesOf } from '../src/world/admin/memory.ts'

const UPLOADS = 20
/** What a forwarder gathers in a minute or two of a busy exchange. */
const LINES = 5_000
/** Best of so many: the first also pays for compilation. */
const RUNS = 3
const FAR = Date.UTC(2100, 0, 1)

/** The event as its OCSF record. */
const line = (event: AdminEvent): string => {
  const { ip, network, country, lat, long } = event.src_endpoint
  const number = network?.startsWith('AS') === true ? Number(network.slice(2)) : undefined
  return JSON.stringify({
    ...{ class_uid: event.class_uid, activity_id: event.activity_id, status_id: event.status_id, time: event.time },
    metadata: { version: '1.6.0', product: { vendor_name: 'Bench', name: 'Bench' } },
    actor: { user: { name: event.actor.user }, session: { uid: event.actor.session } },
    user: { name: event.user },
    api: { operation: event.api.operation },
    src_endpoint: { ip, autonomous_system: { number }, location: { country, lat, long } },
    device: { uid: event.device },
  })
}

const perSecond = (count: number, ms: number): string => Math.round(count / (ms / 1_000)).toLocaleString('en')

/** Milliseconds for all uploads, one after the other, from an empty folder. */
function run(uploads: readonly Uint8Array[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'pasu-bench-feed-'))
  const feed = new AdminFeed(folder)
  let last: Upload['last']
  let whole = 0
  for (const bytes of uploads) {
    const from = performance.now()
    const judged = feed.judge({ from: 'ocsf', bytes, now: FAR, last, isTold: false })
    feed.told('ocsf')
    whole += performance.now() - from
    const [report] = isRefusal(judged) ? [] : judged.reports
    if (report === undefined) throw new Error('the feed refused the upload')
    const { digest, read, state, memory, read_before: before, state_before: stateBefore } = report
    last = { digest, read, state, memory, before, stateBefore }
  }
  rmSync(folder, { recursive: true })
  return whole
}

export function benchFeed(events: readonly AdminEvent[]): void {
  const chosen = events.slice(0, UPLOADS * LINES)
  const uploads = Array.from({ length: Math.floor(chosen.length / LINES) }, (_, place) =>
    Buffer.from(
      chosen
        .slice(place * LINES, (place + 1) * LINES)
        .map(line)
        .join('\n'),
    ),
  )
  const runs = Array.from({ length: RUNS }, () => run(uploads))
  parts(uploads, Math.min(...runs))
}

/** What the whole is made of, on the same bytes. */
function parts(uploads: readonly Uint8Array[], whole: number): void {
  const kept = { behaviour: noBehaviour(), read: '', lines: 0, newest: 0 }
  let [reading, judging, keeping, size] = [0, 0, 0, 0]
  for (const bytes of uploads) {
    const start = performance.now()
    const read = readUpload('ocsf', bytes, FAR)
    if (isRefusal(read)) throw new Error(read.detail)
    const judge = performance.now()
    for (const event of read.events) detect(kept.behaviour, event)
    const keep = performance.now()
    size = bytesOf(kept).length
    const end = performance.now()
    reading += judge - start
    judging += keep - judge
    keeping += end - keep
  }
  const count = uploads.length * LINES
  const mib = (bytes: number): string => (bytes / 1_048_576).toFixed(1)
  console.log(
    `feed, ${uploads.length} uploads of ${LINES} OCSF lines (${mib(uploads[0]?.length ?? 0)} MiB): ${perSecond(count, whole)} events/s with what is usual kept durably after each`,
  )
  console.log(
    `  parse and map ${perSecond(count, reading)}/s, detect ${perSecond(count, judging)}/s, serialise ${(keeping / uploads.length).toFixed(0)} ms an upload for ${kept.behaviour.people.size} people (${mib(size)} MiB)`,
  )
}
