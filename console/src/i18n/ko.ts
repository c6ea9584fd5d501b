/** 콘솔의 모든 문장, 한국어. The keys are those of `en.ts`. */
import type { Messages } from './en.ts'
import { access } from './ko/access.ts'
import { evidence } from './ko/evidence.ts'
import { frame } from './ko/frame.ts'
import { gate } from './ko/gate.ts'
import { incident } from './ko/incident.ts'
import { liability } from './ko/liability.ts'
import { now } from './ko/now.ts'
import { proposals } from './ko/proposals.ts'
import { words } from './ko/words.ts'

export const ko: Messages = {
  ...frame,
  ...words,
  ...now,
  ...gate,
  ...incident,
  ...liability,
  ...evidence,
  ...access,
  ...proposals,
}
