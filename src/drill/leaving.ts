/** What must be undone whenever this process ends: also by Ctrl-C or SIGTERM, which by default end it without a word. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const acts = new Set<() => void>()

function undo(): void {
  for (const act of [...acts].reverse()) act()
  acts.clear()
}

/** One handler for all acts: then the process ends as it would have without us. */
function onSignal(signal: NodeJS.Signals): void {
  undo()
  listen('off')
  process.kill(process.pid, signal)
}

function listen(how: 'on' | 'off'): void {
  process[how]('exit', undo)
  for (const signal of SIGNALS) process[how](signal, onSignal)
}

/** `act` must be done before it returns. The answer calls it off. */
export function whenLeaving(act: () => void): () => void {
  if (acts.size === 0) listen('on')
  acts.add(act)
  return () => {
    if (acts.delete(act) && acts.size === 0) listen('off')
  }
}
