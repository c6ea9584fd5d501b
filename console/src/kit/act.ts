/** Commands: send one, read everything again, say what happened. What became a proposal is said to be one. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { askWithStatus, type Method } from '../api/client.ts'
import { useSpeech } from '../i18n/language.tsx'
import { announce } from './announce.ts'
import { madeOf, tellProposed } from './proposed.ts'

export type Act = <Answer = unknown>(
  method: Exclude<Method, 'GET'>,
  path: string,
  body: unknown,
  said: string,
) => Promise<Answer>

export function useAct(): Act {
  const client = useQueryClient()
  const { t } = useSpeech()
  return useCallback(
    async <Answer>(method: Exclude<Method, 'GET'>, path: string, body: unknown, said: string): Promise<Answer> => {
      const { status, answer } = await askWithStatus<Answer>(method, path, body)
      // One command may touch every room (the playbook says how): reading all of what is on the screen again is the honest thing.
      await client.invalidateQueries()
      const made = madeOf(status, answer)
      if (made === undefined) announce(said)
      else if (made.executed === true) announce(`${said}. ${t('made.founding')}`)
      else tellProposed(made)
      return answer
    },
    [client, t],
  )
}
