/** One withdrawal: what was asked, what the gate said and why, the permit, and the decision where one is due. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { WithdrawalDetail } from '../../api/types.ts'
import { baseUnits, exactAmount, grouped } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Address, AddressText } from '../../kit/Address.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { Left, Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { DecideWithdrawal } from './DecideWithdrawal.tsx'

export function WithdrawalPanel() {
  const { withdrawal } = useParams({ from: '/withdrawals/$withdrawal' })
  const search = useSearch({ from: '/withdrawals' })
  const query = useQuery(queries.withdrawal(withdrawal))
  return (
    <Panel title={withdrawal} back={paths.withdrawals(search)}>
      <Loaded query={query} lines={10}>
        {(data) => (
          <>
            <Asked withdrawal={data} />
            <Reasons withdrawal={data} />
            <PermitOf withdrawal={data} />
            <DecideWithdrawal withdrawal={data} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

type Props = { readonly withdrawal: WithdrawalDetail }

function Asked({ withdrawal: w }: Props) {
  const { t } = useSpeech()
  const units = baseUnits(w.amount)
  return (
    <Facts>
      <Fact name={t('wd.status')}>
        <StateChip kind="withdrawal" state={w.status} />
      </Fact>
      <Fact name={t('wd.amount')}>
        <strong className="figure-large">
          {exactAmount(units, w.decimals)} {w.symbol}
        </strong>
        <span className="quiet-text"> {t('wd.exact.more', { units: grouped(w.amount) })}</span>
      </Fact>
      <Fact name={t('wd.to')}>
        <Address account={w.to} />
      </Fact>
      <Fact name={t('wd.wallet')}>
        <Link {...paths.wallet(w.wallet)}>{w.wallet}</Link>
      </Fact>
      <Fact name={t('wd.purpose')}>{t(`purpose.${w.purpose}`)}</Fact>
      {w.customer === null ? null : <Fact name={t('wd.customer')}>{w.customer}</Fact>}
      <Fact name={t('wd.requested')}>
        <Time at={w.requested_at} />
      </Fact>
      {w.status === 'held' && w.until !== null ? (
        <Fact name={t('wd.until')}>
          <Left due={w.until} /> · <Time at={w.until} quiet />
          <span className="quiet-text"> {t('wd.until.more')}</span>
        </Fact>
      ) : null}
      {w.tx === null ? null : (
        <Fact name={t('wd.tx')}>
          <AddressText address={w.tx} />
          <CopyButton text={w.tx} what={t('word.tx')} />
        </Fact>
      )}
    </Facts>
  )
}

function Reasons({ withdrawal: w }: Props) {
  const { t } = useSpeech()
  return (
    <Section title={t('wd.reasons')}>
      {w.reasons.length === 0 ? (
        <p className="quiet-text">{t('wd.reasons.none')}</p>
      ) : (
        <ul className="plain">
          {w.reasons.map((reason) => (
            <li key={`${reason.code} ${reason.detail}`}>
              <Link {...paths.explain(reason.code)} className="code">
                {reason.code}
              </Link>{' '}
              {reason.detail}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function PermitOf({ withdrawal }: Props) {
  const { t } = useSpeech()
  const permit = withdrawal.permit
  return (
    <Section title={t('wd.permit')}>
      {permit === null ? (
        <p className="quiet-text">{t('wd.permit.none')}</p>
      ) : (
        <Facts>
          <Fact name={t('wd.permit')}>
            {permit.permit} <CopyButton text={permit.permit} what={t('word.id')} />{' '}
            <StateChip kind="permit" state={permit.status} />
          </Fact>
          <Fact name={t('wd.permit.issued')}>
            <Time at={permit.issued_at} />
          </Fact>
          <Fact name={t('wd.expires')}>
            <Time at={permit.expires_at} />
          </Fact>
          <Fact name={t('wd.permit.epoch')}>{permit.halt_epoch}</Fact>
          {permit.jws === null ? null : (
            <Fact name="JWS">
              <AddressText address={permit.jws} />
              <CopyButton text={permit.jws} what={t('wd.permit.jws')} />
            </Fact>
          )}
        </Facts>
      )}
    </Section>
  )
}
