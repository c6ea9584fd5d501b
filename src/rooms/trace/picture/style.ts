/** Colours and type. Each colour can be set from outside by a variable; without that the picture follows the reader's light or dark mode. */

/** What can be coloured: kinds of service, and the states of coins. */
export const TONES = [
  'exchange',
  'mixer',
  'bridge',
  'dex',
  'mining',
  'other',
  'address',
  'source',
  'held',
  'returned',
] as const
export type Tone = (typeof TONES)[number]

const isTone = (kind: string): kind is Tone => TONES.some((tone) => tone === kind)

/** The colour of a kind; one that has none of its own is `other`. */
export const toneOf = (kind: string): Tone => (isTone(kind) ? kind : 'other')

type Palette = Readonly<Record<Tone | 'paper' | 'ink' | 'quiet' | 'line' | 'flow', string>>

// Text on paper has at least 4.5 : 1, shapes at least 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1b2027',
  quiet: '#5a6572',
  line: '#d5dae0',
  flow: '#c2766c',
  source: '#b3261e',
  address: '#7a8694',
  held: '#a86400',
  returned: '#6f5b00',
  exchange: '#2364aa',
  mixer: '#7a3fb0',
  bridge: '#117a74',
  dex: '#3b7d2a',
  mining: '#8a5a2b',
  other: '#59616b',
}

const DARK: Palette = {
  paper: '#14181d',
  ink: '#e9edf1',
  quiet: '#a3adb8',
  line: '#353c45',
  flow: '#b5675c',
  source: '#ff7b70',
  address: '#8d99a6',
  held: '#f0ab4a',
  returned: '#d6c04e',
  exchange: '#6fb1f5',
  mixer: '#c797f3',
  bridge: '#56c8bf',
  dex: '#8fcf78',
  mining: '#d2a377',
  other: '#aab3bd',
}

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:var(--pasu-flow-${name},${colour})`)
    .join(';')

const RULES = [
  'text{font-family:"Pretendard Variable",Pretendard,"Noto Sans KR","Noto Sans CJK KR",system-ui,sans-serif;font-size:12px;fill:var(--ink);font-variant-numeric:tabular-nums}',
  '.title{font-size:18px;font-weight:650}',
  '.sum{font-size:13px}',
  '.head{font-weight:600}',
  '.quiet{fill:var(--quiet);font-size:11px}',
  '.name{font-weight:600}',
  '.halo{paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}',
  '.paper{fill:var(--paper)}',
  '.guide{stroke:var(--line);stroke-width:1;stroke-dasharray:2 5}',
  '.flow{fill:none;stroke:var(--flow);stroke-opacity:.42}',
  '.back{fill:none;stroke:var(--returned);stroke-width:1.4;stroke-dasharray:4 3}',
  '.heldtext{fill:var(--held);font-size:11px}',
]

const toneRules = TONES.flatMap((tone) => [
  `.t-${tone}{fill:var(--${tone})}`,
  `.f-${tone}{fill:none;stroke:var(--${tone});stroke-opacity:.42}`,
])

export const styleSheet = (scope: string): string => {
  const scoped = [...RULES, ...toneRules].map((rule) => `#${scope} ${rule}`).join('')
  return `#${scope}{${variables(LIGHT)}}@media(prefers-color-scheme:dark){#${scope}{${variables(DARK)}}}${scoped}`
}
