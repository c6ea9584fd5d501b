/** Prices from the outside. */
export { type PriceFile, parsePriceFile, readPriceFile } from './read.ts'
export { priceRefusals } from './refusals.ts'
