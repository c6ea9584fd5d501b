/** The HTTP server's public face. */
export { catalogueOf } from './catalogue.ts'
export { buildHttp, type Http, type HttpOptions, type ListedRoute } from './http.ts'
export { linkFor } from './people/index.ts'
export { serverRefusals } from './refusals.ts'
export type { Served } from './served.ts'
export { buildServer, type Server, type ServerOptions, type Serving, startServer } from './start.ts'
export { explain } from './system.ts'
export type { Picture } from './traces.ts'
