/** Names as an order has them; those that it does not know follow, as they were. */
export function inOrder(names: readonly string[], order: readonly string[]): string[] {
  const placeOf = (name: string): number => {
    const place = order.indexOf(name)
    return place < 0 ? order.length : place
  }
  return names.toSorted((a, b) => placeOf(a) - placeOf(b))
}
