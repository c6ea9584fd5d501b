/** A checkpoint as a signed note (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), and its Ed25519 signature checked by the browser. */

export interface Checkpoint {
  readonly text: string
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/** The signature type of Ed25519 in a verifier key. */
const ED25519 = 1
const KEY_ID_BYTES = 4

export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

export function parseCheckpoint(note: string): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return undefined
  const text = note.slice(0, end + 1)
  const [origin = '', size = '', root = ''] = text.split('\n')
  const rootBytes = fromBase64(root)
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || rootBytes?.length !== 32) return undefined
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => {
      const [dash, name, signature] = line.split(' ')
      const bytes = fromBase64(signature ?? '')
      return dash === '—' && name !== undefined && bytes !== undefined && bytes.length > KEY_ID_BYTES
        ? [{ name, bytes }]
        : []
    })
  return { text, origin, size: Number(size), root: rootBytes, signatures }
}

/** Whether the note carries a valid signature of this verifier key; `undefined` where this browser can't check Ed25519. */
export async function signedBy(checkpoint: Checkpoint, vkey: string): Promise<boolean | undefined> {
  // The key is base64, whose letters include "+": only the first two of them part the name, the id and the key.
  const [, name, id, key] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim()) ?? []
  const keyBytes = fromBase64(key ?? '')
  if (name === undefined || id === undefined || keyBytes === undefined || keyBytes[0] !== ED25519) return false
  const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const mine = checkpoint.signatures.find(
    (signature) => signature.name === name && hex(signature.bytes.subarray(0, KEY_ID_BYTES)) === id,
  )
  if (mine === undefined) return false
  try {
    const imported = await crypto.subtle.importKey('raw', keyBytes.slice(1), 'Ed25519', false, ['verify'])
    const signature = mine.bytes.slice(KEY_ID_BYTES)
    return await crypto.subtle.verify('Ed25519', imported, signature, new TextEncoder().encode(checkpoint.text))
  } catch {
    return undefined
  }
}
