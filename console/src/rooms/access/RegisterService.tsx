import { useId, useState } from 'react'
import { certificateSha256, ed25519Key } from '../../format/keys.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { NAME, TextField } from './PersonFields.tsx'

/** What machines may be let do, each for one kind of machine: signer or exchange, watcher, log shipper, auditor's copy. */
const SCOPES = [
  'withdrawal.request',
  'gate.read',
  'block.observe',
  'chain.rewind',
  'source.report',
  'admin.report',
  'journal.read',
] as const
type Kind = 'public_key' | 'certificate_sha256'
const READERS: { readonly [K in Kind]: (typed: string) => string | undefined } = {
  public_key: ed25519Key,
  certificate_sha256: certificateSha256,
}
const KINDS = Object.keys(READERS) as readonly Kind[]

export function RegisterService() {
  const { t } = useSpeech()
  const act = useAct()
  const [service, setService] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const [kind, setKind] = useState<Kind>('public_key')
  const [typed, setTyped] = useState('')
  const id = useId()
  const value = READERS[kind](typed)
  const register = async (_: string, reason: string): Promise<void> => {
    const body = { service: service.trim(), scopes, [kind]: value, reason }
    await act('POST', '/v1/services', body, t('svc.add.said', { service: service.trim() }))
    setService('')
    setScopes([])
    setTyped('')
  }
  const fields = (
    <>
      <TextField label={t('svc.service')} value={service} max={64} required onChange={setService} />
      <fieldset className="field roles">
        <legend>{t('svc.scopes')}</legend>
        {SCOPES.map((scope) => (
          <label key={scope} className="check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ target }) =>
                setScopes(target.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))
              }
            />
            <span>
              {scope}
              <span className="hint block">{t(`scope.of.${scope}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={id}>{t('svc.kind')}</label>
        <select
          id={id}
          value={kind}
          onChange={({ target }) => setKind(KINDS.find((one) => one === target.value) ?? 'public_key')}
        >
          <option value="public_key">{t('svc.publicKey')}</option>
          <option value="certificate_sha256">{t('svc.certificate')}</option>
        </select>
      </div>
      <TextField
        label={t(kind === 'public_key' ? 'svc.publicKey' : 'svc.certificate')}
        hint={t(kind === 'public_key' ? 'svc.publicKey.hint' : 'svc.certificate.hint')}
        value={typed}
        max={400}
        required
        onChange={setTyped}
      />
      <p className="fault" role="alert">
        {typed.trim() !== '' && value === undefined ? t('svc.key.fault') : ''}
      </p>
    </>
  )
  return (
    <Danger
      tone="plain"
      act="service.register"
      trigger={t('svc.add')}
      title={t('svc.add.title')}
      effect={<p>{t('svc.add.effect')}</p>}
      fields={fields}
      askReason={t('form.why')}
      ready={NAME.test(service.trim()) && scopes.length > 0 && value !== undefined}
      confirm={t('svc.add.confirm')}
      onConfirm={register}
    />
  )
}
