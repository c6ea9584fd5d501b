/** Arbitrary values of a schema, as fast-check draws them: every choice of an enumeration and of a union, every member that may be absent. */
import fc from 'fast-check'
import type { z } from 'zod'
import type { Data } from '../../src/machine/room.ts'
import { type Node, nodeOf, nodes, typeText } from './shape.ts'

/** Identifiers as they look in use: what is drawn from their patterns alone has no chain in common with anything. */
const KNOWN: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  chain: fc.constantFrom('eip155:1', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'),
  account: fc.constantFrom(`eip155:1:0x${'a'.repeat(40)}`, `eip155:1:0x${'b'.repeat(40)}`),
  asset: fc.constantFrom('eip155:1/slip44:60', `eip155:1/erc20:0x${'7'.repeat(40)}`),
  amount: fc.constantFrom('0', '1', '9'.repeat(78)),
  positive: fc.constantFrom('1', '9'.repeat(78)),
}

const numberIn = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

/** The length of a text of which the schema says none. */
const TEXT_MAX = 300

/** Short and long ones, up to the last character that fits, in letters of one, two and more code units; with `controls` line breaks too. */
function words(least: number, most: number, controls: boolean): fc.Arbitrary<string> {
  const letter = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('a', 'B', '7', ' ', '-', '파', '\u{1f600}') },
    { weight: controls ? 1 : 0, arbitrary: fc.constantFrom('\n', '\t') },
  )
  const length = fc.oneof(fc.integer({ min: least, max: Math.max(least, Math.min(most, 12)) }), fc.constant(most))
  return length.chain((size) =>
    fc.array(letter, { minLength: size, maxLength: size, size: 'max' }).map((letters) =>
      letters
        .join('')
        .slice(0, most)
        .replace(/[\uD800-\uDBFF]$/, ''),
    ),
  )
}

function text({ pattern, minLength, maxLength }: Node): fc.Arbitrary<string> {
  const [least, most] = [numberIn(minLength, 0), Math.min(numberIn(maxLength, TEXT_MAX), 1_000)]
  if (typeof pattern !== 'string') return words(least, most, true)
  // fast-check draws from no pattern with Unicode properties; ours of that kind only leave characters out.
  return pattern.includes('\\p') ? words(least, most, false) : fc.stringMatching(new RegExp(pattern))
}

function drawn(node: Node): fc.Arbitrary<unknown> {
  const known = KNOWN[typeText(node)]
  if (known !== undefined) return known
  const several = nodes(node.anyOf ?? node.oneOf)
  if (several.length > 0) return fc.oneof(...several.map(drawn))
  if ('const' in node) return fc.constant(node.const)
  if (Array.isArray(node.enum)) return fc.constantFrom(...node.enum)
  if (node.type === 'string') return text(node)
  if (node.type === 'boolean') return fc.boolean()
  if (node.type === 'integer') {
    const min = numberIn(node.minimum, 0)
    return fc.integer({ min, max: Math.max(min, Math.min(numberIn(node.maximum, 99), 2_000_000_000)) })
  }
  if (node.type === 'array') {
    const [item = {}] = nodes([node.items])
    const minLength = numberIn(node.minItems, 0)
    return fc.array(drawn(item), { minLength, maxLength: Math.max(minLength, Math.min(numberIn(node.maxItems, 3), 3)) })
  }
  if (node.type === 'object') return object(node)
  // A schema that says nothing: parameters of any act.
  return fc.constant({})
}

function object(node: Node): fc.Arbitrary<Data> {
  const requiredKeys = Array.isArray(node.required) ? node.required.map(String) : []
  const properties = Object.entries(node.properties ?? {}) as [string, Node][]
  const members = Object.fromEntries(properties.map(([name, inner]) => [name, drawn(inner)]))
  return fc.record(members, { requiredKeys }) as fc.Arbitrary<Data>
}

/** Values that the schema itself takes: what JSON Schema cannot say, such as a rule between two members, is filtered. */
export const valuesOf = (schema: z.ZodType<Data>): fc.Arbitrary<Data> =>
  object(nodeOf(schema, 'input')).filter((value) => schema.safeParse(value).success)
