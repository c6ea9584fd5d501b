/** The console in a real browser against the real server: pages, languages, widths, themes, keyboard, live state. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, type Look, launch, open, openStage, PAGES, type Stage } from './browser.ts'

if (!hasChromium) console.log('The browser tests are skipped: /usr/bin/chromium is not installed.')

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Names of the rules that axe finds broken, with the first element of each. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 160)))',
  )
}

const LOOKS: readonly Look[] = [
  { language: 'en', width: 1280, theme: 'light' },
  { language: 'ko', width: 390, theme: 'dark' },
]

describe.skipIf(!hasChromium)('the console', () => {
  let browser: Browser
  let stage: Stage

  beforeAll(async () => {
    ;[stage, browser] = await Promise.all([openStage(), launch()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  it('refuses a wrong token in words, and opens with the right one', async () => {
    const { page, context } = await open(browser, stage, { language: 'en', width: 1280, theme: 'light' }, false)
    await page.getByLabel('Operator token').fill('x'.repeat(43))
    await page.keyboard.press('Enter')
    await page.getByText('This token is not accepted').waitFor()
    await page.getByLabel('Operator token').fill(stage.token)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor()
    await context.close()
  })

  it.each(LOOKS)(
    'every page stands up to axe and has its heading ($language, $width px, $theme)',
    async (look) => {
      const { page, context } = await open(browser, stage, look)
      const broken: string[] = []
      page.on('pageerror', (fault) => broken.push(`error: ${fault.message}`))
      for (const [name, path] of PAGES(stage.incident)) {
        await page.goto(stage.url + path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        // The stream never ends, so there is no idle network to wait for; the readings are there within this time.
        await page.waitForTimeout(400)
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
        if (wide > 1) broken.push(`${name}: ${wide} px too wide`)
        broken.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
      }
      expect(broken).toEqual([])
      await context.close()
    },
    90_000,
  )

  it('tells the case: what was stolen, the flow, the duties, the money', async () => {
    const { page, context } = await open(browser, stage, { language: 'en', width: 1280, theme: 'light' })
    await page.goto(`${stage.url}/incidents/${stage.incident}`)
    await page.getByRole('heading', { level: 1, name: /Theft/ }).waitFor()
    await page.getByRole('heading', { name: 'Where it went' }).waitFor()
    await page.locator('.picture svg').waitFor()
    await page.getByText('Intrusion incident - first report').first().waitFor()
    await context.close()
  })

  it('a halt that somebody raises is on the screen without a reload', async () => {
    const { page, context } = await open(browser, stage, { language: 'en', width: 1280, theme: 'light' })
    await page.getByText('live', { exact: true }).waitFor()
    await stage.submit('halt.raise', { scope: 'wallet:treasury-1', reason: 'a drill within the drill' })
    await page.getByText('a drill within the drill').first().waitFor()
    await stage.submit('halt.lift', { scope: 'wallet:treasury-1', reason: 'over' })
    await context.close()
  })

  it('goes anywhere by keyboard alone: palette, pages, skip link', async () => {
    const { page, context } = await open(browser, stage, { language: 'en', width: 1280, theme: 'light' })
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Evidence')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Evidence' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Withdrawals')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Withdrawals' }).waitFor()
    await context.close()
  })

  it('verifies the journal from the page', async () => {
    const { page, context } = await open(browser, stage, { language: 'en', width: 1280, theme: 'light' })
    await page.goto(`${stage.url}/evidence`)
    await page
      .getByRole('button', { name: /verify/i })
      .first()
      .click()
    await page
      .getByText(/sound|no fault|in order/i)
      .first()
      .waitFor({ timeout: 30_000 })
    await context.close()
  })
})
