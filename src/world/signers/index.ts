/** What signs and what is asked to sign. */
export { type Attester, attester, publicJwk } from './attest.ts'
export { evacuationCarrier } from './carrier.ts'
export { type EvacuationSigner, httpSigner } from './evacuation.ts'
export { signerRefusals } from './refusals.ts'
