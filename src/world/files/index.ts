/** Files that a person hands in: read strictly, refused with file, line, column and expectation. */
export { parseAddresses, readAddresses } from './addresses.ts'
export { type DenyListFile, type DenyListOptions, parseDenyList, readDenyList } from './deny-list.ts'
export { readTraceFiles, readTraceFolder, type TraceFiles, type TracePaths } from './folder.ts'
export { type AddressLabel, parseLabels, readLabels } from './labels.ts'
export { type Price, parsePrices, readPrices } from './prices.ts'
export { fileRefusals } from './refusals.ts'
export { toServices } from './services.ts'
export { parseTransfers, readTransfers, type TransferFile } from './transfers.ts'
