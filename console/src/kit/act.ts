/** Commands: send one, read everything again, say what happened. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ask, type Method } from '../api/client.ts'
import { announce } from './announce.ts'

export type Act = <Answer = unknown>(
  method: Exclude<Method, 'GET'>,
  path: string,
  body: unknown,
  said: string,
) => Promise<Answer>

export function useAct(): Act {
  const client = useQueryClient()
  return useCallback(
    async <Answer>(method: Exclude<Method, 'GET'>, path: string, body: unknown, said: string): Promise<Answer> => {
      const answer = await ask<Answer>(method, path, body)
      // One command may touch every room (the playbook says how): reading all of what is on the screen again is the honest thing.
      await client.invalidateQueries()
      announce(said)
      return answer
    },
    [client],
  )
}
