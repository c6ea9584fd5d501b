import type { ReactNode } from 'react'
import type { KeyRow } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { AddressText } from '../../kit/Address.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Time } from '../../kit/Time.tsx'

interface KeyListProps {
  readonly keys: readonly KeyRow[]
  /** What can be done with a key that is in use. */
  readonly acts?: (key: KeyRow) => ReactNode
}

/** A person's keys: those in use first, then what was. */
export function KeyList({ keys, acts }: KeyListProps) {
  const { t } = useSpeech()
  const ordered = [...keys].sort((a, b) => Number(a.until !== null) - Number(b.until !== null))
  return (
    <ul className="rows">
      {ordered.map((key) => (
        <li key={key.key} className="row">
          <div>
            <p className="row-title">
              {key.label} {key.lost ? <Chip tone="late">{t('key.lost')}</Chip> : null}
              {key.until !== null && !key.lost ? <Chip tone="plain">{t('key.removed')}</Chip> : null}
            </p>
            <p className="quiet-text">
              {key.algorithm} · {t(key.backup_eligible ? 'key.synced' : 'key.bound')} · {t('key.since')}{' '}
              <Time at={key.registered_at} quiet />
            </p>
            <p className="quiet-text">
              <AddressText address={key.key} />
              <CopyButton text={key.key} what={t('word.id')} />
            </p>
          </div>
          {key.until === null ? acts?.(key) : null}
        </li>
      ))}
    </ul>
  )
}
