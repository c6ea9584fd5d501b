/** Opening a deployment in this process: what `serve` and the commands without a server share. */
import { type Deployment, openDeployment } from '../world/deployment.ts'
import type { Folder } from '../world/folder.ts'
import type { Progress } from './terminal.ts'

/** For one command. Nothing is sent out and no timer runs: that is a server's work, and the effects wait for it in the outbox. */
export const openHere = (folder: Folder, onProgress: Progress): Deployment =>
  openDeployment({ folder, now: Date.now, wake: false, deliver: false, onProgress })
