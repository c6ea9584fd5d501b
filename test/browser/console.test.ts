/** The console in a real browser against the real server: pages, languages, widths, themes, keyboard, acts, live state. Rules: console/README.md. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from './authenticator.ts'
import {
  faultsOf,
  hasChromium,
  type Look,
  launch,
  MAIN_PAGES,
  open,
  openStage,
  type Stage,
  settled,
  watchFaults,
} from './browser.ts'

if (!hasChromium) console.log('The browser tests are skipped: /usr/bin/chromium is not installed.')

/** Every two of language, width and theme stand together in one of these. */
const LOOKS: readonly Look[] = [
  { language: 'en', width: 1280, theme: 'light' },
  { language: 'ko', width: 1280, theme: 'dark' },
  { language: 'ko', width: 390, theme: 'light' },
  { language: 'en', width: 390, theme: 'dark' },
]
const DESK: Look = { language: 'en', width: 1280, theme: 'light' }

describe.skipIf(!hasChromium)('the console', () => {
  let browser: Browser
  let stage: Stage
  /** A signed-in page, closed after the test's body. */
  const on = async (look: Look, path: string, body: (page: Page) => Promise<void>): Promise<void> => {
    const { page, context } = await open(browser, stage, look)
    await page.goto(stage.url + path)
    await settled(page)
    await body(page)
    await context.close()
  }
  const ask = async (path: string): Promise<unknown> => {
    const answer = await fetch(stage.url + path, { headers: { authorization: `Bearer ${stage.token}` } })
    return answer.json()
  }

  beforeAll(async () => {
    browser = await launch()
    stage = await openStage(browser)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  it('C13 says in words that no passkey answered, opens with the right one, and forgets it on signing out', async () => {
    const { page, context, authenticator } = await open(browser, { ...stage, passkey: undefined }, DESK, false)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('alert').waitFor()
    await authenticator.hold(stage.passkey)
    await signIn(page)
    stage.passkey = (await authenticator.passkey()) ?? stage.passkey
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor()
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    await context.close()
  }, 60_000)

  it.each(LOOKS)(
    'C13 every page stands up to axe, fits its screen and keeps to the security policy ($language, $width px, $theme)',
    async (look) => {
      const { page, context } = await open(browser, stage, look)
      const faults = watchFaults(page, stage.url)
      for (const [name, path] of await stage.pages()) {
        await page.goto(stage.url + path)
        await settled(page)
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
        if (over > 1) faults.push(`${name}: ${over} px too wide`)
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
      }
      expect(faults).toEqual([])
      await context.close()
    },
    240_000,
  )

  it('C13 stands up to axe with a dialog, the palette and the sheet in front', async () => {
    await on({ language: 'ko', width: 390, theme: 'dark' }, '/', async (page) => {
      const faults: string[] = []
      const look = async (name: string): Promise<void> => {
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
        await page.keyboard.press('Escape')
      }
      await page.locator('#halts').getByRole('button', { name: '정지…', exact: true }).click()
      await page.getByRole('alertdialog').waitFor()
      await look('dialog')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').last().waitFor()
      await look('palette')
      await page.getByRole('button', { name: '더 보기' }).click()
      await page.getByRole('dialog').waitFor()
      await look('sheet')
      expect(faults).toEqual([])
    })
  }, 60_000)

  it('C4 speaks the browser’s language until another is chosen, and remembers that', async () => {
    await on({ language: 'ko', width: 1280, theme: 'light' }, '/wallets', async (page) => {
      await page.getByRole('heading', { level: 1, name: '지갑' }).waitFor()
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: 'Wallets' }).waitFor()
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Wallets' }).waitFor()
      expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    })
  }, 60_000)

  it('C6 keeps a chosen appearance before anything is painted', async () => {
    await on(DESK, '/', async (page) => {
      const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
      const light = await ground()
      await page.getByRole('button', { name: 'Dark', exact: true }).click()
      const dark = await ground()
      expect(dark).not.toBe(light)
      await page.goto(`${stage.url}/drills`)
      expect(await ground()).toBe(dark)
    })
  }, 60_000)

  it('C10 tells the case: moments, duties, flow, notices, money', async () => {
    await on(DESK, `/incidents/${stage.incident}`, async (page) => {
      await page.getByRole('heading', { level: 1, name: /Theft/ }).waitFor()
      await page.locator('.picture svg').waitFor()
      await page.getByRole('heading', { level: 3, name: 'Intrusion incident - first report' }).first().waitFor()
      await page.getByText('adds up', { exact: true }).waitFor()
      await page.getByText('0.8 s after').first().waitFor()
      await page.locator('.draft summary').first().click()
      await page.locator('.letter pre').filter({ hasText: '한국인터넷진흥원' }).first().waitFor()
    })
  }, 60_000)

  it('C10 on paper everything is unfolded and nothing is left to press', async () => {
    await on(DESK, `/incidents/${stage.incident}`, async (page) => {
      const body = page.locator('.letter pre').first()
      expect(await body.isVisible()).toBe(false)
      await page.emulateMedia({ media: 'print' })
      expect(await body.isVisible()).toBe(true)
      expect(await page.locator('.bar').isVisible()).toBe(false)
      expect(await page.locator('.button').filter({ visible: true }).count()).toBe(0)
    })
  }, 60_000)

  it('C8 a halt that somebody raises elsewhere is on the screen without a reload', async () => {
    await on(DESK, '/', async (page) => {
      await page.getByText('live', { exact: true }).waitFor()
      const parameters = { scope: 'wallet:treasury-1', reason: 'a drill within the drill' }
      await stage.submit('halt.raise', parameters)
      await page.getByText('a drill within the drill').first().waitFor()
      await stage.submit('proposal.make', { act: 'halt.lift', parameters, reason: 'over' }, 'person:kim')
    })
  }, 60_000)

  it('C13 by keyboard alone: skip link, palette, a row’s panel and back, a halt raised and lifted', async () => {
    await on(DESK, '/', async (page) => {
      const focused = () => page.evaluate<string>('document.activeElement?.textContent ?? ""')
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('Skip to the page')
      await page.keyboard.press('Control+k')
      await expect
        .poll(() => page.evaluate<string | null>('document.activeElement?.getAttribute("role") ?? null'))
        .toBe('combobox')
      await page.keyboard.type('Wallets')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Wallets' }).waitFor()
      await expect.poll(focused).toBe('Wallets')
      const row = page.getByRole('link', { name: 'treasury-1', exact: true })
      await row.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: 'treasury-1' }).waitFor()
      await expect.poll(focused).toBe('treasury-1')
      await page.keyboard.press('Escape')
      await expect.poll(() => row.evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true)
    })
  }, 60_000)

  it('C10 raises a halt after one question that names its effect, and lifts it with a reason', async () => {
    await on(DESK, '/', async (page) => {
      await page.getByLabel('What to halt').selectOption('wallet:treasury-1')
      await page.locator('#halts').getByRole('button', { name: 'Halt…', exact: true }).click()
      const dialog = page.getByRole('alertdialog')
      await dialog.getByText('Halt wallet treasury-1?').waitFor()
      const confirm = dialog.getByRole('button', { name: 'Halt wallet treasury-1' })
      expect(await confirm.isDisabled()).toBe(true)
      await dialog.getByLabel('Why is it halted?').fill('signer looks wrong')
      await page.keyboard.press('Enter')
      await page.getByText('signer looks wrong').first().waitFor()
      expect(JSON.stringify(await ask('/v1/halts'))).toContain('signer looks wrong')
      await page.getByRole('button', { name: 'Lift the halt of wallet treasury-1' }).click()
      await dialog.getByLabel('Why may it be lifted?').fill('checked')
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      expect(JSON.stringify(await ask('/v1/halts'))).not.toContain('signer looks wrong')
    })
  }, 60_000)

  it('C10 shows a refusal with its number, what to do and where it is explained', async () => {
    await on(DESK, '/withdrawals/no-such-withdrawal', async (page) => {
      await page.getByText('GATE-021', { exact: true }).waitFor()
      await page.getByRole('link', { name: 'What GATE-021 means' }).click()
      await page.getByRole('heading', { level: 1, name: 'What GATE-021 means' }).waitFor()
    })
  }, 60_000)

  it('C10 asks the server also while the browser takes itself to be offline: it may stand on this very machine', async () => {
    await on(DESK, '/withdrawals?status=settled', async (page) => {
      await page.evaluate('window.dispatchEvent(new Event("offline"))')
      await page.locator('a[data-row]').first().click()
      await page.getByText('Halt epoch').waitFor()
    })
  }, 60_000)

  it('C10 a form keeps what was refused, says why below it, and is empty after what was taken', async () => {
    await on(DESK, '/duties', async (page) => {
      const form = page.locator('form', { has: page.getByRole('button', { name: 'Set the recipient' }) })
      const to = form.locator('[name=to]')
      await form.locator('[name=authority]').fill('FSS')
      await form.locator('[name=reason]').fill('a new desk')
      await to.fill('nobody at all')
      await page.keyboard.press('Enter')
      await form.getByRole('alert').waitFor()
      expect(await to.inputValue()).toBe('nobody at all')
      await to.fill(' desk@authority.example ')
      await page.keyboard.press('Enter')
      await form.getByRole('alert').waitFor({ state: 'detached' })
      await expect.poll(() => to.inputValue()).toBe('')
      expect(JSON.stringify(await ask('/v1/recipients'))).toContain('"desk@authority.example"')
    })
  }, 60_000)

  it('C10 a disabled act says why in writing', async () => {
    await on(DESK, `/repayment/${stage.incident}`, async (page) => {
      const pay = page.getByRole('button', { name: 'Pay…' })
      expect(await pay.getAttribute('aria-disabled')).toBe('true')
      const described = await pay.getAttribute('aria-describedby')
      expect(await page.locator(`[id="${described}"]`).textContent()).toContain('Nothing is planned and unpaid')
    })
  }, 60_000)

  it('C12 exports what the filter shows, in base units', async () => {
    await on(DESK, '/withdrawals?status=settled', async (page) => {
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export CSV' }).click()
      const text = readFileSync(await (await waiting).path(), 'utf8')
      const [head, first] = text.split('\r\n')
      expect(head).toMatch(/^withdrawal,status,wallet,asset,symbol,amount_base_units,amount,to/)
      expect(first).toMatch(/,settled,.*,\d+,/)
    })
  }, 60_000)

  it('C9 proves an entry in the page and copies it as evidence', async () => {
    const { page, context } = await open(browser, stage, DESK)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`${stage.url}/evidence/100`)
    await page.getByRole('button', { name: 'Prove it in this browser' }).click()
    await page.getByText(/Proven: entry 100 is under the root/).waitFor()
    await page.getByText(/signature is valid/).waitFor()
    await page.getByRole('button', { name: 'Copy as evidence' }).click()
    await page.getByText('the evidence copied').waitFor()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toContain('journal index: 100')
    expect(copied).toContain(`${stage.url}/journal/tile/entries/000`)
    await context.close()
  }, 60_000)

  it('C9 verifies the journal from the page', async () => {
    await on(DESK, '/evidence', async (page) => {
      await page.getByRole('button', { name: 'Verify the journal' }).click()
      await page.getByText(/Sound: [\d,]+ entries checked/).waitFor({ timeout: 30_000 })
    })
  }, 60_000)

  it('C13 the pages of the rail are one press away on a phone', async () => {
    await on({ language: 'ko', width: 390, theme: 'light' }, '/', async (page) => {
      const rail = page.getByRole('navigation', { name: '업무' })
      for (const name of MAIN_PAGES) {
        await rail.getByRole('link', { name, exact: true }).click()
        await page.getByRole('heading', { level: 1, name }).waitFor()
      }
      await rail.getByRole('button', { name: '더 보기' }).click()
      await page.getByRole('dialog').getByRole('link', { name: '증거' }).click()
      await page.getByRole('heading', { level: 1, name: '증거' }).waitFor()
    })
  }, 60_000)
})
