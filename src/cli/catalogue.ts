/** Every refusal of the program, for `pasu explain`. Nothing is opened for it. */
import { openApp } from '../app.ts'
import { drillRefusals } from '../drill/refusals.ts'
import type { RefusalCatalogue } from '../kernel/refusal.ts'
import { approvalRefusals } from '../rooms/access/engine/approval/index.ts'
import { passkeyRefusals } from '../rooms/access/engine/webauthn/index.ts'
import { permitRefusals } from '../rooms/gate/permit/codes.ts'
import { catalogueOf } from '../server/index.ts'
import { fileRefusals } from '../world/files/refusals.ts'
import { packFileRefusals } from '../world/packs/refusals.ts'
import { priceRefusals } from '../world/prices/refusals.ts'
import { signerRefusals } from '../world/signers/refusals.ts'
import { cliRefusals } from './refusals.ts'

let known: RefusalCatalogue | undefined

export function catalogue(): RefusalCatalogue {
  const outside = [
    permitRefusals,
    passkeyRefusals,
    approvalRefusals,
    fileRefusals,
    priceRefusals,
    packFileRefusals,
    signerRefusals,
    drillRefusals,
    cliRefusals,
  ]
  known ??= Object.assign({}, catalogueOf(openApp()), ...outside) as RefusalCatalogue
  return known
}
