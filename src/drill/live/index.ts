/** A drill on a real chain, in real time. */
export { liveAct } from './play.ts'
export { type LiveScenario, liveSchema } from './scenario.ts'
