/** The audit of approvals over a journal's entries: see README.md. */
export { ApprovalAudit, type Audit, type AuditFinding } from './audit.ts'
export { auditRefusals } from './refusals.ts'
