/**
 * Takes the server's drawing into the page. Only shapes and words are let in, by name; its style sheet becomes a constructed one, which
 * the content security policy allows where it forbids inline styles.
 */

const ELEMENTS = new Set([
  ...['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan', 'title', 'desc'],
  ...['defs', 'lineargradient', 'stop', 'clippath', 'pattern', 'marker', 'use', 'symbol'],
])

/** Nothing that runs, loads or leads elsewhere: event handlers and every reference that is not to a part of the drawing itself. */
function allowedAttribute(name: string, value: string): boolean {
  if (name.startsWith('on') || name === 'style') return false
  if (name === 'href' || name === 'xlink:href' || name === 'src') return value.startsWith('#')
  return !/url\(\s*['"]?(?!#)/i.test(value)
}

function clean(element: Element): void {
  for (const child of [...element.children]) {
    if (ELEMENTS.has(child.localName.toLowerCase())) clean(child)
    else child.remove()
  }
  for (const { name, value } of [...element.attributes])
    if (!allowedAttribute(name.toLowerCase(), value)) element.removeAttribute(name)
}

/**
 * Under `require-trusted-types-for 'script'` a text is parsed only through a policy. This is the page's one policy, used here alone: what it
 * lets through is parsed apart from the page, and {@link clean} takes away whatever could run before it comes in.
 */
interface TextPolicy {
  createHTML(text: string): string
}
interface PolicyFactory {
  createPolicy(name: string, rules: TextPolicy): TextPolicy
}
const factory: PolicyFactory | undefined = Reflect.get(globalThis, 'trustedTypes')
const policy = factory?.createPolicy('pasu', { createHTML: (text) => text })
const asDrawing = (text: string): string => policy?.createHTML(text) ?? text

export interface Drawing {
  readonly svg: SVGSVGElement
  /** The text of its style sheets. */
  readonly css: string
}

/** `undefined` for a text that is no SVG. */
export function readDrawing(text: string): Drawing | undefined {
  // Taken out before parsing: even in a document of its own, a style element counts as inline for the content security policy.
  const sheets = [...text.matchAll(/<style>([^<]*)<\/style>/g)].map(([, css = '']) => css)
  const bare = text.replace(/<style>[^<]*<\/style>/g, '')
  const parsed = new DOMParser().parseFromString(asDrawing(bare), 'image/svg+xml')
  const root = parsed.documentElement
  if (!(root instanceof SVGSVGElement) || parsed.querySelector('parsererror') !== null) return undefined
  clean(root)
  // A style sheet may only dress the drawing: imports and outside images are cut.
  const css = sheets.join('\n').replace(/@import[^;]*;?|url\([^)]*\)/gi, '')
  return { svg: root, css }
}

/** The drawing follows the system's preference; where the person chose otherwise, its rules for the dark are taken in or left out. */
export function dressFor(sheet: CSSStyleSheet, theme: 'light' | 'dark'): void {
  for (let place = sheet.cssRules.length - 1; place >= 0; place--) {
    const rule = sheet.cssRules[place]
    if (!(rule instanceof CSSMediaRule) || !rule.conditionText.includes('prefers-color-scheme')) continue
    const forDark = rule.conditionText.includes('dark')
    const wanted = forDark === (theme === 'dark')
    const inner = wanted ? [...rule.cssRules].map(({ cssText }) => cssText) : []
    sheet.deleteRule(place)
    for (const text of inner.toReversed()) sheet.insertRule(text, place)
  }
}
