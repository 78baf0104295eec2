/** A small picture of an envelope, in one line of text. */

const BLOCKS = ' ▁▂▃▄▅▆▇█'

/** Largest value of each of `width` equal stretches: a peak is never lost. */
function stretches(values: Float64Array, width: number): number[] {
  return Array.from({ length: width }, (_, i) => {
    const start = Math.floor((i * values.length) / width)
    const end = Math.max(start + 1, Math.floor(((i + 1) * values.length) / width))
    return values.subarray(start, end).reduce((most, value) => Math.max(most, value), 0)
  })
}

/** @param width in columns */
export function drawEnvelope(values: Float64Array, width: number): string {
  const heights = stretches(values, width)
  const most = Math.max(...heights)
  if (!(most > 0)) return ' '.repeat(width)
  return heights.map((height) => BLOCKS[Math.ceil((height / most) * (BLOCKS.length - 1))]).join('')
}

/** A line that marks where spans lie, under a picture of the same width. */
export function drawSpans(
  spans: ReadonlyArray<{ readonly startMs: number; readonly endMs: number }>,
  durationMs: number,
  width: number,
): string {
  const line = Array.from({ length: width }, () => ' ')
  for (const { startMs, endMs } of spans) {
    const start = Math.floor((startMs / durationMs) * width)
    const end = Math.max(start + 1, Math.ceil((endMs / durationMs) * width))
    line.fill('━', start, Math.min(end, width))
  }
  return line.join('')
}
