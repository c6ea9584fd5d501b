/**
 * How a movement is named within its transaction, so that any two sources name it alike. Token transfers and approvals stand at their
 * log's index in the block, which no block can drive to a million: a log costs at least 375 gas.
 */
export const NATIVE_PLACE = 1_000_000
/** And up: native transfers made inside contracts, in the order of execution, counting those that touch accounts of ours. */
export const INTERNAL_PLACE = 1_000_001
/** And up: entries of an EIP-7702 authorisation list. */
export const AUTHORISATION_PLACE = 2_000_000
/** A change of a native balance that no movement explains; its `tx` is the block's hash and the account's address. */
export const UNEXPLAINED_PLACE = 3_000_000
/** Stands for a counterparty that nobody knows, in such a change. */
export const NOBODY = `0x${'0'.repeat(40)}`
