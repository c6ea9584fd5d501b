/** Chromium's own virtual authenticator: a passkey on this machine, its owner recognised each time. */
import type { Page } from 'playwright-core'

/** A discoverable credential as the DevTools protocol hands it over, private key included. */
export interface Passkey {
  readonly credentialId: string
  readonly isResidentCredential: boolean
  readonly rpId: string
  readonly privateKey: string
  readonly userHandle: string
  readonly signCount: number
}

export interface Authenticator {
  /** The one passkey that it holds. */
  passkey(): Promise<Passkey | undefined>
  /** Takes one that another held. */
  hold(passkey: Passkey | undefined): Promise<void>
}

/** The page's context has this authenticator from now on, with a passkey that another one held. */
export async function withAuthenticator(page: Page, held?: Passkey): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  const hold = async (passkey: Passkey | undefined): Promise<void> => {
    if (passkey !== undefined) await session.send('WebAuthn.addCredential', { authenticatorId, credential: passkey })
  }
  await hold(held)
  return {
    hold,
    async passkey() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      const [found] = credentials
      return found && ({ rpId: 'localhost', userHandle: '', ...found } satisfies Passkey)
    },
  }
}

/** One press. The sign-in page has a `main` of its own: only `main#page` says that somebody is in. */
export async function signIn(page: Page): Promise<void> {
  await page.locator('button.primary.large').click()
  await page.locator('main#page').waitFor()
}

/** By a link: a passkey made, then a first signature by it. The founder also says a name. */
export async function enrol(page: Page, link: string, founder?: string): Promise<void> {
  await page.goto(link)
  if (founder !== undefined) {
    await page.getByLabel('Your name here').fill(founder)
    await page.getByLabel(/^Operator/).check()
  }
  await page.getByLabel('What to call this key').fill('this laptop')
  await page.getByRole('button', { name: 'Make the passkey' }).click()
  await page.getByRole('button', { name: 'Sign with it' }).click()
  await page.getByRole('link', { name: 'Go to the sign-in' }).waitFor()
}
