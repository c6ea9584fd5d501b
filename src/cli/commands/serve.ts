/** `pasu serve`: API, console, watchers and outbox in one process, until it is told to stop. */
import { type Context, numberOf, textOf } from '../context.ts'
import type { Spec } from '../spec.ts'

const listenOf = (context: Context) => ({
  host: textOf(context, 'host'),
  port: numberOf(context, 'port', 0, 65_535),
  allowPlain: context.options.allowPlain === true,
})

export const serve: Spec = {
  usage: 'serve',
  summary: 'Run the API, the console, the watchers and the outbox until stopped',
  more: 'Serves the data folder (made on the first start where none was named). Listens where config.json says, by default on 127.0.0.1 only; beyond loopback it wants TLS or the explicit setting. Stops cleanly on SIGTERM or SIGINT; a second signal ends it at once.',
  options: [
    { flags: '--host <host>', summary: 'listen there instead of where config.json says' },
    { flags: '--port <port>', summary: 'listen on this port; 0 takes any free one' },
    { flags: '--allow-plain', summary: 'listen beyond loopback without TLS, as behind a proxy that ends TLS' },
  ],
  exits: [0, 2, 3, 4, 70],
  examples: ['pasu serve', 'pasu serve --data /var/lib/pasu'],
  // Loaded here, so that a command that serves nothing does not wait for what it does not use.
  run: async (context) => (await import('../serving.ts')).serveUntilStopped(context, listenOf(context)),
}
