/** The exact text that approvers sign, unfolded; the digest computed here; and the very bytes for whoever wants to compare them. */
import type { ProposalDetail } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Section } from '../../kit/Page.tsx'
import type { CheckedProposal } from './checkProposal.ts'
import { signedText } from './signed.ts'

interface ProposalTextProps {
  readonly shown: ProposalDetail
  readonly checked: CheckedProposal | undefined
}

export function ProposalText({ shown, checked }: ProposalTextProps) {
  const { t, pick } = useSpeech()
  const text = pick(shown.text)
  return (
    <Section title={t('pr.text')} acts={<CopyButton text={text} what={t('pr.text')} />}>
      <p className="quiet-text">{t('pr.text.more')}</p>
      {/* A text of many lines must be reachable where it scrolls, but it never does: it is unfolded. */}
      <pre className="signed-text">{text}</pre>
      <Digest shown={shown} checked={checked} />
      <details className="signed-bytes">
        <summary>{t('pr.bytes')}</summary>
        <p className="quiet-text">{t('pr.bytes.more')}</p>
        <pre className="signed-text">{bytesOf(shown)}</pre>
      </details>
    </Section>
  )
}

function bytesOf(shown: ProposalDetail): string {
  try {
    return signedText(shown.signed)
  } catch (fault) {
    return String(fault)
  }
}

function Digest({ shown, checked }: ProposalTextProps) {
  const { t } = useSpeech()
  if (checked === undefined) return <p className="quiet-text">{t('pr.checking')}</p>
  if (checked.same)
    return (
      <div role="status">
        <p>
          <Chip tone="safe">{t('pr.same')}</Chip>
        </p>
        <p className="hash break">
          {checked.digest} <CopyButton text={checked.digest} what={t('pr.digest')} />
        </p>
      </div>
    )
  return (
    <div role="alert" className="problem">
      <p>
        <Chip tone="stolen">{t('pr.differs')}</Chip>
      </p>
      <p>{t(`pr.differs.${checked.where}`)}</p>
      <p className="hash break">
        {t('pr.digest.server')}: {shown.digest}
      </p>
      <p className="hash break">
        {t('pr.digest.here')}: {checked.computed}
      </p>
      <p className="strong">{t('pr.differs.more')}</p>
    </div>
  )
}
