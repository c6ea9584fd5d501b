/** One trace: how it stands, the flow, the services reached, what could not be accounted for. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { TraceView } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Address } from '../../kit/Address.tsx'
import { Amount } from '../../kit/Amount.tsx'
import { useAssetUnit } from '../../kit/assets.ts'
import { StateChip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { download } from '../../kit/download.ts'
import { ExactAmounts } from '../../kit/exact.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Fact, Facts, Page, Section } from '../../kit/Page.tsx'
import { paths } from '../../paths.ts'
import { FlowPicture } from './FlowPicture.tsx'
import { Services } from './Services.tsx'

export function TracePage() {
  const { t } = useSpeech()
  const { trace: id } = useParams({ from: '/trace/$trace' })
  const query = useQuery(queries.trace(id))
  return (
    <ExactAmounts>
      {(toggle) => (
        <Page title={`${t('tr.title')} ${id}`} lead={t('tr.lead')} acts={toggle}>
          <Loaded query={query} lines={14}>
            {(trace) => (
              <>
                <About trace={trace} />
                <Picture trace={trace} />
                <Section title={t('tr.services')}>
                  <Services services={trace.services} />
                </Section>
                <Unaccounted trace={trace} />
              </>
            )}
          </Loaded>
        </Page>
      )}
    </ExactAmounts>
  )
}

type Props = { readonly trace: TraceView }

function About({ trace }: Props) {
  const { t } = useSpeech()
  return (
    <Facts>
      <Fact name={t('tr.status')}>
        <StateChip kind="trace" state={trace.status} />
        {trace.postponed ? <span className="quiet-text"> {t('tr.postponed')}</span> : null}
      </Fact>
      {trace.why === null ? null : <Fact name={t('tr.why')}>{trace.why}</Fact>}
      <Fact name={t('tr.case')}>
        <Link {...paths.incident(trace.incident)}>{trace.incident}</Link>
      </Fact>
      <Fact name={t('tr.method')}>
        {trace.method} · {t('tr.run')} {trace.run} · {t('tr.edges')} {trace.edges} · {t('tr.addresses')}{' '}
        {trace.addresses}
      </Fact>
      <Fact name={t('tr.sources')}>
        <ul className="plain">
          {trace.sources.map((source) => (
            <li key={source}>
              <Address account={source} />
            </li>
          ))}
        </ul>
      </Fact>
      {trace.digest === null ? null : (
        <Fact name={t('tr.digest')}>
          <span className="hash break">{trace.digest}</span>
          <CopyButton text={trace.digest} what={t('tr.digest')} />
        </Fact>
      )}
      {trace.input_digest === null ? null : (
        <Fact name={t('tr.input')}>
          <span className="hash break">{trace.input_digest}</span>
        </Fact>
      )}
    </Facts>
  )
}

function Picture({ trace }: Props) {
  const { t, language } = useSpeech()
  const digest = trace.digest
  const svg = useQuery({ ...queries.tracePicture(trace.trace, digest ?? '', language), enabled: digest !== null }).data
  return (
    <Section
      title={t('tr.picture')}
      acts={
        svg === undefined ? undefined : (
          <button
            type="button"
            className="button quiet"
            onClick={() => download(`${trace.trace}.svg`, 'image/svg+xml', svg)}
          >
            {t('tr.picture.save')}
          </button>
        )
      }
    >
      <p className="quiet-text">{t('tr.picture.more')}</p>
      {digest === null ? (
        <Empty title={t('case.flow.running', { run: trace.run })} />
      ) : (
        <FlowPicture trace={trace.trace} digest={digest} />
      )}
    </Section>
  )
}

function Unaccounted({ trace }: Props) {
  const { t } = useSpeech()
  const unitOf = useAssetUnit()
  const rest = trace.unaccounted.filter(({ amount }) => amount !== '0')
  return (
    <Section title={t('tr.unaccounted')}>
      {rest.length === 0 ? (
        <p className="quiet-text">{t('tr.unaccounted.none')}</p>
      ) : (
        <ul className="plain">
          {rest.map(({ asset, amount }) => (
            <li key={asset}>
              <Amount amount={amount} {...unitOf(asset)} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
