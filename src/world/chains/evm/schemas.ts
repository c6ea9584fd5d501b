/** What an EVM node may answer, and how large that may be. Unknown members are dropped; hexadecimal comes out in lower case. */
import { z } from 'zod'

/** More than the gas of any block pays for, so only a node that lies sends more. */
const TRANSACTIONS_MAX = 50_000
const LOGS_MAX = 200_000
const AUTHORISATIONS_MAX = 5_000

const hex = (digits: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]${digits}$`), `expected ${what}`)
    .toLowerCase()

export const hashSchema = hex('{64}', 'a 32-byte hash')
export const addressSchema = hex('{40}', 'a 20-byte address')
export const bytesSchema = hex('*', 'hexadecimal bytes')
export const quantitySchema = hex('{1,64}', 'a quantity').transform((text) => BigInt(text))
const numberSchema = quantitySchema
  .refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER), 'expected a smaller number')
  .transform(Number)

export const headSchema = z.object({
  number: numberSchema,
  hash: hashSchema,
  parentHash: hashSchema,
  timestamp: numberSchema,
})
export type Head = z.output<typeof headSchema>

const authorisationSchema = z.object({
  chainId: quantitySchema,
  address: addressSchema,
  nonce: quantitySchema,
  yParity: quantitySchema,
  r: quantitySchema,
  s: quantitySchema,
})
export type Authorisation = z.output<typeof authorisationSchema>

const transactionSchema = z.object({
  hash: hashSchema,
  from: addressSchema,
  to: addressSchema.nullish(),
  value: quantitySchema,
  authorizationList: z.array(authorisationSchema).max(AUTHORISATIONS_MAX).nullish(),
})
export type Transaction = z.output<typeof transactionSchema>

export const blockSchema = headSchema.extend({ transactions: z.array(transactionSchema).max(TRANSACTIONS_MAX) })
export type Block = z.output<typeof blockSchema>

const logSchema = z.object({
  address: addressSchema,
  topics: z.array(hashSchema).max(4),
  data: bytesSchema,
  blockHash: hashSchema,
  transactionHash: hashSchema,
  logIndex: numberSchema.refine((index) => index < 1_000_000, 'expected a smaller index'),
})
export type Log = z.output<typeof logSchema>
export const logsSchema = z.array(logSchema).max(LOGS_MAX)

export const receiptSchema = z.object({
  transactionHash: hashSchema,
  blockHash: hashSchema,
  /** Where the transaction made a contract. */
  contractAddress: addressSchema.nullish(),
  /** Absent before Byzantium (2017). */
  status: quantitySchema.nullish(),
  gasUsed: quantitySchema,
  effectiveGasPrice: quantitySchema.nullish(),
  blobGasUsed: quantitySchema.nullish(),
  blobGasPrice: quantitySchema.nullish(),
  /** What an OP-stack rollup takes for posting the transaction to its parent chain. */
  l1Fee: quantitySchema.nullish(),
})
export type Receipt = z.output<typeof receiptSchema>
