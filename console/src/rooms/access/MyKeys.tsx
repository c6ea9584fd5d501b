/** One's own passkeys: another one is proposed, a lost one is reported at once. */
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyOptions, KeyRow, PersonRow, SignInOptions } from '../../api/access.ts'
import { ask } from '../../api/client.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Disabled } from '../../kit/Disabled.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { useWhyNot } from '../../kit/may.ts'
import { Section } from '../../kit/Page.tsx'
import { makeKey } from '../../kit/passkey.ts'
import { ReasonField } from '../../kit/ReasonField.tsx'
import { KeyList } from './KeyList.tsx'
import { NewKey } from './NewKey.tsx'

/** With fewer, one broken telephone locks a person out. */
const KEYS_WISHED = 2

interface MyKeysProps {
  readonly me: string | undefined
  readonly people: UseQueryResult<readonly PersonRow[]>
}

export function MyKeys({ me, people }: MyKeysProps) {
  const { t } = useSpeech()
  return (
    <Section title={t('key.mine')} id="keys">
      <Loaded query={people} lines={3}>
        {(rows) => {
          const own = rows.find(({ person }) => person === me)?.keys ?? []
          const live = own.filter(({ until }) => until === null)
          return (
            <>
              {live.length >= KEYS_WISHED ? null : <Empty title={t('key.few')}>{t('key.few.more')}</Empty>}
              <KeyList keys={own} acts={(key) => <Lose lost={key} />} />
              <AddKey />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function Lose({ lost }: { readonly lost: KeyRow }) {
  const { t } = useSpeech()
  const act = useAct()
  return (
    <Danger
      trigger={t('key.lose')}
      triggerLabel={t('key.lose.label', { label: lost.label })}
      title={t('key.lose.title', { label: lost.label })}
      effect={<p>{t('key.lose.effect')}</p>}
      ask={t('key.lose.reason')}
      confirm={t('key.lose.confirm')}
      onConfirm={(reason) => act('POST', `/v1/keys/${lost.key}/lose`, { reason }, t('key.lose.said'))}
    />
  )
}

function AddKey() {
  const { t } = useSpeech()
  const act = useAct()
  const why = useWhyNot()('key.add')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  if (why !== undefined) return <Disabled why={why}>{t('key.add')}</Disabled>
  if (!open)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('key.add')}
      </button>
    )
  const make = async (label: string): Promise<SignInOptions> => {
    const { ceremony, options } = await ask<KeyOptions>('POST', '/v1/keys/options', {})
    const registration = await makeKey(options)
    return ask<SignInOptions>('POST', '/v1/keys', { ceremony, registration, label })
  }
  return (
    <div className="boxed">
      <NewKey
        make={make}
        ready={reason.trim() !== ''}
        confirm={async (ceremony, assertion) => {
          const body = { ceremony, assertion, reason: reason.trim() }
          await act('POST', '/v1/keys/confirm', body, t('key.add.said'))
          setOpen(false)
          setReason('')
        }}
      >
        <ReasonField ask={t('form.why')} value={reason} onChange={setReason} />
      </NewKey>
      <button type="button" className="button quiet" onClick={() => setOpen(false)}>
        {t('act.cancel')}
      </button>
    </div>
  )
}
