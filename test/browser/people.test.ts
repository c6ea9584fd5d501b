/** People in a real browser with its virtual authenticator against the real server. Rules: console/README.md, src/server/door/README.md. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrol, signIn } from './authenticator.ts'
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

const DESK: Look = { language: 'en', width: 1280, theme: 'light' }

describe.skipIf(!hasChromium)('people', () => {
  let browser: Browser
  let stage: Stage
  beforeAll(async () => {
    ;[stage, browser] = await Promise.all([openStage(), launch()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  it('C14 the first person enrols by the link, signs in with the passkey, and the link is gone', async () => {
    const { page, context, authenticator } = await open(browser, stage, DESK, false)
    const faults = watchFaults(page, stage.url)
    await enrol(page, stage.link, 'kim')
    stage.passkey = await authenticator.passkey()
    expect(page.url()).not.toContain('#')
    faults.push(...(await faultsOf(page)))
    await page.getByRole('link', { name: 'Go to the sign-in' }).click()
    await signIn(page)
    await settled(page)
    expect(faults).toEqual([])
    await context.close()
  }, 60_000)
})
