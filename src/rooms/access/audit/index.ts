/** The audit of approvals over a journal: see README.md. */
export { Audit, type Audited, type Fault } from './audit.ts'
export { ACTS_TOLD, actBehind } from './effects.ts'
export { auditRefusals } from './refusals.ts'
