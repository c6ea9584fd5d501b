import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const here = new URL('.', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, here), 'utf8')
const tokens = read('tokens.css')

/** `--ink: light-dark(#16191b, #e8ebec)` -> the two colours. */
const colours = new Map(
  [...tokens.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
)

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const STATES = ['safe', 'waiting', 'late', 'stolen'] as const
const GROUNDS = ['paper', 'raised', 'sunk']
/** Ink and the grounds that it stands on anywhere in the style sheets. */
const PAIRS: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ['ink', [...GROUNDS, ...STATES.map((state) => `${state}-bg`)]],
  ['quiet', GROUNDS],
  ...STATES.map((state) => [state, [...GROUNDS, `${state}-bg`]] as const),
  ['paper', ['ink']],
  ['on-solid', ['stolen']],
]
const AA_TEXT = 4.5

describe('colours', () => {
  it('C6 every ink holds AA on every ground it stands on, light and dark', () => {
    const weak = (['light', 'dark'] as const).flatMap((theme) =>
      PAIRS.flatMap(([ink, grounds]) =>
        grounds.flatMap((ground) => {
          const [a, b] = [colours.get(ink)?.[theme], colours.get(ground)?.[theme]]
          if (a === undefined || b === undefined) return [`${ink} or ${ground} is no colour`]
          const ratio = contrast(a, b)
          return ratio < AA_TEXT ? [`${theme}: ${ink} on ${ground} ${ratio.toFixed(2)}`] : []
        }),
      ),
    )
    expect(weak).toEqual([])
  })

  it('C6 stand in one file', () => {
    const strays = readdirSync(here)
      .filter((name) => name.endsWith('.css') && name !== 'tokens.css' && name !== 'print.css')
      .filter((name) =>
        /#[0-9a-f]{3,8}\b|rgb\(|hsl\(|(?<![-\w])(white|black|red|green|blue)(?![-\w])/i.test(
          read(name).replace(/\/\*[^*]*\*\//g, ''),
        ),
      )
    expect(strays).toEqual([])
  })
})
