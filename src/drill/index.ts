/** Drills: scenarios played through a real deployment. */
export type { DrillAnswer } from './answer.ts'
export { drillRefusals } from './refusals.ts'
export { DEFAULT_SCENARIO, type DrillOptions, type DrillResult, runDrill } from './run.ts'
export { listScenarios, type ScenarioEntry } from './scenarios.ts'
