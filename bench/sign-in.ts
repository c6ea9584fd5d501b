/**
 * From the press of the button to the first page with its data, in Chromium with a virtual authenticator, against the real server. The peer is
 * the same page opened anew by somebody who is signed in: no ceremony, everything else alike. Target: below a second.
 */
import { signIn } from '../test/browser/authenticator.ts'
import { hasChromium, launch, open, openStage, settled } from '../test/browser/browser.ts'

const TIMES = 20
const TARGET_MS = 1_000

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

function told(name: string, taken: number[]): void {
  taken.sort((a, b) => a - b)
  const [median, p95] = [at(taken, 0.5), at(taken, 0.95)].map((ms) => ms.toFixed(0))
  console.log(`${name.padEnd(28)} median ${median} ms, p95 ${p95} ms, worst ${at(taken, 1).toFixed(0)} ms`)
}

async function measure(): Promise<void> {
  const browser = await launch()
  const stage = await openStage(browser)
  const [signedIn, opened]: [number[], number[]] = [[], []]
  // The first opens the policies, as the first request after any start does.
  for (let time = 0; time <= TIMES; time++) {
    const { page, context, authenticator } = await open(
      browser,
      stage,
      { language: 'en', width: 1280, theme: 'light' },
      false,
    )
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    const pressed = performance.now()
    await signIn(page)
    await settled(page)
    const took = performance.now() - pressed
    if (time === 0) console.log(`the very first, policies read: ${took.toFixed(0)} ms`)
    else signedIn.push(took)
    stage.passkey = (await authenticator.passkey()) ?? stage.passkey
    const reloaded = performance.now()
    await page.goto(stage.url)
    await settled(page)
    if (time > 0) opened.push(performance.now() - reloaded)
    await context.close()
  }
  told('signing in', signedIn)
  told('opening it, signed in (peer)', opened)
  console.log(`target for the median: ${TARGET_MS} ms`)
  await browser.close()
  await stage.close()
}

if (hasChromium) await measure()
else console.log('Not measured: /usr/bin/chromium is not installed.')
