/** The endpoints about people that need chance, cookies or ceremonies: everything else about them is the room's. */
import type { Endpoint } from '../endpoint.ts'
import type { Desk } from './desk.ts'
import { enrolEndpoints } from './enrol.ts'
import { keyEndpoints } from './keys.ts'
import { proposalEndpoints } from './proposals.ts'
import { signInEndpoints } from './sign-in.ts'

export type { About, Desk, FirstLink } from './desk.ts'
export { linkFor } from './proposals.ts'

export const peopleEndpoints = (desk: Desk): readonly Endpoint[] => [
  ...signInEndpoints(desk),
  ...enrolEndpoints(desk),
  ...keyEndpoints(desk),
  ...proposalEndpoints(desk),
]
