/** The console's built files, and its one page for every path that the console itself routes. */
import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONSOLE_CSP } from './headers.ts'

const HTML = 'text/html; charset=utf-8'

/** Vite names built files by their content. */
const FOR_EVER = 'public, max-age=31536000, immutable'

const PLAIN_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Pasu</title></head>
<body>
<h1>Pasu is running; its console is not built</h1>
<p>Run <code>npm run build -w console</code> or <code>npx vite build console</code> in the checkout and load this page again.</p>
<p>The API works without it: see <a href="/openapi.json">/openapi.json</a> and <a href="/healthz">/healthz</a>.</p>
<p lang="ko">Pasu가 실행 중이지만 콘솔이 빌드되지 않았습니다. 체크아웃에서 위 명령을 실행한 뒤 다시 여십시오. API는 그대로 쓸 수 있습니다.</p>
</body>
</html>
`

/** What belongs to the API or is a file: a missing one is an error and never the console's page. */
const notAPage = /^\/(v1|journal|assets|\.well-known)(\/|$)|\.[a-z0-9]{1,8}$/i

/** Whether a request is a person's browser asking for a page. */
export const isPage = (request: FastifyRequest): boolean => {
  const path = request.url.split('?', 1)[0] ?? '/'
  const { accept = '*/*' } = request.headers
  return (
    (request.method === 'GET' || request.method === 'HEAD') && !notAPage.test(path) && /text\/html|\*\/\*/.test(accept)
  )
}

export type SendPage = (reply: FastifyReply) => FastifyReply

/** Serves the built files and returns how to answer with the page. */
export async function serveConsole(app: FastifyInstance, folder: string | undefined): Promise<SendPage> {
  const index = folder === undefined ? undefined : join(folder, 'index.html')
  const headers = { 'content-type': HTML, 'content-security-policy': CONSOLE_CSP, 'cache-control': 'no-cache' }
  if (folder === undefined || index === undefined || !existsSync(index)) {
    return (reply) => reply.headers(headers).send(PLAIN_PAGE)
  }
  // A route for each file that is there now, and none that takes every path: what is not there stays the router's to answer.
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    redirect: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const cache = path.includes(`${sep}assets${sep}`) ? FOR_EVER : 'no-cache'
      reply.headers({ 'cache-control': cache, 'content-security-policy': CONSOLE_CSP })
    },
  })
  const page = readFileSync(index, 'utf8')
  return (reply) => reply.headers(headers).send(page)
}
