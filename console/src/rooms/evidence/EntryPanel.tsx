/** One fact, ready to be quoted: its value, time and place, a copy as evidence, and the proof made here. */
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { JournalEntry, State } from '../../api/types.ts'
import { bothTimes } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { CopyButton, copyText } from '../../kit/Copy.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { ProveEntry } from './ProveEntry.tsx'
import { bundlePath } from './tiles.ts'

export function EntryPanel() {
  const { t } = useSpeech()
  const { index: text } = useParams({ from: '/evidence/$index' })
  const search = useSearch({ from: '/evidence' })
  const index = Number(text)
  const query = useQuery(queries.events(index, 1))
  const journal = useQuery(queries.state()).data?.journal
  return (
    <Panel title={t('ev.entry', { index: text })} back={paths.evidence(search)}>
      <Loaded query={query} lines={10}>
        {(data) => {
          const entry = data.items.find((item) => item.index === index)
          return entry === undefined ? (
            <Empty title={t('ev.missing', { index: text, size: data.size })} />
          ) : (
            <Entry entry={entry} journal={journal} />
          )
        }}
      </Loaded>
    </Panel>
  )
}

/** The quotation: what a report or a letter to the supervisor carries, so that the reader can find and check the fact. */
export function evidenceText(entry: JournalEntry, size: number, root: string, origin: string): string {
  return [
    `fact: ${entry.type}`,
    `value: ${JSON.stringify(entry.data)}`,
    `time: ${bothTimes(entry.at)} (${entry.at})`,
    `journal index: ${entry.index}`,
    `journal size and root when copied: ${size} ${root}`,
    `entry: ${origin}/evidence/${entry.index}`,
    `proof: ${origin}/journal/${bundlePath(entry.index, size)} under ${origin}/journal/checkpoint (key: ${origin}/journal/vkey)`,
    '',
  ].join('\n')
}

function Entry({ entry, journal }: { readonly entry: JournalEntry; readonly journal: State['journal'] | undefined }) {
  const { t } = useSpeech()
  const value = JSON.stringify(entry.data, null, 2)
  const link = `${location.origin}/evidence/${entry.index}`
  return (
    <>
      <Facts>
        <Fact name={t('ev.type')}>
          <span className="fact-type">{entry.type}</span>
        </Fact>
        <Fact name={t('ev.at')}>
          <Time at={entry.at} />
        </Fact>
        <Fact name={t('ev.kind')}>
          {entry.kind}
          {entry.by === undefined ? null : ` · ${t('ev.by')} ${entry.by}`}
        </Fact>
        <Fact name={t('ev.link')}>
          <span className="break">{link}</span> <CopyButton text={link} what={t('ev.link')} />
        </Fact>
        {journal === undefined ? null : (
          <Fact name={t('ev.tile')}>
            <a href={`/journal/${bundlePath(entry.index, journal.size)}`} download>
              {bundlePath(entry.index, journal.size)}
            </a>
          </Fact>
        )}
      </Facts>
      <div className="acts">
        <button
          type="button"
          className="button primary"
          disabled={journal === undefined}
          onClick={() =>
            journal === undefined
              ? undefined
              : copyText(
                  evidenceText(entry, journal.size, journal.root, location.origin),
                  t('said.copied', { what: t('ev.copy.evidence') }),
                )
          }
        >
          {t('act.copyEvidence')}
        </button>
      </div>
      <Section title={t('ev.value')} acts={<CopyButton text={value} what={t('ev.copy.value')} />}>
        <pre className="value">{value}</pre>
      </Section>
      <ProveEntry entry={entry} />
    </>
  )
}
