/** A theft from many wallets opens a case for each; a drill tells them as one. */
import type { Deployment } from '../world/deployment.ts'
import { type IncidentDetail, incidentDetail } from './answer.ts'
import { ask } from './ask.ts'

export interface TheftCase extends IncidentDetail {
  readonly thefts: readonly (IncidentDetail['thefts'][number] & { readonly from: string })[]
}

/** All cases of theft, the first that was opened first. */
export async function theftCases(deployment: Deployment): Promise<readonly TheftCase[]> {
  const listed = await ask<readonly { readonly incident: string; readonly kind: string }[]>(deployment, '/v1/incidents')
  const thefts = listed.filter(({ kind }) => kind === 'theft').reverse()
  return await Promise.all(
    thefts.map(async ({ incident }) => (await incidentDetail(deployment, incident)) as TheftCase),
  )
}

/**
 * The first case with what all of them lost and all that happened in any. Its duties, notices and repayment are its own: each case has
 * them. Its trace follows every robbed account, for an investigator asked it to.
 */
export function wholeOf(cases: readonly IncidentDetail[]): IncidentDetail | undefined {
  const [first] = cases
  if (first === undefined || cases.length === 1) return first
  return {
    ...first,
    timeline: timelineOf(cases),
    thefts: cases.flatMap(({ thefts }) => thefts),
    loss: lossOf(cases.flatMap(({ loss }) => loss)),
    loss_krw: sumOf(cases.map(({ loss_krw }) => loss_krw)),
  }
}

/** Whole won; `null` where one part has no value. */
const sumOf = (parts: readonly (string | null)[]): string | null =>
  parts.includes(null) ? null : parts.reduce((sum, krw) => sum + BigInt(krw ?? 0), 0n).toString()

function lossOf(rows: IncidentDetail['loss']): IncidentDetail['loss'] {
  const byAsset = new Map<string, IncidentDetail['loss'][number]>()
  for (const row of rows) {
    const sum = byAsset.get(row.asset)
    const amount = (BigInt(sum?.amount ?? 0) + BigInt(row.amount)).toString()
    byAsset.set(row.asset, sum === undefined ? row : { ...row, amount, krw: sumOf([sum.krw, row.krw]) })
  }
  return [...byAsset.values()]
}

/** What concerns several cases, such as a halt, stands on the time line of each: it is told once. */
function timelineOf(cases: readonly IncidentDetail[]): IncidentDetail['timeline'] {
  const told = new Set<string>()
  return cases
    .flatMap(({ timeline }) => timeline)
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .filter(({ at, kind, text }) => {
      const line = `${at} ${kind} ${text}`
      return !told.has(line) && told.add(line) !== undefined
    })
}
