/** Whole numbers of which the smallest is taken first: a binary heap. */
export class SmallestFirst {
  readonly #items: number[] = []

  push(item: number): void {
    const items = this.#items
    let at = items.length
    items.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent] ?? item
      if (above <= item) break
      items[at] = above
      at = parent
    }
    items[at] = item
  }

  /** The smallest, taken out; `undefined` when there is none. */
  pop(): number | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (last !== undefined && items.length > 0) this.#sink(last)
    return first
  }

  #sink(item: number): void {
    const items = this.#items
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const leftItem = items[left]
      if (leftItem === undefined) break
      const rightItem = items[left + 1]
      const useRight = rightItem !== undefined && rightItem < leftItem
      const child = useRight ? rightItem : leftItem
      if (child >= item) break
      items[at] = child
      at = useRight ? left + 1 : left
    }
    items[at] = item
  }
}
