/** What is stopped, and the two acts: stop something, let it go again. */
import { useId, useState } from 'react'
import type { Halt, IncidentRow, State, Wallet } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { useScopeName } from '../../kit/scope.ts'
import { Time } from '../../kit/Time.tsx'

interface HaltsProps {
  readonly state: State
  readonly wallets: readonly Wallet[]
  readonly incidents: readonly IncidentRow[]
}

export function Halts({ state, wallets, incidents }: HaltsProps) {
  const { t } = useSpeech()
  return (
    <Section title={t('now.halts')} id="halts" note={state.halts.length === 0 ? undefined : state.halts.length}>
      {state.halts.length === 0 ? (
        <Empty title={t('now.halts.none')}>{t('now.halts.none.more')}</Empty>
      ) : (
        <ul className="rows">
          {state.halts.map((halt) => (
            <HaltRow key={halt.scope} halt={halt} incidents={incidents} />
          ))}
        </ul>
      )}
      <RaiseHalt state={state} wallets={wallets} />
    </Section>
  )
}

/** Whether an open case would be touched by lifting this halt. */
const concernsOpenCase = (scope: string, incidents: readonly IncidentRow[]): boolean =>
  incidents.some(
    (row) =>
      row.status === 'open' && (scope === 'all' || scope === `chain:${row.chain}` || scope === `wallet:${row.wallet}`),
  )

function HaltRow({ halt, incidents }: { readonly halt: Halt; readonly incidents: readonly IncidentRow[] }) {
  const { t } = useSpeech()
  const act = useAct()
  const scope = useScopeName()(halt.scope)
  return (
    <li className="row">
      <div>
        <p className="row-title">{scope}</p>
        <p>{halt.alarm === null ? halt.reason : t(`halt.alarm.${halt.alarm}`)}</p>
        <p className="quiet-text">
          <Time at={halt.since} /> · {t('now.halts.by')} {halt.by}
        </p>
      </div>
      <Danger
        act="halt.lift"
        trigger={t('lift.act')}
        triggerLabel={t('lift.label', { scope })}
        title={t('lift.title', { scope })}
        effect={
          <>
            <p>{t('lift.effect', { scope })}</p>
            {concernsOpenCase(halt.scope, incidents) ? <p className="strong">{t('lift.effect.open')}</p> : null}
          </>
        }
        ask={t('lift.reason')}
        confirm={t('lift.confirm')}
        onConfirm={(reason) => act('POST', '/v1/halts/lift', { scope: halt.scope, reason }, t('lift.said', { scope }))}
      />
    </li>
  )
}

function RaiseHalt({ state, wallets }: Omit<HaltsProps, 'incidents'>) {
  const { t } = useSpeech()
  const act = useAct()
  const scopeName = useScopeName()
  const id = useId()
  const chains = new Set([...state.watchers.map((watcher) => watcher.chain), ...wallets.map((wallet) => wallet.chain)])
  const scopes = [
    'all',
    ...[...chains].map((chain) => `chain:${chain}`),
    ...wallets.map((wallet) => `wallet:${wallet.wallet}`),
  ]
  const [chosen, setChosen] = useState('all')
  const scope = scopeName(chosen)
  const standing = state.halts.some((halt) => halt.scope === chosen)
  return (
    <div className="inline-form">
      <div className="field">
        <label htmlFor={id}>{t('now.halts.scope')}</label>
        <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {scopes.map((option) => (
            <option key={option} value={option}>
              {scopeName(option)}
            </option>
          ))}
        </select>
      </div>
      <Danger
        act="halt.raise"
        why={standing ? t('halt.standing') : undefined}
        trigger={t('halt.act')}
        title={t('halt.title', { scope })}
        effect={<p>{t('halt.effect', { scope })}</p>}
        ask={t('halt.reason')}
        confirm={t('halt.confirm', { scope })}
        onConfirm={(reason) => act('POST', '/v1/halts', { scope: chosen, reason }, t('halt.said', { scope }))}
      />
    </div>
  )
}
