/** Logs of administrators' acts, from the products that write them, as events that `rooms/access/engine` judges. */
export { type AdminLog, FORMATS, type Format, type Rejected, readAdminLine, readAdminLog, toOcsf } from './read.ts'
