/** Release or reject a held withdrawal. Both ask once, and both say exactly what moves, from where, to whom. */
import type { WithdrawalDetail } from '../../api/types.ts'
import { baseUnits, exactAmount } from '../../format/amount.ts'
import { addressOf } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Section } from '../../kit/Page.tsx'

export function DecideWithdrawal({ withdrawal: w }: { readonly withdrawal: WithdrawalDetail }) {
  const { t } = useSpeech()
  const act = useAct()
  const id = w.withdrawal
  const amount = `${exactAmount(baseUnits(w.amount), w.decimals)} ${w.symbol}`
  if (w.status !== 'held')
    return (
      <Section title={t('wd.decide')}>
        <p className="quiet-text">{t('wd.decide.none')}</p>
      </Section>
    )
  return (
    <Section title={t('wd.decide')}>
      <div className="acts">
        <Danger
          act="withdrawal.release"
          trigger={t('wd.release')}
          title={t('wd.release.title', { id })}
          effect={<p>{t('wd.release.effect', { amount, wallet: w.wallet, to: addressOf(w.to) })}</p>}
          ask={t('wd.release.reason')}
          confirm={t('wd.release.confirm', { amount })}
          onConfirm={(reason) => act('POST', `/v1/withdrawals/${id}/release`, { reason }, t('wd.release.said', { id }))}
        />
        <Danger
          act="withdrawal.reject"
          trigger={t('wd.reject')}
          title={t('wd.reject.title', { id })}
          effect={<p>{t('wd.reject.effect', { amount })}</p>}
          ask={t('wd.reject.reason')}
          confirm={t('wd.reject.confirm')}
          onConfirm={(reason) => act('POST', `/v1/withdrawals/${id}/reject`, { reason }, t('wd.reject.said', { id }))}
        />
      </div>
    </Section>
  )
}
