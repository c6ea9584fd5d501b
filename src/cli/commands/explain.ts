/** `pasu explain`: what a refusal means and what to do. */
import { asJson } from '../../kernel/canonical.ts'
import { explain as explained } from '../../server/index.ts'
import { catalogue } from '../catalogue.ts'
import { EXITS, exitOf } from '../exit.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'

function all(): readonly string[][] {
  return Object.entries(catalogue())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { kind, title }]) => [code, kind, title.en])
}

export const explain: Spec = {
  usage: 'explain [code]',
  summary: 'Say what a refusal means and what to do; without a code, list all',
  exits: [0, 3],
  examples: ['pasu explain GATE-014', 'pasu explain JRNL-006 --lang ko'],
  run(context, [asked]) {
    if (asked === undefined) {
      const rows = all()
      context.print(asJson(catalogue()), table(['code', 'kind', 'title'], rows, 'There are none.'))
      return 0
    }
    const code = asked.toUpperCase()
    const found = explained(catalogue(), code)
    const entry = catalogue()[code]
    if (found === undefined || entry === undefined) {
      throw refused('CLI-006', `there is no refusal ${code.slice(0, 40)}`, { expected: 'a code such as GATE-014' })
    }
    const exit = exitOf[entry.kind]
    const { language } = context
    context.print(
      found,
      [
        `${code} (${entry.kind}) ${entry.title[language]}`,
        entry.help[language],
        `Exit code ${exit}: ${EXITS[exit]}`,
      ].join('\n'),
    )
    return 0
  },
}
