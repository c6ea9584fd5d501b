/** A state as colour, shape and word at once. */

import { useSpeech } from '../i18n/language.tsx'
import { type StateKind, type StateKinds, type Tone, toneOf } from './tones.ts'

/** One shape for each tone, told apart without any colour: a disc, a half disc, a triangle, a square, a ring. */
const SHAPES: { readonly [T in Tone]: string } = {
  safe: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z',
  waiting: 'M8 2a6 6 0 0 1 0 12Z M8 2a6 6 0 0 0 0 12V12.4a4.4 4.4 0 0 1 0-8.8Z',
  late: 'M8 1.8 15 14H1Z',
  stolen: 'M2.5 2.5h11v11h-11Z',
  plain: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 1.7a4.3 4.3 0 1 0 0 8.6 4.3 4.3 0 0 0 0-8.6Z',
}

export function Shape({ tone }: { readonly tone: Tone }) {
  return (
    <svg className={`shape tone-${tone}`} viewBox="0 0 16 16" width="10" height="10" aria-hidden="true">
      <path d={SHAPES[tone]} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}

export function Chip({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={`chip tone-${tone}`}>
      <Shape tone={tone} />
      {children}
    </span>
  )
}

/** The chip of a known state: its tone from the table, its word from the messages. */
export function StateChip<K extends StateKind>({
  kind,
  state,
}: {
  readonly kind: K
  readonly state: StateKinds[K] & string
}) {
  const { t } = useSpeech()
  const key: `${StateKind}.${string}` = `${kind}.${state}`
  return <Chip tone={toneOf(kind, state)}>{t(key as StateWord)}</Chip>
}

/** Every key that a state chip may need. That each is a key of the messages is what makes a nameless state fail to compile. */
type StateWord = { [K in StateKind]: `${K}.${StateKinds[K]}` }[StateKind]
