/** The code of a call-back as it is read aloud: twelve letters and digits in three groups, without I, L, O and U. */

const GROUP = 4
const LENGTH = 12
/** Crockford's base 32 reads what a tired ear or hand makes of a digit as that digit. */
const MEANT: { readonly [letter: string]: string } = { O: '0', I: '1', L: '1' }

/** `7k2qm9xar4td`, `7K2Q M9XA R4TD` -> `7K2Q-M9XA-R4TD`; what is no such code is `undefined`. */
export function callBackCode(typed: string): string | undefined {
  const letters = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]+/g, '')
    .replace(/[OIL]/g, (letter) => MEANT[letter] ?? letter)
  if (letters.length !== LENGTH || !/^[0-9A-HJKMNP-TV-Z]+$/.test(letters)) return undefined
  return [0, 1, 2].map((group) => letters.slice(group * GROUP, (group + 1) * GROUP)).join('-')
}
