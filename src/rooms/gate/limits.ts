/** The gate's own bounds; those of the platform are in its policy. */
import { MINUTE_MS, SECOND_MS } from '../../kernel/time.ts'

/** An evacuation renews its expired permits this long, so that a signer that was down still saves what is left; a new order goes on. */
export const EVACUATION_LASTS_MS = 15 * MINUTE_MS
/** A rescue does not wait for a policy: without one its permits live and land by these. */
export const RESCUE_PERMIT_MS = 60 * SECOND_MS
export const RESCUE_LANDING_MS = 60 * MINUTE_MS
/** Timers that one tick handles, at two events each at most: a turn stays bounded, and the next tick goes on. */
export const TICK_TIMERS_MAX = 100
/** Spent permits that stay findable, so that a second landing of one is explained; about the last minutes of a busy day. */
export const RECENT_MAX = 10_000
/** Open permits of an account that are compared with an unexplained transfer. */
export const NEAR_SCAN_MAX = 2_000
