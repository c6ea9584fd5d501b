/** Whether what the page shows is what an approval would sign: digest, challenge, text and facts, each against the signed proposal. */
import type { ProposalDetail } from '../../api/access.ts'
import { canonical, digestOf, NotCanonical } from './signed.ts'

/** Where the two differ, if anywhere: the first that was found. */
export type Difference = 'form' | 'digest' | 'challenge' | 'facts' | 'text'

export type CheckedProposal =
  | { readonly same: true; readonly digest: string }
  | { readonly same: false; readonly where: Difference; readonly computed: string }

const FACTS = ['proposal', 'act', 'reason', 'proposed_by', 'proposed_at', 'expires_at', 'terms'] as const

/** The text names its digest in the last line, so that two screens can be compared. */
const namesDigest = (text: string, digest: string): boolean => text.endsWith(`: ${digest}`)

export async function checkProposal(shown: ProposalDetail): Promise<CheckedProposal> {
  try {
    const { name, challenge } = await digestOf(shown.signed)
    const differs = (where: Difference): CheckedProposal => ({ same: false, where, computed: name })
    if (name !== shown.digest) return differs('digest')
    if (shown.options !== null && shown.options.challenge !== challenge) return differs('challenge')
    if (FACTS.some((fact) => canonical(shown.signed[fact]) !== canonical(shown[fact]))) return differs('facts')
    if (!namesDigest(shown.text.en, name) || !namesDigest(shown.text.ko, name)) return differs('text')
    return { same: true, digest: name }
  } catch (fault) {
    if (fault instanceof NotCanonical || fault instanceof TypeError)
      return { same: false, where: 'form', computed: fault.message }
    throw fault
  }
}
