/** The link by which the first person enrols, for whoever makes a data folder. */
import { linkFor } from '../server/index.ts'
import { type Folder, readEnrolToken } from '../world/folder.ts'

/** By the settings; where they name no site it is this machine, at the port that they name. */
export function firstLink({ path, config }: Folder): string {
  const { site, listen } = config
  const local = `${listen.tls === undefined ? 'http' : 'https'}://localhost:${listen.port}`
  return linkFor(site?.origins ?? [local], readEnrolToken(path) ?? '')
}
