/** Makes a value that many callers share unchangeable, so that none can spoil it for the others. */

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Freezes plain objects and arrays, however deep; bytes cannot be frozen and stay as they are. */
export function deepFreeze<T>(value: T): T {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const each = left.pop()
    if (typeof each !== 'object' || each === null || Object.isFrozen(each)) continue
    if (Array.isArray(each)) left.push(...each.filter((item) => typeof item === 'object'))
    else if (isPlain(each)) left.push(...Object.values(each))
    else continue
    Object.freeze(each)
  }
  return value
}
