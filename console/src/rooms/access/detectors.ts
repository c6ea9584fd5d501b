/** The key of each detector's name. The type holds that a new detector on the server does not compile until it has a name here. */
import type { DETECTORS } from '../../../../src/rooms/access/engine/index.ts'

export type DetectorKey = `detector.${(typeof DETECTORS)[number]}`
