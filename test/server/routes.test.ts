import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from './echo-server.ts'
import { type RealServer, startReal } from './real-server.ts'

let real: RealServer
beforeAll(async () => {
  real = await startReal()
})
afterAll(() => real.close())

/** A path that reaches the route: any word for each parameter. */
const reaching = (path: string): string => path.replace(/:[A-Za-z_]+/g, 'x').replace('*', 'checkpoint')

describe('the list of endpoints', () => {
  it('is what a reviewer agreed to: method, path, who may', async () => {
    const lines = real.server.listed.map(({ method, path, who }) => `${who.padEnd(8)} ${method.padEnd(4)} ${path}`)
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('../golden/routes.txt')
  })

  it('has each method and path once', () => {
    const keys = real.server.listed.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('H27 lets nobody in without a credential but where the list says public', async () => {
    const before = real.deployment.journal.size
    for (const { method, path, who } of real.server.listed) {
      const body = method === 'GET' ? undefined : { nonsense: true }
      const response = await real.call(method, reaching(path), body, '')
      await response.arrayBuffer()
      expect([method, path, response.status === 401]).toEqual([method, path, who !== 'public'])
    }
    expect(real.deployment.journal.size).toBe(before)
  })

  it('refuses nonsense at every door that takes a command: a problem that names the member', async () => {
    for (const { method, path } of real.server.listed) {
      if (method === 'GET' || path === '/v1/journal/verify') continue
      const response = await real.call(method, reaching(path), { nonsense: [1] })
      const problem = await problemOf(response)
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        400,
        'application/problem+json; charset=utf-8',
      ])
      expect([path, problem]).toEqual([
        path,
        expect.objectContaining({ code: 'INPUT-001', kind: 'invalid', field: expect.any(String) }),
      ])
    }
  })

  it('refuses an unknown query member at every door that shows something', async () => {
    for (const { method, path } of real.server.listed) {
      if (method !== 'GET' || !path.startsWith('/v1/') || /stream|result|picture|explain/.test(path)) continue
      const problem = await problemOf(await real.call('GET', `${reaching(path)}?nonsense=1`))
      expect([path, problem.status, problem.kind]).toEqual([path, 400, 'invalid'])
    }
  })
})
