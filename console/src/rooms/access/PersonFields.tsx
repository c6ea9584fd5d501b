/** Roles, the number on file and accounts of a person: the same fields for an invitation, a change and the founder. */
import { useId } from 'react'
import { ROLES, type Role } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { rolesFault } from './roles.ts'

/** As the server's schema of a name has it. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const CONTACT_CHARACTERS_MAX = 100

export function RolesField({
  roles,
  onChange,
}: {
  readonly roles: readonly Role[]
  readonly onChange: (roles: readonly Role[]) => void
}) {
  const { t } = useSpeech()
  const id = useId()
  const fault = rolesFault(roles)
  return (
    <fieldset className="field roles" aria-describedby={`${id}-fault`}>
      <legend>{t('people.roles')}</legend>
      {ROLES.map((role) => (
        <label key={role} className="check">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={({ target }) =>
              onChange(target.checked ? [...roles, role] : roles.filter((other) => other !== role))
            }
          />
          <span>
            {t(`role.${role}`)}
            <span className="hint block">{t(`role.${role}.does`)}</span>
          </span>
        </label>
      ))}
      <p id={`${id}-fault`} className="fault" role="alert">
        {fault === undefined || fault === 'none' ? '' : t(`roles.fault.${fault}`)}
      </p>
    </fieldset>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly max?: number
  readonly required?: boolean
}

export function TextField({ label, hint, value, onChange, max = 200, required = false }: TextFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        required={required}
        maxLength={max}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
    </div>
  )
}

export interface PersonDraft {
  readonly roles: readonly Role[]
  readonly contact: string
  /** One a line or separated by commas, as typed. */
  readonly accounts: string
}

interface PersonFieldsProps {
  readonly draft: PersonDraft
  readonly onChange: (draft: PersonDraft) => void
}

export function PersonFields({ draft, onChange }: PersonFieldsProps) {
  const { t } = useSpeech()
  return (
    <>
      <RolesField roles={draft.roles} onChange={(roles) => onChange({ ...draft, roles })} />
      <TextField
        label={t('people.contact')}
        hint={t('people.contact.hint')}
        value={draft.contact}
        max={CONTACT_CHARACTERS_MAX}
        onChange={(contact) => onChange({ ...draft, contact })}
      />
      <TextField
        label={t('people.accounts')}
        hint={t('people.accounts.hint')}
        value={draft.accounts}
        max={2_000}
        onChange={(accounts) => onChange({ ...draft, accounts })}
      />
    </>
  )
}

/** What the server takes: empty members are left out. */
export function bodyOf({ roles, contact, accounts }: PersonDraft) {
  const listed = accounts
    .split(/[,\n]/)
    .map((account) => account.trim())
    .filter((account) => account !== '')
  return { roles, accounts: listed, ...(contact.trim() === '' ? {} : { contact: contact.trim() }) }
}
