/** The outside that effects reach: it remembers each idempotency key, and does a thing once however often it is told. */
export class Receiver {
  /** Key -> how often it was told. */
  readonly told = new Map<string, number>()
  readonly done = new Map<string, string>()

  deliver(key: string, kind: string): void {
    this.told.set(key, (this.told.get(key) ?? 0) + 1)
    if (!this.done.has(key)) this.done.set(key, kind)
  }
}
