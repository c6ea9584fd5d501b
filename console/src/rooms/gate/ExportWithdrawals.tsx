/** The filtered withdrawals as CSV: base units and ISO times, so that nothing is lost on the way into a report. */
import { ask, withQuery } from '../../api/client.ts'
import type { Page, Withdrawal } from '../../api/types.ts'
import { baseUnits, formatDecimal } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { announce } from '../../kit/announce.ts'
import { ActButton } from '../../kit/Button.tsx'
import { csv, download } from '../../kit/download.ts'
import type { WithdrawalSearch } from '../../paths.ts'

/** More rows than a spreadsheet is read with; whoever needs all of them takes the journal. */
export const EXPORT_ROWS_MAX = 10_000
const READ_ROWS = 200

const HEAD = [
  'withdrawal',
  'status',
  'wallet',
  'asset',
  'symbol',
  'amount_base_units',
  'amount',
  'to',
  'purpose',
  'customer',
  'reasons',
  'permit',
  'tx',
  'requested_at_utc',
]

const row = (w: Withdrawal): (string | null)[] => [
  w.withdrawal,
  w.status,
  w.wallet,
  w.asset,
  w.symbol,
  w.amount,
  formatDecimal(baseUnits(w.amount), w.decimals),
  w.to,
  w.purpose,
  w.customer,
  w.reasons.map(({ code, detail }) => `${code} ${detail}`).join('; '),
  w.permit,
  w.tx,
  new Date(w.requested_at).toISOString(),
]

async function readAll(search: WithdrawalSearch): Promise<Withdrawal[]> {
  const rows: Withdrawal[] = []
  let before: string | undefined
  do {
    const filter = { status: search.status, wallet: search.wallet, limit: READ_ROWS, before }
    const page = await ask<Page<Withdrawal>>('GET', withQuery('/v1/withdrawals', filter))
    rows.push(...page.items)
    before = page.next ?? undefined
  } while (before !== undefined && rows.length < EXPORT_ROWS_MAX)
  return rows.slice(0, EXPORT_ROWS_MAX)
}

export function ExportWithdrawals({ search }: { readonly search: WithdrawalSearch }) {
  const { t } = useSpeech()
  const run = async (): Promise<void> => {
    const rows = await readAll(search)
    download('withdrawals.csv', 'text/csv;charset=utf-8', csv(HEAD, rows.map(row)))
    const said = t('said.exported', { count: rows.length })
    announce(rows.length < EXPORT_ROWS_MAX ? said : `${said}. ${t('wd.export.max', { count: EXPORT_ROWS_MAX })}`)
  }
  return <ActButton onAct={run}>{t('act.export')}</ActButton>
}
