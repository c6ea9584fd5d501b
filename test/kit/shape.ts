/** A schema as text that a reviewer reads: one line for each member, a change of any of them one changed line. */
import { z } from 'zod'
import { accountSchema, assetSchema, chainSchema } from '../../src/kernel/caip.ts'
import { amountSchema, decimalsSchema, positiveAmountSchema } from '../../src/kernel/money.ts'
import { digestSchema, lineSchema, nameSchema } from '../../src/kernel/names.ts'
import { instantSchema } from '../../src/kernel/time.ts'

export type Side = 'input' | 'output'
export type Node = { readonly [key: string]: unknown }

export const nodeOf = (schema: z.ZodType, io: Side): Node => z.toJSONSchema(schema, { io, unrepresentable: 'any' })

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
export const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

const SAFE = Number.MAX_SAFE_INTEGER

/** Schemas that stand in many messages, by the word that stands for them below. */
export const WORDS = {
  chain: chainSchema,
  account: accountSchema,
  asset: assetSchema,
  amount: amountSchema,
  positive: positiveAmountSchema,
  decimals: decimalsSchema,
  digest: digestSchema,
  name: nameSchema,
  line: lineSchema,
  instant: instantSchema,
} as const
const words = new Map(Object.entries(WORDS).map(([word, schema]) => [plain(nodeOf(schema, 'output')), word]))

/** `(1..64)`, `(..300)`: bounds of a length or a number; none where there are none that matter. */
function bounds(low: unknown, high: unknown): string {
  const from = typeof low === 'number' && low !== -SAFE ? String(low) : ''
  const to = typeof high === 'number' && high !== SAFE ? String(high) : ''
  return from === '' && to === '' ? '' : `(${from}..${to})`
}

function plain(node: Node): string {
  const { type, enum: choices, pattern } = node
  if ('const' in node) return JSON.stringify(node.const)
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(' | ')
  if (type === 'string') {
    return `string${bounds(node.minLength, node.maxLength)}${pattern === undefined ? '' : ` /${String(pattern)}/`}`
  }
  if (type === 'integer' || type === 'number') return `${type}${bounds(node.minimum, node.maximum)}`
  return typeof type === 'string' ? type : 'anything'
}

/** The type of one member on one line. */
export function typeText(node: Node): string {
  const several = nodes(node.anyOf ?? node.oneOf)
  if (several.length > 0) return several.map(typeText).join(' | ')
  if (node.type === 'array') {
    return `[${isNode(node.items) ? typeText(node.items) : ''}]${bounds(node.minItems, node.maxItems)}`
  }
  if (node.type === 'object') {
    const open = isNode(node.additionalProperties) ? [`[…]: ${typeText(node.additionalProperties)}`] : []
    const lax = node.additionalProperties === false || open.length > 0 ? [] : ['…']
    return `{ ${[...members(node).map(([name, text]) => `${name}: ${text}`), ...open, ...lax].join(', ')} }`
  }
  const text = plain(node)
  return words.get(text) ?? text
}

/** Members in the order of the schema: `name` or `name?`, and their types with what stands in for an absent one. */
export function members(node: Node): [string, string][] {
  const needed = Array.isArray(node.required) ? node.required : []
  return Object.entries(isNode(node.properties) ? node.properties : {}).map(([name, member]) => {
    const inner = isNode(member) ? member : {}
    const standIn = 'default' in inner ? ` = ${JSON.stringify(inner.default)}` : ''
    return [needed.includes(name) ? name : `${name}?`, `${typeText(inner)}${standIn}`]
  })
}

/** A message's name and its members, indented. */
export function messageText(type: string, schema: z.ZodType, io: Side): string {
  const node = nodeOf(schema, io)
  const rows = members(node)
  const lax = node.additionalProperties === false ? '' : ' …'
  return [`${type}${lax}`, ...rows.map(([name, text]) => `    ${name}: ${text}`)].join('\n')
}

export const wordsText = (): string => [...words].map(([text, word]) => `${word.padEnd(8)} ${text}`).join('\n')
