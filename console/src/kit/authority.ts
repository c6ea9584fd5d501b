/** How an authority is called: "금융감독원" for `FSS`, from the loaded rule packs; its key where no pack names it. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { queries } from '../api/queries.ts'
import { useSpeech } from '../i18n/language.tsx'

export function useAuthorityName(): (authority: string) => string {
  const { pick } = useSpeech()
  const packs = useQuery(queries.packs()).data
  return useCallback(
    (authority) => {
      const named = packs?.flatMap((pack) => pack.authorities ?? []).find((entry) => entry.authority === authority)
      return named === undefined ? authority : pick(named)
    },
    [packs, pick],
  )
}
