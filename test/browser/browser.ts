/** Debian's Chromium and the real server over a drill's data folder. Nothing here is a stand-in. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { runDrill } from '../../src/drill/index.ts'
import { startServer } from '../../src/server/index.ts'
import { openDeployment } from '../../src/world/deployment.ts'
import { readEnrolToken, readFolder } from '../../src/world/folder.ts'
import { pictureOf } from '../../src/world/tracing/picture.ts'
import { type Authenticator, enrol, type Passkey, signIn, withAuthenticator } from './authenticator.ts'

export const CHROMIUM = '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)

const CONSOLE = fileURLToPath(new URL('../../console', import.meta.url))

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export interface Stage {
  /** By name: a passkey is bound to a domain, and an address is none. */
  readonly url: string
  /** The host's, which reads. */
  readonly token: string
  /** Of the founder's enrolment. */
  readonly link: string
  /** The founder's passkey, once somebody has enrolled. */
  passkey: Passkey | undefined
  readonly incident: string
  /** The deployment's clock: the scenario's evening goes on. */
  now(): number
  /** By somebody who is not in this browser; the founder where it takes a person. */
  submit(type: string, data: object, by?: string): Promise<unknown>
  /** Every page, each with something in it. */
  pages(): Promise<readonly (readonly [name: string, path: string])[]>
  close(): Promise<void>
}

/** A deployment that a drill left, served by the real server with the built console; its founder enrolled in a browser, unless told otherwise. */
export async function openStage(browser?: Browser): Promise<Stage> {
  await build({ root: CONSOLE, configFile: join(CONSOLE, 'vite.config.ts'), logLevel: 'error' })
  const parent = mkdtempSync(join(tmpdir(), 'pasu-browser-'))
  const path = join(parent, 'data')
  const { answer } = await runDrill({ language: 'en', scenario: 'upbit-2025', data: path })
  const read = readFolder(path)
  const folder = { ...read, config: { ...read.config, listen: { ...read.config.listen, port: 0 } } }
  // The scenario's own evening goes on: nothing is overdue merely because the drill plays last year.
  const began = Date.now()
  const last = Date.parse(answer.detection.halted ?? '') + 34 * 60_000
  // From one instant on, at the pace of the wall: a clock that ran ahead with each turn would outrun the proofs of requests.
  let from = last
  const now = (): number => from + (Date.now() - began)
  const id = answer.incident?.id ?? ''
  const deployment = openDeployment({ folder, now, wake: false, deliver: false })
  from = Math.max(from, deployment.app.machine.position.lastAt)
  const server = await startServer({
    deployment,
    version: 'test',
    consoleFolder: join(CONSOLE, 'dist'),
    picture: (bytes, language) => pictureOf(deployment.app, bytes, language),
  })
  const url = `http://localhost:${new URL(server.url).port}`
  const stage: Stage = {
    url,
    token: folder.hostToken,
    link: `${url}/enrol#${readEnrolToken(path) ?? ''}`,
    passkey: undefined,
    incident: id,
    now,
    submit: (type, data, by = 'test') => deployment.submit({ type, data: { ...data }, by }),
    async pages() {
      const headers = { authorization: `Bearer ${folder.hostToken}` }
      const read = async (path: string): Promise<string> => (await fetch(url + path, { headers })).text()
      const withdrawal = /"withdrawal":"([^"]+)"/.exec(await read('/v1/withdrawals?limit=1'))?.[1]
      const trace = /"trace":"([^"]+)"/.exec(await read(`/v1/incidents/${id}`))?.[1]
      if (withdrawal === undefined || trace === undefined) throw new Error('the drill left no withdrawal or no trace')
      return [
        ['now', '/'],
        ['withdrawals', '/withdrawals'],
        ['withdrawal', `/withdrawals/${withdrawal}`],
        ['wallets', '/wallets'],
        ['wallet', '/wallets/hot-1'],
        ['incidents', '/incidents'],
        ['incident', `/incidents/${id}`],
        ['duties', '/duties'],
        ['trace', '/trace'],
        ['one trace', `/trace/${trace}`],
        ['repayment', '/repayment'],
        ['one repayment', `/repayment/${id}`],
        ['people', '/people'],
        ['person', '/people/kim'],
        ['sessions', '/sessions'],
        ['proposals', '/proposals'],
        ['alerts', '/alerts'],
        ['evidence', '/evidence'],
        ['entry', '/evidence/100'],
        ['drills', '/drills'],
        ['refusal', '/explain/GATE-014'],
        ['lost', '/nowhere'],
      ]
    },
    async close() {
      await server.close()
      await deployment.close()
      rmSync(parent, { recursive: true, force: true })
    },
  }
  if (browser !== undefined) await enrolFounder(browser, stage)
  return stage
}

/** Founding stays open: the founder's guarded acts are done at once, as the pages' own tests want it. */
async function enrolFounder(browser: Browser, stage: Stage): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const authenticator = await withAuthenticator(page)
  await enrol(page, stage.link, 'kim')
  stage.passkey = await authenticator.passkey()
  await context.close()
}

export interface Look {
  readonly language: 'en' | 'ko'
  readonly width: number
  readonly theme: 'light' | 'dark'
}

/** A fresh profile that looks so, with the founder's passkey; signed in unless told otherwise. */
export async function open(
  browser: Browser,
  stage: Stage,
  { language, width, theme }: Look,
  signedIn = true,
): Promise<{ page: Page; context: BrowserContext; authenticator: Authenticator }> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const authenticator = await withAuthenticator(page, stage.passkey)
  await page.goto(stage.url)
  if (signedIn) {
    await signIn(page)
    stage.passkey = await authenticator.passkey()
  }
  return { page, context, authenticator }
}

/** What the bar at the foot of a phone calls its pages, in Korean. */
export const MAIN_PAGES = ['출금', '제안', '사고', '지금'] as const

/** Waits until every reading of the page has arrived and its letters are there. The stream never ends, so an idle network never comes. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Names of the rules that axe finds broken, with the first element of each. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 160)))',
  )
}

/** Collects what must never happen on any page: an error, a breach of the security policy, a request to anybody else. */
export function watchFaults(page: Page, own: string): string[] {
  const faults: string[] = []
  page.on('pageerror', (fault) => faults.push(`error: ${fault.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(`policy: ${message.text().slice(0, 200)}`)
  })
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(own)) faults.push(`outside: ${request.url()}`)
  })
  return faults
}
