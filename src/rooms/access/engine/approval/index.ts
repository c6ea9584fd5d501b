/** Proposals, approvals and quorums, without clock, store or network: see README.md. */
export { type Approval, approvalFault, approvalSchema, type Site, verifyApproval } from './approve.ts'
export {
  type ApprovalRecord,
  type ApprovalsChecked,
  approvalRecordSchema,
  type CheckedApproval,
  checkApprovals,
} from './check.ts'
export { type Script, type Strange, skeleton, strangeIn, takenFor } from './confusable.ts'
export {
  approvers,
  type Case,
  executionFault,
  type Outcome,
  outcome,
  type Veto,
  vetoFault,
  vetoSchema,
} from './outcome.ts'
export { type Key, keySchema, type Person, personSchema, type Roster, rosterOf } from './people.ts'
export { type ApprovalPolicy, type Draft, policyFault, policySchema, propose, termsFault } from './policy.ts'
export {
  APPROVALS_MAX,
  approvalChallenge,
  type Proposal,
  proposalDigest,
  proposalSchema,
  signInChallenge,
  type Terms,
  termsSchema,
} from './proposal.ts'
export { approvalRefusals } from './refusals.ts'
export { proposalText } from './text.ts'
export type { Language } from './words.ts'
