/** A small picture of an envelope in one line of text, and the marks under it. */

const BLOCKS = ' ▁▂▃▄▅▆▇█'
const CONTRACTION = '━'
const DROPOUT = '×'

/** Stretch of a recording, in ms from its first sample. */
export interface Span {
  readonly startMs: number
  readonly endMs: number
}

/** Largest value of each of `width` equal stretches, so that a peak is never lost; what is no number is left out. */
function poolMaxima(values: Float64Array, width: number): Float64Array {
  const maxima = new Float64Array(width)
  for (let column = 0; column < width; column++) {
    const start = Math.floor((column * values.length) / width)
    const end = Math.max(start + 1, Math.floor(((column + 1) * values.length) / width))
    for (let i = start; i < end && i < values.length; i++) {
      const value = values[i] as number
      if (value > (maxima[column] as number) && value < Number.POSITIVE_INFINITY) maxima[column] = value
    }
  }
  return maxima
}

/**
 * Draws an envelope, scaled to its own peak: what is above zero shows, and only values near the peak fill a cell.
 *
 * @param width in columns
 */
export function drawEnvelope(values: Float64Array, width: number): string {
  const maxima = poolMaxima(values, width)
  const peak = maxima.reduce((most, value) => Math.max(most, value), 0)
  if (peak === 0) return ' '.repeat(width)
  return Array.from(maxima, (value) => BLOCKS[Math.ceil((value / peak) * (BLOCKS.length - 1))]).join('')
}

/** Marks contractions and, over them, dropouts: every span shows, however short. */
export function drawSpans(
  contractions: readonly Span[],
  dropouts: readonly Span[],
  durationMs: number,
  width: number,
): string {
  const line = new Array<string>(width).fill(' ')
  const mark = (spans: readonly Span[], character: string): void => {
    for (const { startMs, endMs } of spans) {
      const start = Math.min(width - 1, Math.floor((startMs / durationMs) * width))
      line.fill(character, start, Math.max(start + 1, Math.ceil((endMs / durationMs) * width)))
    }
  }
  mark(contractions, CONTRACTION)
  mark(dropouts, DROPOUT)
  return line.join('').trimEnd()
}
