/** The bar that never scrolls away: is it safe, who watches, what is due next, what waits for me, is the record sound, what time is it. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { queries } from '../api/queries.ts'
import { type State, WAITING, waitingOf } from '../api/types.ts'
import { grouped } from '../format/amount.ts'
import { countdown, duration, KST_OFFSET_MS, timeOfDay, utc } from '../format/time.ts'
import { useSpeech } from '../i18n/language.tsx'
import { Shape, StateChip } from '../kit/Chip.tsx'
import { useNow } from '../kit/now.ts'
import { useScopeName } from '../kit/scope.ts'
import { paths } from '../paths.ts'
import { useLive } from './live.ts'

/** Characters of the root that a person compares at a glance; the whole of it is on the Evidence page. */
const ROOT_SHOWN = 8

function Cell({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="status-cell">
      <span className="status-name">{name}</span>
      <span className="status-value">{children}</span>
    </div>
  )
}

export function StatusBar() {
  const { t } = useSpeech()
  const state = useQuery(queries.state()).data
  return (
    <section className="status" aria-label={t('app.status')}>
      <PlatformCell state={state} />
      <WatchersCell state={state} />
      <ClockCell state={state} />
      <WaitingCell state={state} />
      <JournalCell state={state} />
      <TimeCell />
    </section>
  )
}

type CellProps = { readonly state: State | undefined }

function PlatformCell({ state }: CellProps) {
  const { t } = useSpeech()
  const scopeName = useScopeName()
  const [first, ...more] = state?.halts ?? []
  return (
    <Link {...paths.now()} className={`status-link state-${state?.status ?? 'unknown'}`}>
      <Cell name={t('status.state')}>
        {state === undefined ? '…' : <StateChip kind="platform" state={state.status} />}
        {first === undefined ? null : (
          <span className="status-more">
            {more.length === 0
              ? scopeName(first.scope)
              : t('status.scopes', { first: scopeName(first.scope), more: more.length })}
            {' · '}
            {utc(first.since).slice(5, 16)} UTC
          </span>
        )}
      </Cell>
    </Link>
  )
}

function WatchersCell({ state }: CellProps) {
  const { t, language } = useSpeech()
  const now = useNow()
  const watchers = state?.watchers ?? []
  const ill = watchers.filter((watcher) => watcher.status !== 'reading')
  const oldest = Math.min(...watchers.flatMap((watcher) => (watcher.block_at === null ? [] : [watcher.block_at])))
  return (
    <Link {...paths.now()} hash="watchers" className="status-link">
      <Cell name={t('status.watchers')}>
        {watchers.length === 0 ? (
          t('status.noWatchers')
        ) : (
          <>
            <span className={`with-shape tone-${ill.length > 0 ? 'stolen' : 'safe'}`}>
              <Shape tone={ill.length > 0 ? 'stolen' : 'safe'} />
              {ill.length > 0
                ? t('status.watchersIll', { ill: ill.length, count: watchers.length })
                : t('status.watchersWell', { count: watchers.length })}
            </span>
            {Number.isFinite(oldest) ? (
              <span className="status-more">
                {t('status.lag', { span: duration(Math.max(0, now - oldest), language) })}
              </span>
            ) : null}
          </>
        )}
      </Cell>
    </Link>
  )
}

function ClockCell({ state }: CellProps) {
  const { t, language } = useSpeech()
  const now = useNow()
  const clock = state?.nearest_clock ?? null
  if (clock === null)
    return (
      <Link {...paths.incidents()} className="status-link">
        <Cell name={t('status.clock')}>{state === undefined ? '…' : t('status.noClock')}</Cell>
      </Link>
    )
  const left = clock.due_at - now
  const span = countdown(left, language)
  return (
    <Link {...paths.incident(clock.incident)} hash="clocks" className="status-link">
      <Cell name={t('status.clock')}>
        <span className={`with-shape tone-${left < 0 ? 'stolen' : 'waiting'}`}>
          <Shape tone={left < 0 ? 'stolen' : 'waiting'} />
          {left < 0 ? t('time.over', { span }) : t('time.left', { span })}
        </span>
        <span className="status-more">
          {clock.authority} · {clock.obligation}
        </span>
      </Cell>
    </Link>
  )
}

function WaitingCell({ state }: CellProps) {
  const { t } = useSpeech()
  const mine = useQuery(queries.proposals({ state: 'mine' })).data
  const proposals = mine?.items.length ?? 0
  const parts = state === undefined ? [] : WAITING.filter((part) => waitingOf(state, part) > 0)
  // Where an approval is all that waits, the cell leads straight to it; else to the list of everything.
  const link = proposals > 0 && parts.length === 0 ? paths.proposals() : { ...paths.now(), hash: 'todo' }
  return (
    <Link {...link} className="status-link">
      <Cell name={t('status.waiting')}>
        {state === undefined ? '…' : null}
        {state !== undefined && parts.length + proposals === 0 ? t('status.nothingWaits') : null}
        {proposals === 0 ? null : (
          <span className="with-shape tone-waiting">
            <Shape tone="waiting" />
            {t('status.waits.proposals', { count: `${proposals}${mine?.next === null ? '' : '+'}` })}
          </span>
        )}
        {parts.map((part) => (
          <span key={part} className="with-shape tone-waiting">
            <Shape tone="waiting" />
            {t(`status.waits.${part}`, { count: state === undefined ? 0 : waitingOf(state, part) })}
          </span>
        ))}
      </Cell>
    </Link>
  )
}

function JournalCell({ state }: CellProps) {
  const { t, language } = useSpeech()
  const now = useNow()
  const journal = state?.journal
  return (
    <Link {...paths.evidence()} className="status-link">
      <Cell name={t('status.journal')}>
        {journal === undefined ? (
          '…'
        ) : (
          <>
            <span>{t('status.entries', { size: grouped(String(journal.size)) })}</span>
            <span className="status-more">
              <span className="hash">{journal.root.slice(0, ROOT_SHOWN)}</span> ·{' '}
              {journal.verified_at === null
                ? t('status.unverified')
                : t('status.verified', { span: duration(now - journal.verified_at, language) })}
            </span>
          </>
        )}
      </Cell>
    </Link>
  )
}

function TimeCell() {
  const { t } = useSpeech()
  const now = useNow()
  const { connected } = useLive()
  return (
    <div className="status-time">
      <Cell name={t('status.time')}>
        <span className="whole">{timeOfDay(now)} UTC</span>
        <span className="whole">{timeOfDay(now + KST_OFFSET_MS)} KST</span>
      </Cell>
      <span className={`live with-shape tone-${connected ? 'safe' : 'late'}`}>
        <Shape tone={connected ? 'safe' : 'late'} />
        {connected ? t('app.live') : t('app.cut')}
      </span>
    </div>
  )
}
