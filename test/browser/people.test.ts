/** People of a founded team in a real browser with its virtual authenticator. Rules: console/README.md, src/server/door/README.md. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FoundedTeam, foundTeam } from '../kit/client.ts'
import { TEAM } from '../kit/team.ts'
import { type Authenticator, enrol, signIn } from './authenticator.ts'
import {
  faultsOf,
  hasChromium,
  type Look,
  launch,
  open,
  openStage,
  type Stage,
  settled,
  watchFaults,
} from './browser.ts'

const PHONE: Look = { language: 'en', width: 390, theme: 'dark' }
const HALT = { scope: 'wallet:treasury-1', reason: 'a signer looks wrong' }

describe.skipIf(!hasChromium)('a founded team', () => {
  let browser: Browser
  let stage: Stage
  let team: FoundedTeam
  /** Of han, a guardian, who enrols in the browser; the others have software passkeys. */
  let link = ''
  let han: { page: Page; context: BrowserContext; authenticator: Authenticator }
  let faults: string[] = []

  beforeAll(async () => {
    ;[stage, browser] = await Promise.all([openStage(), launch()])
    const reached = { url: stage.url, now: stage.now, enrolToken: stage.link.split('#')[1] ?? '' }
    team = await foundTeam(reached, TEAM, async (kim) => {
      await kim.did('POST', '/v1/people', { person: 'han', roles: ['guardian'], contact: 'desk 7', reason: 'founding' })
      link = String((await kim.did('POST', '/v1/people/han/enrolment', {})).link)
      await kim.did('POST', '/v1/halts', HALT)
    })
    han = await open(browser, stage, PHONE, false)
    faults = watchFaults(han.page, stage.url)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  /** Proposed by kim; its page open before han. */
  const shown = async (): Promise<string> => {
    const id = await team.as('kim').propose('halt.lift', HALT)
    await han.page.goto(`${stage.url}/proposals/${id}`)
    await settled(han.page)
    return id
  }
  const outcome = async (id: string): Promise<unknown> => {
    const { outcome: found } = await team.as('park').did('GET', `/v1/proposals/${id}`)
    return (found as { readonly state: string }).state
  }

  it('C15 somebody who was invited enrols by a link, once, and signs in', async () => {
    const { page } = han
    await enrol(page, link)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Go to the sign-in' }).click()
    await signIn(page)
    await settled(page)
    const again = await open(browser, stage, PHONE, false)
    await again.page.goto(link)
    await again.page.getByText(/^(ACCESS|DOOR|HTTP)-\d{3}$/).waitFor()
    await again.context.close()
  }, 60_000)

  it('C16 shows on a phone what would happen, approves it with the passkey, and says how far it is', async () => {
    const { page } = han
    const id = await shown()
    await page.getByText('This page computed the same digest').waitFor()
    await page.getByText('a signer looks wrong').first().waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThan(2)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Approve with your passkey' }).click()
    await page.getByText('han approved').waitFor()
    await team.as('park').approve(id)
    expect(await outcome(id)).toBe('approved')
  }, 60_000)

  it('C16 one guardian ends what others have approved', async () => {
    const { page } = han
    const id = await shown()
    for (const name of ['park', 'choi']) await team.as(name).approve(id)
    await page.getByRole('button', { name: 'Veto…' }).click()
    await page.getByLabel('Why must it not be done?').fill('nobody has looked at the signer')
    await page.keyboard.press('Enter')
    await page.getByText('Vetoed by han').first().waitFor()
    expect(await outcome(id)).toBe('vetoed')
  }, 60_000)

  it('C17 refuses to sign where what is shown is not what the digest names', async () => {
    const { page } = han
    const id = await team.as('kim').propose('halt.lift', HALT)
    await page.route(`**/v1/proposals/${id}`, async (route) => {
      const answer = await route.fetch()
      const told = await answer.text()
      await route.fulfill({ response: answer, body: told.replaceAll('a signer looks wrong', 'all is well again') })
    })
    await page.goto(`${stage.url}/proposals/${id}`)
    await page.getByText('What is shown is not what would be signed').first().waitFor()
    const approve = page.getByRole('button', { name: 'Approve with your passkey' })
    expect(await approve.getAttribute('aria-disabled')).toBe('true')
    await page.unroute(`**/v1/proposals/${id}`)
    expect(await outcome(id)).toBe('waiting')
  }, 60_000)

  it('C14 a session that is ended elsewhere is over on this screen, and its cookie elsewhere opens nothing', async () => {
    const { page, context } = han
    const cookies = await context.cookies()
    const thief = await browser.newContext()
    await thief.addCookies(cookies)
    const stolen = await thief.newPage()
    await stolen.goto(stage.url)
    await stolen.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    expect(await stolen.evaluate('fetch("/v1/state").then((answer) => answer.status)')).toBe(403)
    await thief.close()
    const sessions = Object.values(await team.as('kim').did('GET', '/v1/sessions')) as {
      session: string
      person: string
    }[]
    const mine = sessions.find(({ person }) => person === 'han')?.session
    await page.goto(`${stage.url}/sessions`)
    await settled(page)
    await team.as('kim').did('POST', `/v1/sessions/${mine}/end`, { reason: 'nobody sits there' })
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor({ timeout: 20_000 })
    expect(faults).toEqual([])
  }, 60_000)
})
