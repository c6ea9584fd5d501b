/** The step of `pasu verify --approvals`: every approval read again out of the entries, by nothing but them. */
import type { NoteVerifier } from '../journal/index.ts'
import { asJson, type Json } from '../kernel/canonical.ts'
import { Refused } from '../kernel/refusal.ts'
import { decodeEntry } from '../machine/index.ts'
import { ApprovalAudit, type Audit, auditRefusals } from '../rooms/access/index.ts'
import type { Context } from './context.ts'
import { openRecordAt } from './record.ts'
import { progressBar } from './terminal.ts'
import type { Finding } from './verifying.ts'

/** Findings told one by one to a person; `--json` tells all. */
const FINDINGS_SHOWN = 50
/** Often enough to look alive. */
const PROGRESS_EVERY = 10_000

type Language = Context['language']
type Title = Readonly<Record<Language, string>>

const titleOf = (code: string): Title | undefined =>
  Object.entries(auditRefusals).find(([one]) => one === code)?.[1].title

function auditOf(context: Context, where: string, verifier: NoteVerifier): Audit {
  const record = openRecordAt(where, verifier)
  const audit = new ApprovalAudit()
  const bar = progressBar(context.terminal, context.language === 'ko' ? '승인 확인' : 'approvals')
  try {
    let index = 0
    for (const bytes of record.read(0)) {
      try {
        audit.take(decodeEntry(bytes, index))
      } catch (fault) {
        if (!(fault instanceof Refused)) throw fault
        audit.unreadable(fault.refusal.detail)
      }
      index += 1
      if (index % PROGRESS_EVERY === 0) bar(index, record.size)
    }
    return audit.end()
  } finally {
    bar.end()
    record.close()
  }
}

const outcomesIn = ({ outcomes }: Audit): string =>
  Object.entries(outcomes)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ')

const SUMMARY: Readonly<Record<Language, (audit: Audit) => string>> = {
  en: (audit) =>
    `${audit.people} people with ${audit.keys} keys; ${audit.proposals} proposals (${outcomesIn(audit) || 'none'}); ` +
    `${audit.approvals} signatures read again; ${audit.founding_acts} acts of the founder while founding`,
  ko: (audit) =>
    `사람 ${audit.people}명, 키 ${audit.keys}개; 제안 ${audit.proposals}건 (${outcomesIn(audit) || '없음'}); ` +
    `서명 ${audit.approvals}건 재확인; 초기 설정 중 첫 등록자의 행위 ${audit.founding_acts}건`,
}

const BARE: Title = {
  en: 'nobody is registered: so far whoever holds the machine has done everything alone',
  ko: '등록된 사람이 없습니다. 지금까지의 모든 행위는 서버를 가진 사람이 혼자 한 것입니다',
}

export interface ApprovalsFound {
  readonly findings: readonly Finding[]
  readonly approvals: Json
}

/** Findings by entry, in the language asked for, and all of it as data. */
export function checkApprovalsOf(context: Context, where: string, verifier: NoteVerifier): ApprovalsFound {
  const audit = auditOf(context, where, verifier)
  const { language } = context
  const [entry, more] = language === 'ko' ? ['항목', '그 밖의 발견'] : ['entry', 'further findings']
  const findings = audit.findings.slice(0, FINDINGS_SHOWN).map(({ index, turn, code, detail }) => ({
    what: `${entry} ${index}`,
    ok: false,
    detail: `${code} ${titleOf(code)?.[language] ?? ''} (turn ${turn}): ${detail}`,
  }))
  const rest = audit.findings.length + audit.more - findings.length
  const summary = audit.phase === 'bare' ? BARE[language] : SUMMARY[language](audit)
  const head = { what: language === 'ko' ? '승인' : 'approvals', ok: audit.ok, detail: summary }
  const left = rest > 0 ? [{ what: more, ok: false, detail: String(rest) }] : []
  return { findings: [head, ...findings, ...left], approvals: asJson(audit) }
}
