/** What each event changes. */
import type { Instant } from '../../../kernel/time.ts'
import type { DataOf, Evolve, Happened } from '../../../machine/room.ts'
import { alarmDay, type Words } from '../engine/index.ts'
import type { events, Memory } from './messages.ts'
import {
  type AlertsState,
  ATTEMPTS_KEPT_MAX,
  DAYS_KEPT_MAX,
  DETECTIONS_KEPT_MAX,
  SUSPENDED_KEPT_MAX,
  suspendedKey,
  UPLOADS_KEPT_MAX,
  uploadKey,
} from './state.ts'

type Told<K extends keyof typeof events> = DataOf<typeof events, K>

/** Sets, and forgets the oldest beyond the bound. */
function keep<K, V>(map: Map<K, V>, key: K, value: V, max: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= max) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}

function countAlarm({ days }: AlertsState, at: Instant): void {
  const day = alarmDay(at)
  days.set(day, (days.get(day) ?? 0) + 1)
  // A late log may tell of any day: the earliest goes, whenever it was counted.
  if (days.size > DAYS_KEPT_MAX) days.delete(Math.min(...days.keys()))
}

function noteReport(state: AlertsState, told: Told<'admin.reported'>): void {
  const { source, digest, part, parts, read_before: before, read, memory } = told
  const key = uploadKey(source, digest)
  const upload = state.uploads.get(key) ?? { parts, read, told: new Set<number>() }
  upload.told.add(part)
  keep(state.uploads, key, upload, UPLOADS_KEPT_MAX)
  state.last.set(source, { digest, before, read, stateBefore: told.state_before, state: told.state, memory })
}

function noteDetection(state: AlertsState, data: Told<'admin.detected'>, { at: now, index }: Happened): void {
  const { alert, at, severity, person, account, detector, why, source, lines, response } = data
  const told = { alert, order: index, at, severity, person, account, what: detector, why, source, lines }
  keep(state.detections, alert, { ...told, kind: 'detection' }, DETECTIONS_KEPT_MAX)
  countAlarm(state, at)
  if (response === 'suspend') keep(state.suspended, suspendedKey(source, account), now, SUSPENDED_KEPT_MAX)
}

const FORGOT: Readonly<Record<Memory, Words>> = {
  kept: { en: 'is known', ko: '알려져 있습니다' },
  first: { en: 'begins to be learned', ko: '학습을 시작합니다' },
  lost: { en: 'was lost: its file is gone', ko: '사라졌습니다. 파일이 없습니다' },
  damaged: { en: 'was lost: its file is not what was written', ko: '손상되었습니다. 파일이 기록한 내용과 다릅니다' },
  behind: { en: 'is older than the journal says', ko: '원장보다 오래되었습니다' },
}

const forgotten = (source: string, memory: Memory): Words => ({
  en: `what is usual for the accounts of ${source} ${FORGOT[memory].en}; it is learned anew, and less is seen meanwhile`,
  ko: `${source} 계정의 평소 행동 기록이 ${FORGOT[memory].ko}. 다시 학습하는 동안 덜 보입니다`,
})

function noteForgotten(state: AlertsState, data: Told<'admin.forgot'>, { at, index }: Happened): void {
  const { alert, source, memory } = data
  const nobody = { person: undefined, account: undefined, lines: [] }
  const what = { severity: 'medium', what: 'behaviour_lost', why: forgotten(source, memory), source } as const
  keep(state.detections, alert, { alert, order: index, at, kind: 'detection', ...nobody, ...what }, DETECTIONS_KEPT_MAX)
  countAlarm(state, at)
}

function noteAttempt(state: AlertsState, data: Told<'attempt.seen'>, { at, index }: Happened): void {
  const { alert, severity, person, service, what, detail, count, from } = data
  const times = { en: count === 1 ? 'once' : `${count} times`, ko: `${count}회` }
  const why = { en: `refused ${times.en} with ${what}: ${detail}`, ko: `${what}(으)로 ${times.ko} 거절됨: ${detail}` }
  const told = { alert, order: index, at, severity, person, account: service, what, why, source: from }
  keep(state.attempts, alert, { ...told, kind: 'attempt', lines: [] }, ATTEMPTS_KEPT_MAX)
}

export const evolveAlerts: Evolve<AlertsState, typeof events> = {
  'admin.reported': noteReport,
  'admin.detected': noteDetection,
  'admin.forgot': noteForgotten,
  'attempt.seen': noteAttempt,
  'risk.raised': (state, { person, why, alert }, { at }) => {
    const spans = state.risks.get(person) ?? []
    spans.push({ from: at, why, alert, until: undefined })
    state.risks.set(person, spans)
  },
  'risk.cleared': (state, { person }, { at }) => {
    const last = state.risks.get(person)?.at(-1)
    if (last !== undefined) last.until = at
  },
}
