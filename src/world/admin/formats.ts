/** Who writes the logs that can be read, and how much of one is taken at once. Light, for those who read none. */
export const FORMATS = ['okta', 'teleport', 'cloudtrail', 'github', 'ocsf'] as const
export type Format = (typeof FORMATS)[number]

/** Some eight thousand events of an identity provider: a quarter of a second of work beside the main thread. */
export const UPLOAD_BYTES_MAX = 16 * 1024 * 1024
