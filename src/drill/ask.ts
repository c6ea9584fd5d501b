/** A drill reads a deployment as its users do: by the routes, never by its insides. */
import { parse } from '../kernel/input.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import type { Data } from '../machine/room.ts'
import type { Deployment } from '../world/deployment.ts'

/** The answer of a view: `path` as it stands in the route, its parameters and query members beside it. */
export async function ask<Answer>(deployment: Deployment, path: string, params: Data = {}): Promise<Answer> {
  const route = deployment.app.routes.find((candidate) => candidate.method === 'GET' && candidate.path === path)
  if (route === undefined) throw new Error(`there is no view ${path}`)
  const checked = route.params === undefined ? params : parse(route.params, params)
  if (isRefusal(checked)) throw new Refused(checked)
  const tools = { now: deployment.now(), by: 'operator', attest: deployment.attest, record: deployment.record() }
  const answer = await route.answer(checked, tools)
  if (isRefusal(answer)) throw new Refused(answer)
  return answer as Answer
}

/** Submits and insists: a command of the script that is refused is a fault of the script. */
export async function tell(deployment: Deployment, by: string, type: string, data: Data) {
  const answer = await deployment.submit({ type, data, by })
  if (isRefusal(answer)) throw new Refused(answer)
  return answer.recorded
}
