/** Logs of administrators' acts, from the products that write them, as events that `rooms/access/engine` judges. */
export { FORMATS, type Format } from './formats.ts'
export { type AdminLog, type Rejected, readAdminLine, readAdminLog, toOcsf } from './read.ts'
