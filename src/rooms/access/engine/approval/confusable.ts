/**
 * Names that look alike and are not the same: letters of another script (homographs), jamo that look like Latin letters, characters that
 * nobody sees. A small table of our own; what it does not know stands in README.md. Unicode's own list (UTS #39) has some 6,000 pairs.
 */

/** What takes no room on the screen, or changes the order of reading: format characters, fillers, variation selectors. */
const UNSEEN = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu

const pairs = (from: string, to: string): [string, string][] => {
  const targets = [...to]
  return [...from].map((letter, place) => [letter, targets[place] ?? ''])
}

const CYRILLIC = [
  ...pairs('асеорхукмтвнгпіїјѕһԁԛԝӏьэ', 'aceopxykmtbhrniijshdqwlbe'),
  ...pairs('АСЕОРХУКМТВНІЇЈЅҺԚԜӀ', 'aceopxykmtbhiijshqwl'),
]
const GREEK = [...pairs('αβγεικνορτυχωηϲ', 'abyeikvoptuxwnc'), ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'abezhikmnoptyxc')]
/** After NFKC a jamo that stands alone is a conjoining one; a whole syllable is one character and looks like no Latin letter. */
const JAMO = pairs('\u{110b}\u{11bc}\u{1175}\u{1173}', 'ool-')
const LOOKALIKES: ReadonlyMap<string, string> = new Map([...CYRILLIC, ...GREEK, ...JAMO, ...pairs('0|ー一−', 'ol---')])

const alike = (letter: string): string => LOOKALIKES.get(letter) ?? letter

/** Two names with one skeleton look alike to a hurried reader. It is for comparing only: it is no spelling of the name. */
export const skeleton = (name: string): string =>
  Array.from(name.normalize('NFKC').replace(UNSEEN, ''), alike)
    .join('')
    .toLowerCase()
    .replace(/\p{Pd}/gu, '-')
    .replace(/[i1]/g, 'l')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[\s._-]+/gu, ' ')
    .trim()

/** The first known name that the given one could be taken for, without being it. */
export function takenFor(name: string, known: readonly string[]): string | undefined {
  const own = skeleton(name)
  return known.find((other) => other !== name && skeleton(other) === own)
}

const SCRIPTS = { Latin: /\p{Script=Latin}/u, Cyrillic: /\p{Script=Cyrillic}/u, Greek: /\p{Script=Greek}/u } as const
export type Script = keyof typeof SCRIPTS | 'Hangul jamo'

export interface Strange {
  /** Scripts whose letters can be taken for each other and stand in one word; or the one foreign script whose letters all look Latin. */
  readonly scripts: readonly Script[]
  /** `U+200B` … */
  readonly unseen: readonly string[]
}

/** A jamo that stands alone beside Latin letters; 한글 itself beside Latin is an ordinary Korean name. */
const LONE_JAMO = /[\u{1100}-\u{11ff}]/u

function scriptsOf(word: string): Script[] {
  const among = (['Latin', 'Cyrillic', 'Greek'] as const).filter((script) => SCRIPTS[script].test(word))
  const found: Script[] = LONE_JAMO.test(word) ? [...among, 'Hangul jamo'] : among
  if (found.length > 1) return found
  const [only] = among
  const isDisguised = only !== undefined && only !== 'Latin' && /^[a-z]+$/.test(Array.from(word, alike).join(''))
  return isDisguised ? found : []
}

/** What is strange about a text, each once; `undefined` where nothing is. */
export function strangeIn(text: string): Strange | undefined {
  const unseen = new Set<string>()
  for (const [letter] of text.matchAll(UNSEEN)) {
    unseen.add(`U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
  }
  const words =
    text
      .normalize('NFKC')
      .replace(UNSEEN, '')
      .match(/[\p{L}\p{M}]+/gu) ?? []
  const scripts = [...new Set(words.flatMap(scriptsOf))]
  return scripts.length === 0 && unseen.size === 0 ? undefined : { scripts, unseen: [...unseen] }
}
