import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { selectSmallest } from './select-smallest.ts'

test('selects what a sort puts there, and parts the rest about it', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), {
    minLength: 1,
  })
  fc.assert(
    fc.property(values, fc.nat(), (xs, at) => {
      const k = at % xs.length
      const parted = Float64Array.from(xs)
      const value = selectSmallest(parted, k)
      expect(value === (Float64Array.from(xs).sort()[k] as number)).toBe(true)
      expect(parted.subarray(0, k).every((each) => each <= value)).toBe(true)
      expect(parted.subarray(k).every((each) => each >= value)).toBe(true)
      expect(Float64Array.from(parted).sort()).toEqual(Float64Array.from(xs).sort())
    }),
    { numRuns: 500 },
  )
})

test.each([-1, 3, 0.5, Number.NaN])('refuses an index of %d among three', (k) => {
  expect(() => selectSmallest(Float64Array.of(1, 2, 3), k)).toThrow(RangeError)
})

/**
 * Values that make every pivot bad, laid down while the selection looks at them: McIlroy (1999), Softw Pract Exp 29:341.
 * Each value stays open, above all others, until it has to be told from another open one; then it becomes the next
 * smallest. The steps are those of the selection.
 */
function worstCase(n: number, k: number): Float64Array {
  const laid = new Float64Array(n).fill(n)
  let next = 0
  let candidate = -1
  const compare = (a: number, b: number): number => {
    if (laid[a] === n && laid[b] === n) laid[a === candidate ? a : b] = next++
    if (laid[a] === n) candidate = a
    else if (laid[b] === n) candidate = b
    return (laid[a] as number) - (laid[b] as number)
  }
  const order = Int32Array.from({ length: n }, (_, i) => i)
  const at = (i: number) => order[i] as number
  let [low, high] = [0, n - 1]
  while (low < high) {
    const [pivot] = [at(low), at((low + high) >>> 1), at(high)].sort(compare).slice(1) as [number]
    let [i, j] = [low, high]
    while (i <= j) {
      while (at(i) !== pivot && compare(at(i), pivot) < 0) i++
      while (at(j) !== pivot && compare(at(j), pivot) > 0) j--
      if (i > j) break
      const moved = at(i)
      order[i++] = at(j)
      order[j--] = moved
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return laid
}

/** Shortest of several runs in ms: the others were disturbed. */
const fastest = (run: () => void): number =>
  Math.min(
    ...Array.from({ length: 7 }, () => {
      const start = performance.now()
      run()
      return performance.now() - start
    }),
  )

test('takes about as long as sorting at the most, also where every pivot is bad', () => {
  const n = 20_000
  const k = Math.floor(0.99 * n)
  const bad = worstCase(n, k)
  const sorting = fastest(() => new Float64Array(bad).sort())
  expect(fastest(() => selectSmallest(new Float64Array(bad), k))).toBeLessThan(10 * sorting + 5)
})
