/** Held against the plainest way to find the extremes of windows: every sample of each, one by one. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { type Block, gridOf } from './grid.ts'
import {
  drawLevel,
  drawSamples,
  isPackedLevel,
  levelOf,
  type Picture,
  packLevel,
  unpackLevel,
} from './level.ts'
import { mergeRuns, missingRuns, nonFiniteMask } from './missing.ts'

const ranges = fc
  .tuple(
    fc.integer({ min: 1, max: 200_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([total, a, b]) => {
    const start = Math.floor(Math.min(a, b) * total)
    return { total, start, end: Math.min(total, Math.max(start, Math.floor(Math.max(a, b) * total) + 1)) }
  })

const points = fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 20_000 }))

/** Samples with gaps of both kinds, from a seed. */
function pictureOf(total: number, seed: number): Picture {
  const x = new Float64Array(total)
  const mask = new Uint8Array(total)
  let state = seed >>> 0 || 1
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  for (let i = 0; i < total; ) {
    const kind = next()
    const length = Math.ceil(next() * 120)
    for (let k = 0; k < length && i < total; k++, i++) {
      x[i] = kind > 0.9 ? Number.NaN : kind > 0.8 ? -0.0055 : next() - 0.5
      if (kind > 0.8) mask[i] = 1
    }
  }
  return { x, mask, source: x }
}

/** By looking at every sample. */
function plainly({ x, mask }: Picture, from: number, to: number): [number, number] {
  const kept = Array.from(x.subarray(from, to)).filter((_, i) => mask?.[from + i] !== 1)
  return kept.length === 0 ? [Number.NaN, Number.NaN] : [Math.min(...kept), Math.max(...kept)]
}

describe('the windows of a range', () => {
  test('cover it without holes, and are no more than were asked for', () => {
    fc.assert(
      fc.property(ranges, points, ({ total, start, end }, most) => {
        const grid = gridOf({ start, end }, total, most)
        expect(grid.start).toBeLessThanOrEqual(start)
        expect(grid.end).toBeGreaterThanOrEqual(end)
        expect(grid.end).toBeLessThanOrEqual(total)
        expect(grid.count).toBe(Math.ceil((grid.end - grid.start) / grid.length))
        expect(grid.length === 1).toBe(end - start <= most)
        expect(grid.count * (grid.length === 1 ? 1 : 2)).toBeLessThanOrEqual(most)
      }),
      { numRuns: 2000 },
    )
  })

  test('go beyond it by less than a block, and are not much longer than they have to be', () => {
    fc.assert(
      fc.property(ranges, points, ({ total, start, end }, most) => {
        const { block, ...grid } = gridOf({ start, end }, total, most)
        const step = block ?? 1
        expect(start - grid.start).toBeLessThan(step)
        expect(grid.end - end).toBeLessThan(step)
        expect(grid.length % step).toBe(0)
        const least = grid.length === 1 ? 1 : Math.ceil((end - start) / Math.floor(most / 2))
        // Widening by a block at each end is one block more of each window, at most, where there is one.
        expect(grid.length).toBeLessThan(least + 3 * step)
        if (block !== null) expect(least).toBeGreaterThanOrEqual(4 * block)
      }),
      { numRuns: 2000 },
    )
  })

  test('are the samples themselves where there are no more of them than points', () => {
    expect(gridOf({ start: 7, end: 107 }, 1000, 100)).toEqual({
      start: 7,
      end: 107,
      length: 1,
      count: 100,
      block: null,
    })
  })

  test('of an empty range are none', () => {
    expect(gridOf({ start: 50, end: 50 }, 50, 10)).toMatchObject({ count: 0, start: 50, end: 50 })
  })

  test('of a long recording are whole blocks', () => {
    expect(gridOf({ start: 0, end: 173_370 }, 173_370, 2000)).toEqual({
      start: 0,
      end: 173_370,
      length: 176,
      count: 986,
      block: 16,
    })
    expect(gridOf({ start: 0, end: 1_200_000 }, 1_200_000, 2000)).toMatchObject({ length: 1280, block: 256 })
    expect(gridOf({ start: 5, end: 60_000_000 }, 60_000_000, 2000)).toMatchObject({ start: 0, block: 4096 })
  })
})

