/** The names of roles, and which may not stand together in one hand: the server decides, the form says so before. */
import { useCallback } from 'react'
import { ROLES, type Role } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'

const isRole = (name: string): name is Role => ROLES.some((role) => role === name)

/** `approver, guardian` in the reader's language; a role of a newer server by its own name. */
export function useRoleNames(): (roles: readonly string[]) => string {
  const { t } = useSpeech()
  return useCallback((roles) => roles.map((name) => (isRole(name) ? t(`role.${name}`) : name)).join(', '), [t])
}

/** They look on, and take no part in what they judge. */
const READERS: readonly Role[] = ['auditor', 'regulator']

/** What is wrong with holding these together, if anything. */
export function rolesFault(roles: readonly Role[]): 'none' | 'reader' | 'apart' | undefined {
  if (roles.length === 0) return 'none'
  if (roles.length > 1 && roles.some((role) => READERS.includes(role))) return 'reader'
  return roles.includes('operator') && roles.includes('approver') ? 'apart' : undefined
}
