/** Every refusal of the program, for `pasu explain`. Nothing is opened for it. */
import { openApp } from '../app.ts'
import type { RefusalCatalogue } from '../kernel/refusal.ts'
import { catalogueOf } from '../server/index.ts'
import { fileRefusals } from '../world/files/index.ts'
import { priceRefusals } from '../world/prices/index.ts'
import { cliRefusals } from './refusals.ts'

let known: RefusalCatalogue | undefined

export function catalogue(): RefusalCatalogue {
  known ??= { ...catalogueOf(openApp()), ...fileRefusals, ...priceRefusals, ...cliRefusals }
  return known
}