describe('the least and the largest sample of every window', () => {
  test('are exact for any length, range, points and gaps, from samples and from a pyramid', () => {
    let fromLevels = 0
    fc.assert(
      fc.property(ranges, points, fc.nat(), ({ total, start, end }, most, seed) => {
        const picture = pictureOf(total, seed)
        const grid = gridOf({ start, end }, total, most)
        const { block } = grid
        const drawn =
          block === null
            ? drawSamples(picture, grid)
            : drawLevel(unpackLevel(packLevel(levelOf(picture, block))) as never, { ...grid, block })
        if (block !== null) fromLevels++
        if ('values' in drawn) {
          const expected = Array.from({ length: end - start }, (_, i) =>
            picture.mask?.[start + i] === 1 ? Number.NaN : picture.x[start + i],
          )
          expect(Array.from(drawn.values)).toEqual(expected as number[])
          return
        }
        expect(drawn.min.length).toBe(grid.count)
        expect(drawn.max.length).toBe(grid.count)
        for (let k = 0; k < grid.count; k++) {
          const from = grid.start + k * grid.length
          const [least, largest] = plainly(picture, from, Math.min(grid.end, from + grid.length))
          if (!Object.is(drawn.min[k], least) || !Object.is(drawn.max[k], largest)) {
            throw new Error(`window ${k} is ${drawn.min[k]} to ${drawn.max[k]}, not ${least} to ${largest}`)
          }
        }
      }),
      { numRuns: 150 },
    )
    expect(fromLevels).toBeGreaterThan(10)
  })

  test('are the same from every level that a window is whole blocks of', () => {
    const picture = pictureOf(100_000, 7)
    const grid = { start: 0, end: 100_000, length: 8192, count: 13 }
    const from = (block: Block) => drawLevel(levelOf(picture, block), { ...grid, block })
    const plain = drawSamples(picture, { ...grid, block: null })
    for (const block of [16, 256, 4096] as const) {
      const { min, max } = from(block) as { min: Float64Array; max: Float64Array }
      expect({ min, max }).toEqual({
        min: (plain as typeof plain & { min: Float64Array }).min,
        max: (plain as typeof plain & { max: Float64Array }).max,
      })
    }
  })

  test('leave clipped samples where they are', () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => (i % 10 < 4 ? 5.49 : -i))
    const drawn = drawSamples(
      { x, mask: null, source: x },
      { start: 0, end: 100, length: 50, count: 2, block: null },
    )
    expect(drawn).toMatchObject({ max: Float64Array.of(5.49, 5.49), min: Float64Array.of(-49, -99) })
  })
})

describe('what is missing', () => {
  test('is told run by run with its reason, and near runs as one', () => {
    const x = Float64Array.of(1, 1, 1, 4, Number.NaN, 6, 7, 8, Number.POSITIVE_INFINITY, 1)
    const mask = Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0, 1, 0)
    const runs = missingRuns(x, mask)
    expect(runs).toEqual([
      { start: 0, end: 3, missing: 3, reason: 'DROPOUT' },
      { start: 4, end: 5, missing: 1, reason: 'NOT_A_NUMBER' },
      { start: 8, end: 9, missing: 1, reason: 'NOT_A_NUMBER' },
    ])
    expect(mergeRuns(runs, 2)).toEqual([{ start: 0, end: 5, missing: 4, reason: 'MIXED' }, runs[2] as never])
    expect(mergeRuns(runs, 4)).toEqual([{ start: 0, end: 9, missing: 5, reason: 'MIXED' }])
    expect(missingRuns(x, nonFiniteMask(x)).map(({ start }) => start)).toEqual([4, 8])
    expect(nonFiniteMask(Float64Array.of(1, 2))).toBeNull()
  })

  test('counts every missing sample once, however near runs are put together, and bounds their number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(),
        fc.integer({ min: 1, max: 300 }),
        (total, seed, closeness) => {
          const { x, mask } = pictureOf(total, seed)
          const merged = mergeRuns(missingRuns(x, mask), closeness)
          expect(merged.reduce((sum, { missing }) => sum + missing, 0)).toBe(
            mask?.reduce((a, b) => a + b, 0) as number,
          )
          expect(merged.length).toBeLessThanOrEqual(Math.ceil(total / (closeness + 1)) + 1)
          // Together by way of a coarser level, or at once: the same.
          expect(mergeRuns(mergeRuns(missingRuns(x, mask), 16), closeness + 16)).toEqual(
            mergeRuns(missingRuns(x, mask), closeness + 16),
          )
        },
      ),
    )
  })
})

describe('a level in the cache', () => {
  test('comes back as it was, from any place of a buffer', () => {
    const level = levelOf(pictureOf(5000, 3), 16)
    const bytes = packLevel(level)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    for (const each of [bytes, shifted.subarray(3)]) {
      const { min, max, runs } = unpackLevel(each) as typeof level
      expect({ min: [...min], max: [...max], runs }).toEqual({
        ...level,
        min: [...level.min],
        max: [...level.max],
      })
    }
    expect(unpackLevel(packLevel({ reason: 'there are no samples' }))).toEqual({
      reason: 'there are no samples',
    })
  })

  test('is none where its bytes are of something else', () => {
    const bytes = packLevel(levelOf(pictureOf(500, 3), 16))
    expect(isPackedLevel(bytes)).toBe(true)
    for (let end = 0; end < bytes.length; end += 13) expect(isPackedLevel(bytes.subarray(0, end))).toBe(false)
    for (const other of [new Uint8Array(64), 'text', null, Uint8Array.from([...bytes, 0])]) {
      expect(isPackedLevel(other)).toBe(false)
    }
    const long = bytes.slice()
    new DataView(long.buffer).setUint32(4, 0xffff_fff0, true)
    expect(isPackedLevel(long)).toBe(false)
  })
})
