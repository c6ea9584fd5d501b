/** `pasu admin detect`: what is unusual in a log of administrators' acts. */
import { BUDGET_PER_DAY } from '../../rooms/access/engine/limits.ts'
import { FORMATS } from '../../world/admin/formats.ts'
import type { Spec } from '../spec.ts'

const detect: Spec = {
  usage: 'detect <file>',
  summary: 'Say what is unusual in a log of administrators’ acts, and why',
  more: 'Reads a log with one JSON event a line, in any order of time, and judges each event by what the same account did before. A line that does not validate is rejected with its field; the rest is kept. Severity low is context; medium, high and critical are alarms and are counted against the budget, which hides nothing. Needs no data folder.',
  options: [
    { flags: '--from <format>', summary: 'who wrote the log', needed: true, choices: FORMATS },
    { flags: '--budget <alarms>', summary: `alarms a day that people can look into (default: ${BUDGET_PER_DAY})` },
    {
      flags: '--countries <list>',
      summary: 'countries nobody of the staff is ever in, as the log names them, with commas',
    },
    { flags: '--domains <list>', summary: 'mail domains of the staff, with commas; without it any domain' },
  ],
  exits: [0, 2, 70],
  examples: [
    'pasu admin detect okta.ndjson --from okta',
    'pasu admin detect trail.ndjson --from cloudtrail --budget 5 --json',
  ],
  async run(context, [file = '']): Promise<0> {
    const { detectIn } = await import('../detecting.ts')
    await detectIn(context, file)
    return 0
  },
}

export const admin: Spec = {
  usage: 'admin',
  summary: 'Judge administrators’ behaviour',
  exits: [0, 2, 70],
  inner: [detect],
}
