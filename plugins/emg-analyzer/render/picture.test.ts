import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { drawEnvelope, drawSpans } from './picture.ts'

describe('drawEnvelope', () => {
  test('scales to the peak', () => {
    const eighths = Float64Array.from({ length: 9 }, (_, i) => i / 8)
    expect(drawEnvelope(eighths, 9)).toBe(' ▁▂▃▄▅▆▇█')
  })

  test('never loses a peak, wherever it is and however many samples share a column', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(),
        fc.integer({ min: 1, max: 200 }),
        (length, at, width) => {
          const values = new Float64Array(length).fill(0.01)
          values[at % length] = 1
          const picture = drawEnvelope(values, width)
          expect(picture).toContain('█')
          expect([...picture]).toHaveLength(width)
          const column = picture.indexOf('█')
          expect(Math.abs((column + 0.5) / width - ((at % length) + 0.5) / length)).toBeLessThanOrEqual(
            1 / width + 1 / length,
          )
        },
      ),
    )
  })

  test('is blank for silence, for no samples, and where values are below zero or no numbers', () => {
    expect(drawEnvelope(new Float64Array(50), 10)).toBe(' '.repeat(10))
    expect(drawEnvelope(new Float64Array(0), 10)).toBe(' '.repeat(10))
    expect(drawEnvelope(Float64Array.of(Number.NaN, 1, -1, Number.POSITIVE_INFINITY), 4)).toBe(' █  ')
  })
})

describe('drawSpans', () => {
  test('marks where spans lie, dropouts over contractions', () => {
    const spans = [
      { startMs: 0, endMs: 200 },
      { startMs: 500, endMs: 800 },
    ]
    expect(drawSpans(spans, [{ startMs: 600, endMs: 700 }], 1000, 10)).toBe('━━   ━×━')
  })

  test('shows even the shortest span, and nothing beyond the width', () => {
    expect(drawSpans([{ startMs: 999, endMs: 1000 }], [], 1000, 10)).toBe('         ━')
    expect(drawSpans([{ startMs: 1000, endMs: 1000 }], [], 1000, 10)).toBe('         ━')
    expect(drawSpans([{ startMs: 500, endMs: 9000 }], [], 1000, 10)).toBe('     ━━━━━')
  })

  test('is empty without spans', () => {
    expect(drawSpans([], [], 1000, 10)).toBe('')
  })
})
