import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** The browser's address bar, as far as the module touches it. */
function addressBar(href: string) {
  const location = new URL(href)
  const listeners: (() => void)[] = []
  vi.stubGlobal('location', location)
  vi.stubGlobal('history', {
    state: { key: 'kept' },
    replaceState: (_state: unknown, _title: string, path: string) => {
      location.href = new URL(path, location.origin).href
    },
  })
  vi.stubGlobal('window', { addEventListener: (_type: string, listener: () => void) => listeners.push(listener) })
  const paste = (hash: string): void => {
    location.hash = hash
    for (const listener of listeners) listener()
  }
  return { location, paste }
}

describe('the one-time link', () => {
  beforeEach(() => vi.resetModules())
  afterEach(() => vi.unstubAllGlobals())

  it('C19 its secret is taken out of the address bar when the module is loaded', async () => {
    const { location } = addressBar('https://pasu.example/enrol#s3cret')
    const { enrolmentLink } = await import('./enrolment-link.ts')
    expect(location.href).toBe('https://pasu.example/enrol')
    expect(enrolmentLink()).toEqual({ token: 's3cret', serial: 1 })
  })

  it('C19 a second link in the same tab is another one, and is taken out too', async () => {
    const { location, paste } = addressBar('https://pasu.example/enrol#one')
    const { enrolmentLink, onEnrolmentLink } = await import('./enrolment-link.ts')
    const told = vi.fn()
    onEnrolmentLink(told)
    paste('#two')
    expect([location.href, enrolmentLink(), told.mock.calls.length]).toEqual([
      'https://pasu.example/enrol',
      { token: 'two', serial: 2 },
      1,
    ])
  })

  it('C19 no other page loses its fragment', async () => {
    const { location } = addressBar('https://pasu.example/#todo')
    const { enrolmentLink } = await import('./enrolment-link.ts')
    expect([location.hash, enrolmentLink()]).toEqual(['#todo', undefined])
  })
})
