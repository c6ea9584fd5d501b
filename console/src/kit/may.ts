/** What this person may do, as the policy says it; whatever not, with its reason in writing. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Me } from '../api/access.ts'
import { queries } from '../api/queries.ts'
import { useSpeech } from '../i18n/language.tsx'

/** Doing it and proposing it are one button: the server makes a proposal of what nobody does alone. */
export const isAllowed = ({ may }: Pick<Me, 'may'>, act: string): boolean =>
  may.includes(act) || may.includes(`propose.${act}`)

/** Gives why the act is not this person's, or nothing. Until the policy's answer is here nothing is barred: the server decides anyway. */
export function useWhyNot(): (act: string | undefined) => string | undefined {
  const { t } = useSpeech()
  const me = useQuery(queries.me()).data
  return useCallback(
    (act) => {
      if (me === undefined || act === undefined || isAllowed(me, act)) return undefined
      return t('may.not', { roles: me.roles.map((role) => t(`role.${role}`)).join(', ') })
    },
    [me, t],
  )
}
