/** Logs of administrators' acts, from the products that write them, as events that `rooms/access/engine` judges. */
export { AdminFeed, type Judged, type Upload } from './feed.ts'
export { FORMATS, type Format, UPLOAD_BYTES_MAX } from './formats.ts'
export { type AdminLog, type Rejected, readAdminLine, readAdminLog, toOcsf } from './read.ts'
export { feedRefusals } from './refusals.ts'
export type { AdminReport } from './reports.ts'
export { FeedDoor, type FeedOptions, type Taken } from './take.ts'
