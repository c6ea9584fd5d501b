/** What would happen, what is unusual about it, who asks for it. Amounts and addresses in the forms of every other page. */
import { useQuery } from '@tanstack/react-query'
import type { EffectLine, ProposalDetail } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { baseUnits, exactAmount } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Address } from '../../kit/Address.tsx'
import { Won } from '../../kit/Amount.tsx'
import { Shape } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'

type Props = { readonly shown: ProposalDetail }

/** A CAIP-10 account id, such as `eip155:1:0xab…`. */
const ACCOUNT = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%a-zA-Z0-9]{20,128}$/

export function ProposalEffect({ shown }: Props) {
  const { t, pick } = useSpeech()
  return (
    <Section title={t('pr.effect')}>
      <Moves shown={shown} />
      <Facts>
        {shown.effect.map((line) => (
          <Fact key={`${line.label.en} ${line.value}`} name={pick(line.label)}>
            <Value line={line} />
          </Fact>
        ))}
        <Fact name={t('pr.reason')}>
          <q className="reason">{shown.signed.reason}</q>
        </Fact>
      </Facts>
      {shown.effect.length === 0 ? <p className="quiet-text">{t('pr.effect.none')}</p> : null}
    </Section>
  )
}

function Value({ line: { value, kind } }: { readonly line: EffectLine }) {
  if (kind === 'krw' && /^\d+$/.test(value)) return <Won krw={value} />
  if (kind === 'instant' && /^\d+$/.test(value)) return <Time at={Number(value)} />
  if (kind === 'account' || ACCOUNT.test(value)) return <Address account={value} />
  return (
    <span className="break-words">
      {value} {value.length > 24 ? <CopyButton text={value} what={value} /> : null}
    </span>
  )
}

/** The coins that a release would move, to the last digit: read from the withdrawal itself. */
function Moves({ shown: { signed } }: Props) {
  const { t } = useSpeech()
  const id = signed.act === 'withdrawal.release' ? String(signed.parameters.withdrawal) : undefined
  const { data } = useQuery({ ...queries.withdrawal(id ?? ''), enabled: id !== undefined })
  if (data === undefined) return null
  return (
    <div className="moves">
      <strong className="figure-huge">
        {exactAmount(baseUnits(data.amount), data.decimals)} {data.symbol}
      </strong>
      <span>{t('pr.moves.to')}</span>
      <Address account={data.to} />
    </div>
  )
}

export function ProposalUnusual({ shown }: Props) {
  const { t, pick } = useSpeech()
  return (
    <Section title={t('pr.unusual')}>
      {shown.unusual.length === 0 ? (
        <p className="quiet-text">{t('pr.unusual.none')}</p>
      ) : (
        <ul className="marked">
          {shown.unusual.map((words) => (
            <li key={words.en} className="with-shape">
              <Shape tone="late" />
              <span>{pick(words)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function ProposalOrigin({ shown }: Props) {
  const { t } = useSpeech()
  const { signed, origin } = shown
  return (
    <Section title={t('pr.origin')}>
      <Facts>
        <Fact name={t('pr.by')}>
          <strong>{signed.proposed_by}</strong>
        </Fact>
        <Fact name={t('pr.at')}>
          <Time at={signed.proposed_at} />
        </Fact>
        <Fact name={t('pr.from')}>
          {origin.from ?? t('word.unknown')}
          {origin.session === null ? null : <span className="quiet-text block">{origin.session}</span>}
        </Fact>
      </Facts>
    </Section>
  )
}
