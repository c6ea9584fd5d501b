/** The terminal as the commands see it; tests give their own. */

export interface Terminal {
  /** Results; nothing else ever goes there. */
  out(text: string): void
  /** Everything said to a person beside the result. */
  err(text: string): void
  /** Whether a person watches standard error: only then progress is drawn. */
  readonly isWatched: boolean
  readonly columns: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** A throw-away deployment of a test: while nobody is registered its host may do anything. The real terminal never says so. */
  readonly rehearsal?: boolean
}

export const realTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isWatched: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  env: process.env,
})

/** Redrawing more often than this is only heat. */
const REDRAW_MS = 80
const BAR_WIDTH = 30

export interface Progress {
  (done: number, total: number): void
  /** Takes the bar away. */
  readonly end: () => void
}

/** A bar on standard error where a person watches; nothing at all elsewhere. */
export function progressBar(terminal: Terminal, label: string, now: () => number = Date.now): Progress {
  let drawnAt = 0
  let drawn = false
  const draw = (done: number, total: number): void => {
    if (!terminal.isWatched || (now() - drawnAt < REDRAW_MS && done < total)) return
    drawnAt = now()
    drawn = true
    const part = total === 0 ? 1 : Math.min(1, done / total)
    const full = Math.round(part * BAR_WIDTH)
    const bar = `${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}`
    terminal.err(
      `\r${label} [${bar}] ${Math.floor(part * 100)}% ${done}/${total}`.slice(0, Math.max(20, terminal.columns)),
    )
  }
  const end = (): void => {
    if (drawn) terminal.err(`\r${' '.repeat(Math.max(0, terminal.columns - 1))}\r`)
    drawn = false
  }
  return Object.assign(draw, { end })
}
