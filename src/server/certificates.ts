/** Service accounts that prove themselves by a TLS certificate (mutual TLS, RFC 8446 section 4.3.2): the very one that is registered. */
import type { Server, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { sha256, toHex } from '../kernel/bytes.ts'
import type { Instant } from '../kernel/time.ts'
import type { AccessState } from '../rooms/access/index.ts'
import type { Served } from './served.ts'

interface Shown {
  /** SHA-256 of the certificate, hexadecimal. */
  readonly sha256: string
  readonly from: Instant
  readonly to: Instant
}

/** A connection has one certificate for its life. */
const shown = new WeakMap<Socket, Shown | null>()

function read(socket: TLSSocket): Shown | null {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return null
  const { raw, validFrom, validTo } = certificate
  return { sha256: toHex(sha256(raw)), from: Date.parse(validFrom), to: Date.parse(validTo) }
}

/** The certificate that the other side of a connection holds the key of: the handshake has proved it. */
function shownBy(socket: Socket): Shown | null {
  const known = shown.get(socket)
  if (known !== undefined) return known
  const found = socket instanceof TLSSocket ? read(socket) : null
  shown.set(socket, found)
  return found
}

const isUsed = ({ certificate_sha256, removed_at }: { certificate_sha256?: string | undefined; removed_at: unknown }) =>
  certificate_sha256 !== undefined && removed_at === null

/** The service account behind a connection, if its certificate is registered and valid now. No authority is asked: registering it was the trust. */
export function serviceBehind(socket: Socket, state: AccessState, now: Instant): string | undefined {
  const certificate = shownBy(socket)
  if (certificate === null || !(certificate.from <= now && now < certificate.to)) return undefined
  for (const service of state.services.values()) {
    if (isUsed(service) && service.certificate_sha256 === certificate.sha256) return service.service
  }
  return undefined
}

/**
 * Asks for certificates on new connections as long as a service account has one. Elsewhere nobody is asked, for a browser would ask its
 * person which certificate to show. Returns how to stop looking.
 */
export function askForCertificates(server: Server, served: Served): () => void {
  const look = (): void => {
    const services = [...(served.app.rooms?.access.state.services.values() ?? [])]
    // A TLS server reads it at each handshake.
    Reflect.set(server, 'requestCert', services.some(isUsed))
  }
  look()
  return served.subscribe((recorded) => {
    if (recorded.some(({ type }) => type === 'service.registered' || type === 'service.removed')) look()
  })
}
