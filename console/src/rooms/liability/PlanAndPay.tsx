/** Plan the claims, pay what is planned. Paying asks the gate, which may still hold or deny each withdrawal. */
import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import type { Repayments, Wallet } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { useUnit } from '../../kit/assets.ts'
import { ActButton } from '../../kit/Button.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { payingWallets } from './payingWallets.ts'

/** Repayments asked of the gate in one act; the server's own limit of one turn. */
const PAY_AT_ONCE_MAX = 50

interface PlanAndPayProps {
  readonly incident: string
  readonly data: Repayments
}

export function PlanAndPay({ incident, data }: PlanAndPayProps) {
  const { t } = useSpeech()
  const act = useAct()
  const { claims, planned, requested, settled, refused } = data.summary
  const unplanned = claims - planned - requested - settled - refused
  return (
    <div className="acts no-print">
      {unplanned <= 0 ? (
        <ActButton why={t('rp.plan.why')} onAct={async () => undefined}>
          {t('rp.plan')}
        </ActButton>
      ) : (
        <Danger
          tone="plain"
          act="repayment.plan"
          trigger={t('rp.plan')}
          title={t('rp.plan.title', { id: incident })}
          effect={<p>{t('rp.plan.effect')}</p>}
          confirm={t('rp.plan.confirm')}
          onConfirm={() => act('POST', '/v1/repayments/plan', { incident }, t('rp.plan.said'))}
        />
      )}
      <Pay incident={incident} data={data} />
    </div>
  )
}

function Pay({ incident, data }: PlanAndPayProps) {
  const { t } = useSpeech()
  const act = useAct()
  const unitOf = useUnit()
  const wallets: readonly Wallet[] = useQuery(queries.wallets()).data ?? []
  const planned = data.items.filter(({ status }) => status === 'planned')
  const { chosen, missing } = payingWallets(planned, wallets)
  const why =
    planned.length === 0
      ? t('rp.pay.why.none')
      : missing === undefined
        ? undefined
        : t('rp.pay.why.wallet', { symbol: unitOf(missing).symbol })
  if (why !== undefined)
    return (
      <ActButton why={why} onAct={async () => undefined}>
        {t('rp.pay')}
      </ActButton>
    )
  const count = Math.min(planned.length, PAY_AT_ONCE_MAX)
  return (
    <Danger
      act="repayment.pay"
      trigger={t('rp.pay')}
      title={t('rp.pay.title', { count })}
      effect={
        <>
          <p>{t('rp.pay.effect', { count })}</p>
          <ul className="plain">
            {chosen.map(({ item, wallet }) => (
              <li key={item.asset}>
                {t('rp.pay.wallet', { symbol: unitOf(item).symbol })}: <strong>{wallet}</strong>
              </li>
            ))}
          </ul>
        </>
      }
      ask={t('form.why')}
      confirm={t('rp.pay.confirm')}
      onConfirm={(reason) =>
        act(
          'POST',
          '/v1/repayments/pay',
          {
            incident,
            wallets: chosen.map(({ item, wallet }) => ({ asset: item.asset, wallet })),
            count_max: count,
            reason,
          },
          t('rp.pay.said'),
        )
      }
    />
  )
}
