/** A shape for each kind of service, so that colour never speaks alone. Each is drawn about its centre in a square of 12. */
import { type Tone, toneOf } from './style.ts'

const SHAPES: Readonly<Record<Tone, string>> = {
  exchange: 'M-6-6h12v12h-12z',
  mixer: 'M0-6.5a6.5 6.5 0 1 0 .01 0zM0-3a3 3 0 1 1-.01 0z',
  bridge: 'M-6.5 5v-4a6.5 6.5 0 0 1 13 0v4h-3.5v-4a3 3 0 0 0-6 0v4z',
  dex: 'M0-7l7 7-7 7-7-7z',
  mining: 'M0-7l6 3.5v7l-6 3.5-6-3.5v-7z',
  other: 'M-6-6h12v12h-12zM-3-3v6h6v-6z',
  address: 'M-2-6h4v12h-4z',
  source: 'M-6-6l12 6-12 6z',
  held: 'M-6-2h9v-4h3v12h-3v-4h-9z',
  returned: 'M6-5v6h-8v4l-5-5.5 5-5.5v4h5v-3.500z',
}

export const glyph = (kind: string, x: number, y: number): string => {
  const tone = toneOf(kind)
  return `<path class="t-${tone}" fill-rule="evenodd" transform="translate(${x} ${y})" d="${SHAPES[tone]}"/>`
}
