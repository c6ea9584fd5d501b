/** What the tables of acts look at: the same of a product's own record and of an OCSF record that came from that product. */
export interface Told {
  /** The product's name of the event: `user.session.start`, `CreateUser`, `org.add_member`. */
  readonly operation: string
  /** The service that was called, where one product has many: `iam.amazonaws.com`. */
  readonly service: string
  /** Whether the account that is changed is the actor's own. */
  readonly isOwn: boolean
  /** The actor, in lower case. */
  readonly by: string
  readonly failed: boolean
  /** Reasons, names of targets, parameters: in lower case, to be searched. Made only where an operation asks. */
  readonly detail: () => string
}

/** Parameters beyond this length decide nothing. */
const DETAIL_MAX = 8_000
export const detailOf = (...parts: readonly unknown[]): string =>
  parts
    .filter((part) => part !== undefined && part !== null && part !== '')
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' ')
    .slice(0, DETAIL_MAX)
    .toLowerCase()
