import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RealServer, startReal } from './real-server.ts'

type Node = { readonly [key: string]: unknown }
const nodeOf = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {})

let real: RealServer
let document: Node
beforeAll(async () => {
  real = await startReal()
  document = nodeOf(await (await real.call('GET', '/openapi.json', undefined, '')).json())
})
afterAll(() => real.close())

const operations = (): { path: string; method: string; operation: Node }[] =>
  Object.entries(nodeOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(nodeOf(item)).map(([method, operation]) => ({ path, method, operation: nodeOf(operation) })),
  )

/** Every node of the document. */
function* nodes(value: unknown): Iterable<Node> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Node
  for (const inner of Object.values(value)) yield* nodes(inner)
}

const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value.map(nodeOf) : [])

describe('the description of the API', () => {
  it('is OpenAPI 3.1 with every endpoint of the server and no other', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(nodeOf(document.info)).toMatchObject({ title: 'Pasu', version: '0.0.0-test' })
    const described = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const served = real.server.listed.map(
      ({ method, path }) => `${method} ${path.replace(/:([A-Za-z_]+)/g, '{$1}').replace('*', '{file}')}`,
    )
    expect(described.sort()).toEqual(served.sort())
  })

  it('names each parameter of a path once, as required, and each operation by an id of its own', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { path, operation } of operations()) {
      const named = listOf(operation.parameters).filter((parameter) => parameter.in === 'path')
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
      expect([path, named.map(({ name }) => name).sort()]).toEqual([path, inPath.sort()])
      expect(named.every(({ required }) => required === true)).toBe(true)
      const body = nodeOf(nodeOf(nodeOf(nodeOf(operation.requestBody).content)['application/json']).schema)
      for (const name of inPath) expect(Object.keys(nodeOf(body.properties))).not.toContain(name)
    }
  })

  it('has no reference that leads nowhere', () => {
    let count = 0
    for (const node of nodes(document)) {
      if (typeof node.$ref !== 'string') continue
      count += 1
      const target = node.$ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<Node>((at, name) => nodeOf(at[name]), document)
      expect([node.$ref, Object.keys(target).length > 0]).toEqual([node.$ref, true])
    }
    expect(count).toBeGreaterThan(operations().length)
  })

  it('tells for each command what it takes, strictly, from the schema that checks it', () => {
    const request = operations().find(({ path, method }) => path === '/v1/withdrawals' && method === 'post')?.operation
    const body = nodeOf(nodeOf(nodeOf(nodeOf(request?.requestBody).content)['application/json']).schema)
    expect(body).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: expect.arrayContaining(['withdrawal', 'wallet', 'asset', 'amount', 'to']),
      properties: { amount: { type: 'string', pattern: expect.any(String) } },
    })
    expect(request?.security).toEqual([
      { signature: [] },
      { certificate: [] },
      { session: [], proof: [] },
      { host: [] },
    ])
    const commands = operations().filter(({ operation }) => typeof operation['x-command'] === 'string')
    expect(commands.length).toBeGreaterThan(20)
  })

  it('changes only where a reviewer sees it', async () => {
    const steady = { ...document, info: { ...nodeOf(document.info), version: 'VERSION' } }
    await expect(`${JSON.stringify(steady, null, 1)}\n`).toMatchFileSnapshot('../golden/openapi.json')
  })
})
