/** Who writes the logs that can be read. */
export const FORMATS = ['okta', 'teleport', 'cloudtrail', 'github', 'ocsf'] as const
export type Format = (typeof FORMATS)[number]
