/** Makes a value that many callers share unchangeable, so that none can spoil it for the others. */

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isPlain = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Freezes plain objects and arrays, however deep; bytes cannot be frozen and stay as they are. */
export function deepFreeze<T>(value: T): T {
  if (!isObject(value)) return value
  const left: object[] = [value]
  for (let count = 1; count > 0; ) {
    const each = left[--count] as object
    if (Object.isFrozen(each)) continue
    if (Array.isArray(each)) {
      for (let i = 0; i < each.length; i++) {
        const item: unknown = each[i]
        if (isObject(item)) left[count++] = item
      }
    } else if (isPlain(each)) {
      for (const name in each) {
        const item = each[name]
        if (isObject(item)) left[count++] = item
      }
    } else continue
    Object.freeze(each)
  }
  return value
}
