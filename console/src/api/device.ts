/** Where the session's key outlives a reload: IndexedDB, which keeps the key without ever showing it. Nothing that opens anything is kept. */
import type { Credentials } from './proof.ts'

const NAME = 'pasu'
const STORE = 'session'
const KEY = 'current'
const VERSION = 1

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
  return settled(request)
}

/** A browser that keeps nothing (a private window) still signs in: the session then ends with the page. */
async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) {
  try {
    const database = await open()
    try {
      return await settled(act(database.transaction(STORE, mode).objectStore(STORE)))
    } finally {
      database.close()
    }
  } catch {
    return undefined
  }
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false
  const [session, device]: [unknown, unknown] = [Reflect.get(value, 'session'), Reflect.get(value, 'device')]
  return typeof session === 'string' && typeof device === 'object' && device !== null
}

export async function keptCredentials(): Promise<Credentials | undefined> {
  const kept: unknown = await inStore('readonly', (store) => store.get(KEY))
  return isCredentials(kept) ? kept : undefined
}

export const keepCredentials = (credentials: Credentials): Promise<unknown> =>
  inStore('readwrite', (store) => store.put(credentials, KEY))

export const forgetCredentials = (): Promise<unknown> => inStore('readwrite', (store) => store.delete(KEY))
