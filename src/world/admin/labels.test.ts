import { describe, expect, it } from 'vitest'
import { detect, isAlarm, noBehaviour } from '../../rooms/access/engine/index.ts'
import { readAdminLine } from './read.ts'
import { hasLabels, IDEAS, ideaOf, judge, type Label, readLabels, readScenario } from './testing/labelled.ts'

if (!hasLabels) console.log('labelled administrator events: ../shared/data/admin-events is absent, skipped')

interface Score {
  hit: number
  falseAlarm: number
  missed: number
  silent: number
}

/** The detectors of the idea alone are asked: a label holds for its own rule only. */
const alerts = (label: Label, idea: string): boolean =>
  judge(label)?.some(({ detector }) => IDEAS[idea]?.includes(detector) === true) === true

function score(idea: string, labels: readonly Label[]): { score: Score; wrong: string[] } {
  const score = { hit: 0, falseAlarm: 0, missed: 0, silent: 0 }
  const wrong: string[] = []
  for (const label of labels) {
    const isAlert = alerts(label, idea)
    if (isAlert) score[label.expected ? 'hit' : 'falseAlarm'] += 1
    else score[label.expected ? 'missed' : 'silent'] += 1
    if (isAlert !== label.expected) wrong.push(`${label.rule}: ${label.name}`)
  }
  return { score, wrong }
}

describe.skipIf(!hasLabels)('events that others labelled', () => {
  const ideas = hasLabels ? ideaOf() : new Map<string, string>()
  const labels = hasLabels ? readLabels() : []
  const scored = Object.keys(IDEAS).map((idea) => ({
    idea,
    ...score(
      idea,
      labels.filter(({ rule }) => ideas.get(rule) === idea),
    ),
  }))

  it('D1 to D21 reach this precision and recall, idea by idea', () => {
    const part = (of: number, all: number): string => (all === 0 ? '-' : (of / all).toFixed(2))
    const rows = scored.map(({ idea, score: { hit, falseAlarm, missed, silent } }) => {
      const rates = `precision ${part(hit, hit + falseAlarm)} recall ${part(hit, hit + missed)}`
      return `${idea}: ${rates} (hit ${hit}, false ${falseAlarm}, missed ${missed}, silent ${silent})`
    })
    expect(rows.join('\n')).toMatchInlineSnapshot(`
      "new device, country, network or behaviour: precision 1.00 recall 1.00 (hit 10, false 0, missed 0, silent 10)
      impossible travel: precision 1.00 recall 0.86 (hit 6, false 0, missed 1, silent 4)
      MFA reset, suspended or switched off: precision 0.78 recall 1.00 (hit 7, false 2, missed 0, silent 6)
      sign-in without the required factor or SSO: precision 1.00 recall 0.75 (hit 3, false 0, missed 1, silent 5)
      new administrator or privilege: precision 1.00 recall 1.00 (hit 8, false 0, missed 0, silent 3)
      new identity provider, SSO or trust change: precision 1.00 recall 1.00 (hit 6, false 0, missed 0, silent 4)
      new long-lived credential or key: precision 1.00 recall 1.00 (hit 3, false 0, missed 0, silent 2)
      secret or password read: precision 1.00 recall 1.00 (hit 2, false 0, missed 0, silent 3)
      brute force, lock-out, rate limits: precision 1.00 recall 1.00 (hit 9, false 0, missed 0, silent 10)
      phishing or compromise reported: precision 1.00 recall 1.00 (hit 2, false 0, missed 0, silent 2)
      session on a host (Teleport): precision 1.00 recall 1.00 (hit 6, false 0, missed 0, silent 5)"
    `)
  })

  it('D1 to D21 differ from the label on these events alone', () => {
    expect(scored.flatMap(({ wrong }) => wrong)).toMatchInlineSnapshot(`
      [
        "Standard.ImpossibleTravel.Login: Short Distances and Short Timedeltas",
        "Okta.User.MFA.Factor.Suspend: Other Event",
        "Standard.MFADisabled: Okta - User resets own MFA ( INFO severity detection for this in Okta rules )",
        "Okta.Login.Without.Push.Marker: Login without marker",
      ]
    `)
  })

  it('D3, D12 and D18 see the scenario of an added administrator, and nothing in what was legitimate', () => {
    const state = noBehaviour()
    const events = readScenario()
      .map(({ actor, event }, place) => ({ actor, read: readAdminLine('okta', JSON.stringify(event), place + 1) }))
      .flatMap(({ actor, read }) => ('field' in read ? [] : [{ actor, event: read }]))
      .sort((a, b) => a.event.time - b.event.time)
    expect(events).toHaveLength(17)
    const told = events.flatMap(({ actor, event }) =>
      detect(state, event)
        .filter(isAlarm)
        .map(({ detector, severity }) => `${actor}: ${detector} ${severity}`),
    )
    expect(told).toMatchInlineSnapshot(`
      [
        "attacker: sign_in_failures high",
        "attacker: new_admin high",
      ]
    `)
  })
})
