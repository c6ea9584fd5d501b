import { useState } from 'react'
import type { State, Verification } from '../../api/types.ts'
import { grouped } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { ActButton } from '../../kit/Button.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { Time } from '../../kit/Time.tsx'

export function JournalHead({ journal }: { readonly journal: State['journal'] }) {
  const { t } = useSpeech()
  const act = useAct()
  const [result, setResult] = useState<Verification>()
  const verify = async (): Promise<void> => {
    setResult(await act<Verification>('POST', '/v1/journal/verify', {}, t('ev.verify.said')))
  }
  return (
    <Section title={t('ev.head')}>
      <div className="head-columns">
        <Facts>
          <Fact name={t('ev.size')}>{grouped(String(journal.size))}</Fact>
          <Fact name={t('ev.root')}>
            <span className="hash break">{journal.root}</span>
            <CopyButton text={journal.root} what={t('ev.rootHash')} />
          </Fact>
          <Fact name={t('ev.checkpoint')}>
            {journal.checkpoint_at === null ? t('word.none') : <Time at={journal.checkpoint_at} />}
          </Fact>
          <Fact name={t('ev.verified')}>
            {journal.verified_at === null ? (
              t('ev.verified.never')
            ) : (
              <>
                <Time at={journal.verified_at} />
                {journal.verified_size === null ? null : (
                  <span className="quiet-text">
                    {' '}
                    {t('ev.verified.size', { size: grouped(String(journal.verified_size)) })}
                  </span>
                )}
              </>
            )}
          </Fact>
        </Facts>
        <div className="verify">
          <ActButton tone="primary" onAct={verify}>
            {t('ev.verify')}
          </ActButton>
          <p className="quiet-text">{t('ev.verify.more')}</p>
          {result === undefined ? null : <VerifyResult result={result} />}
        </div>
      </div>
      <p className="quiet-text">
        {t('ev.public', { checkpoint: '/journal/checkpoint', vkey: '/journal/vkey' })}{' '}
        <a href="/journal/checkpoint">checkpoint</a> · <a href="/journal/vkey">vkey</a>
      </p>
    </Section>
  )
}

type Fault = Verification['faults'][number]

function VerifyResult({ result }: { readonly result: Verification }) {
  const { t } = useSpeech()
  if (result.ok)
    return (
      <p role="status">
        <Chip tone="safe">{t('ev.verify.ok', { size: grouped(String(result.size)), ms: result.ms })}</Chip>
      </p>
    )
  const columns: readonly Column<Fault>[] = [
    { id: 'where', title: t('ev.fault.where'), cell: (row) => row.where },
    { id: 'index', title: t('ev.fault.index'), figures: true, cell: (row) => row.index ?? t('word.none') },
    { id: 'what', title: t('ev.fault.what'), cell: (row) => row.what },
  ]
  return (
    <div role="alert">
      <p>
        <Chip tone="stolen">{t('ev.verify.bad', { count: result.faults.length + result.more })}</Chip>
      </p>
      <p>{t('ev.verify.bad.more')}</p>
      <Table
        caption={t('ev.verify.bad', { count: result.faults.length })}
        columns={columns}
        rows={result.faults}
        rowKey={(row) => `${row.where} ${row.index} ${row.what}`}
      />
      {result.more > 0 ? <p className="quiet-text">{t('ev.fault.more', { count: result.more })}</p> : null}
    </div>
  )
}
