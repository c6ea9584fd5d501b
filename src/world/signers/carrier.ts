/** Carries `evacuation.broadcast` out: the permit, signed, to the signer that sweeps the robbed wallet. */
import { PERMIT_TYPE, signedClaims, spendablePermit } from '../../rooms/gate/index.ts'
import type { Carrier } from '../carrier.ts'
import type { Deployment } from '../deployment.ts'
import type { EvacuationSigner } from './evacuation.ts'

/** What is told where the permit has expired or landed meanwhile: the gate gives a new one while the rescue goes on. */
const NOT_SPENDABLE = 'not sent: the permit can no longer be spent'

export function evacuationCarrier(
  signer: EvacuationSigner,
  { app, attest, now }: Pick<Deployment, 'app' | 'attest' | 'now'>,
): Carrier {
  return {
    async deliver({ data }) {
      const claims = spendablePermit(app.rooms.gate.state, String(data.permit), now())
      if (claims === undefined) return NOT_SPENDABLE
      const { receipt } = await signer.broadcast(claims, await attest(PERMIT_TYPE, signedClaims(claims)))
      return receipt
    },
  }
}
