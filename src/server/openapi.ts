/** The API's description (OpenAPI 3.1), made from the very schemas that requests are checked with. */
import { z } from 'zod'
import type { Data } from '../machine/room.ts'
import type { BoundRoute, Who } from '../machine/route.ts'
import type { Endpoint } from './endpoint.ts'

type Node = { readonly [key: string]: unknown }

export interface Described {
  readonly routes: readonly BoundRoute[]
  readonly endpoints: readonly Endpoint[]
  readonly schemas: ReadonlyMap<string, z.ZodType<Data>>
  readonly version: string
}

const problemResponse = { $ref: '#/components/responses/Problem' }

/** `/v1/wallets/:wallet` -> `/v1/wallets/{wallet}`; what is behind a star is one parameter, as OpenAPI knows no better. */
export const templateOf = (path: string): string => path.replace(/:([A-Za-z_]+)/g, '{$1}').replace('*', '{file}')
const namesIn = (path: string): string[] => [...templateOf(path).matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '')

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of what a caller sends, as JSON Schema 2020-12. */
function jsonSchema(schema: z.ZodType): Node {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node
  return rest
}

/** An object's schema without some of its members: those that stand in the path. */
function without(schema: Node, names: readonly string[]): Node {
  const { properties, required, ...rest } = schema
  if (!isNode(properties)) return schema
  const left = Array.isArray(required) ? required.filter((name) => !names.includes(String(name))) : []
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)))
  return { ...rest, properties: kept, ...(left.length === 0 ? {} : { required: left }) }
}

function member(schema: Node | undefined, name: string): Node {
  const properties = schema?.properties
  const found = isNode(properties) ? properties[name] : undefined
  return isNode(found) ? found : { type: 'string' }
}

const inPath = (path: string, schema: Node | undefined): Node[] =>
  namesIn(path).map((name) => ({ name, in: 'path', required: true, schema: member(schema, name) }))

function inQuery(path: string, schema: Node | undefined): Node[] {
  const properties = schema?.properties
  if (!isNode(properties)) return []
  const needed = Array.isArray(schema?.required) ? schema.required : []
  return Object.keys(properties)
    .filter((name) => !namesIn(path).includes(name))
    .map((name) => ({ name, in: 'query', required: needed.includes(name), schema: member(schema, name) }))
}

/** A person's cookie is nothing without the proof of the device. */
const PERSON: Node = { session: [], proof: [] }
const HOST: Node = { host: [] }
const security: Readonly<Record<Who, readonly Node[]>> = {
  public: [],
  service: [{ signature: [] }, { certificate: [] }, PERSON, HOST],
  person: [PERSON, HOST],
}

function operation(
  of: { method: string; path: string; who: Who; summary: string; mediaType?: string },
  more: Node,
): Node {
  const id = `${of.method.toLowerCase()} ${of.path}`.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')
  const good = {
    description: 'Done; for a command, durable.',
    content: { [of.mediaType ?? 'application/json']: { schema: {} } },
  }
  return {
    operationId: id,
    summary: of.summary,
    tags: [of.path.split('/')[of.path.startsWith('/v1/') ? 2 : 1] ?? 'server'],
    security: security[of.who],
    ...more,
    responses: { 200: good, default: problemResponse },
  }
}

function routeOperation(route: BoundRoute, schemas: Described['schemas']): Node {
  const zod = route.command === undefined ? route.params : schemas.get(route.command)
  const schema = zod && jsonSchema(zod)
  if (route.command === undefined) {
    return operation(route, { parameters: [...inPath(route.path, schema), ...inQuery(route.path, schema)] })
  }
  const body = schema && without(schema, namesIn(route.path))
  return operation(route, {
    'x-command': route.command,
    parameters: inPath(route.path, schema),
    ...(body && {
      requestBody: { required: Array.isArray(body.required), content: { 'application/json': { schema: body } } },
    }),
  })
}

function endpointOperation(endpoint: Endpoint): Node {
  const query = Object.entries(endpoint.query ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema: { type: 'string' },
  }))
  const { body, takes } = endpoint
  if (takes !== undefined) {
    const schema = without(jsonSchema(takes), [])
    const json = { required: true, content: { 'application/json': { schema } } }
    return operation(endpoint, { parameters: inPath(endpoint.path, undefined), requestBody: json })
  }
  const content = body && Object.fromEntries(body.types.map((type) => [type, { schema: {} }]))
  return operation(endpoint, {
    parameters: [...inPath(endpoint.path, undefined), ...query],
    ...(body && { requestBody: { required: true, description: body.what, content } }),
  })
}

/** RFC 9457, with the members that Pasu adds. */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'kind'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Where the code is explained.' },
    title: { type: 'string', description: 'In Korean or English, by Accept-Language.' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string', pattern: '^[A-Z]+-[0-9]{3}$' },
    kind: { enum: ['invalid', 'denied', 'conflict', 'missing', 'busy', 'broken'] },
    field: { type: 'string' },
    expected: { type: 'string' },
    context: { type: 'object' },
  },
}

export function openApi({ routes, endpoints, schemas, version }: Described): Node {
  const paths: Record<string, Record<string, Node>> = {}
  const add = (method: string, path: string, node: Node): void => {
    const template = templateOf(path)
    paths[template] = { ...paths[template], [method.toLowerCase()]: node }
  }
  for (const route of routes) add(route.method, route.path, routeOperation(route, schemas))
  for (const endpoint of endpoints) add(endpoint.method, endpoint.path, endpointOperation(endpoint))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pasu',
      version,
      description:
        'Amounts are decimal strings of base units, instants are milliseconds since 1970-01-01T00:00:00Z, ids are CAIP.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'pasu',
          description: 'Set by POST /v1/sign-in; over TLS __Host-pasu.',
        },
        proof: {
          ...{ type: 'apiKey', in: 'header', name: 'DPoP' },
          description: 'A proof of the session’s device for this request (RFC 9449), with the session’s id as sid.',
        },
        signature: {
          ...{ type: 'apiKey', in: 'header', name: 'Signature' },
          description: 'A service account’s HTTP message signature (RFC 9421), Ed25519, beside Signature-Input.',
        },
        certificate: { type: 'mutualTLS', description: 'A service account’s registered certificate.' },
        host: { type: 'http', scheme: 'bearer', description: 'The token in host.token, on the server itself.' },
      },
      schemas: { Problem: problemSchema },
      responses: {
        Problem: {
          description: 'A typed refusal (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}
