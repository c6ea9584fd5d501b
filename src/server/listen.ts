/** Listening: never beyond this machine without TLS or an explicit word, and one clear line where it cannot be. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { type Config, isLoopback } from '../world/config.ts'
import { readSecret } from '../world/folder.ts'
import { refused } from './refusals.ts'

export type Listen = Config['listen']

export interface Tls {
  readonly key: string
  readonly cert: string
}

/** Key and certificate of the settings, seen to belong together. Relative paths start at `folder`. */
export function readTls(listen: Listen, folder: string): Tls | undefined {
  if (listen.tls === undefined) return undefined
  const [keyPath, certPath] = [resolve(folder, listen.tls.key), resolve(folder, listen.tls.cert)]
  const key = readSecret(keyPath, 'the TLS key')
  try {
    const cert = readFileSync(certPath, 'utf8')
    createSecureContext({ key, cert })
    return { key, cert }
  } catch (cause) {
    // The cause's message is OpenSSL's or the file system's; neither repeats the key.
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : 'unknown fault'
    throw refused('HTTP-018', `${keyPath} and ${certPath}: ${why}`, { cause })
  }
}

/** Throws HTTP-015 for an address that others can reach while nothing protects the tokens on the way. */
export function checkReach(listen: Listen): void {
  if (isLoopback(listen.host) || listen.tls !== undefined || listen.allow_plain_beyond_loopback) return
  throw refused('HTTP-015', `listen.host is ${listen.host}, and tokens would travel in the clear`, {
    field: 'listen.host',
    expected: 'a loopback address, or listen.tls',
  })
}

/** The address that clients on this machine use. */
export function urlOf(listen: Listen, port: number): string {
  const everywhere = listen.host === '0.0.0.0' || listen.host === '::'
  const host = everywhere ? '127.0.0.1' : listen.host
  const spelt = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${listen.tls === undefined ? 'http' : 'https'}://${spelt}:${port}`
}

/** Listens and returns the port. Throws HTTP-016 or HTTP-017. */
export async function listenOn(app: FastifyInstance, { host, port }: Listen): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    if (code === 'EADDRINUSE') throw refused('HTTP-016', `another program listens on ${host} port ${port}`, { cause })
    throw refused('HTTP-017', `cannot listen on ${host} port ${port}: the system says ${code}`, { cause })
  }
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}
