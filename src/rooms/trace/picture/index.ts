/** The flow picture: a trace as one SVG, from the sources on the left to the services on the right. Pure text in, pure text out. */
export type { FoldLimits } from './graph.ts'
export { drawTrace, type PictureOptions } from './picture.ts'
export { inOneUnit } from './valued.ts'
export type { Language } from './words.ts'
