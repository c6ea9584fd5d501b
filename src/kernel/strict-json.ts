/**
 * What `JSON.parse` lets pass and a signed or a binding text must not hold. It keeps the last of two members of one name; another program
 * may keep the first, and then one text means two things.
 */

/** One value that is being walked: the names seen in an object, or nothing for an array. */
type Level = Set<string> | undefined

export type JsonFault =
  | { readonly fault: 'repeated' | 'reserved'; readonly name: string }
  /** Nested deeper than was allowed. */
  | { readonly fault: 'deep' }

/** The end (exclusive) of the string that starts at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const isSpace = (letter: string | undefined): boolean =>
  letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t'

/** Whether a colon follows: then the string that ends here names a member. */
function namesMember(text: string, end: number): boolean {
  let at = end
  while (isSpace(text[at])) at += 1
  return text[at] === ':'
}

function nameFault(name: string, seen: Set<string>, reserved: string | undefined): JsonFault | undefined {
  if (name === reserved) return { fault: 'reserved', name }
  if (seen.has(name)) return { fault: 'repeated', name }
  seen.add(name)
  return undefined
}

export interface Strictness {
  /** Objects and lists within each other; any number where absent. */
  readonly depthMax?: number
  /** A name that no member may have, such as `__proto__`; none where absent. */
  readonly reserved?: string
}

/** The first fault of a text that `JSON.parse` took. */
export function jsonFault(
  text: string,
  { depthMax = Number.POSITIVE_INFINITY, reserved }: Strictness = {},
): JsonFault | undefined {
  const levels: Level[] = []
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '{' || letter === '[') {
      levels.push(letter === '{' ? new Set() : undefined)
      if (levels.length > depthMax) return { fault: 'deep' }
    } else if (letter === '}' || letter === ']') {
      levels.pop()
    } else if (letter === '"') {
      const end = stringEnd(text, at)
      const names = levels.at(-1)
      const found =
        names && namesMember(text, end)
          ? nameFault(String(JSON.parse(text.slice(at, end))), names, reserved)
          : undefined
      if (found !== undefined) return found
      at = end - 1
    }
  }
  return undefined
}
