import { useState } from 'react'
import type { JournalEntry } from '../../api/types.ts'
import { grouped } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { ActButton } from '../../kit/Button.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { type Checked, checkEntry } from './checkEntry.ts'
import { hex } from './proof.ts'

export function ProveEntry({ entry }: { readonly entry: JournalEntry }) {
  const { t } = useSpeech()
  const [checked, setChecked] = useState<Checked>()
  return (
    <Section title={t('ev.proof')}>
      <p className="quiet-text">{t('ev.proof.more')}</p>
      <ActButton onAct={async () => setChecked(await checkEntry(entry))}>{t('ev.proof.check')}</ActButton>
      {checked === undefined ? null : <Outcome checked={checked} index={entry.index} />}
    </Section>
  )
}

function Outcome({ checked, index }: { readonly checked: Checked; readonly index: number }) {
  const { t } = useSpeech()
  if (!checked.proven)
    return (
      <div role="alert">
        <p>
          <Chip tone="stolen">{t('ev.proof.bad')}</Chip>
        </p>
        <p>
          {checked.why === 'early' ? t('ev.proof.early') : null}
          {checked.why === 'differs' ? t('ev.proof.differs') : null}
          {checked.why === 'broken' ? checked.detail : null}
        </p>
      </div>
    )
  return (
    <div role="status">
      <p>
        <Chip tone="safe">{t('ev.proof.ok', { index, size: grouped(String(checked.size)) })}</Chip>
      </p>
      <p className="quiet-text">{t(checked.signed ? 'ev.proof.signed' : 'ev.proof.unsigned')}</p>
      <Facts>
        <Fact name={t('ev.proof.leaf')}>
          <span className="hash break">{hex(checked.proof.leaf)}</span>
        </Fact>
        <Fact name={t('ev.proof.path')}>
          <ol className="plain">
            {checked.proof.path.map((hash) => (
              <li key={hex(hash)} className="hash break">
                {hex(hash)}
              </li>
            ))}
          </ol>
        </Fact>
        <Fact name={t('ev.root')}>
          <span className="hash break">{hex(checked.proof.root)}</span>
        </Fact>
      </Facts>
    </div>
  )
}
