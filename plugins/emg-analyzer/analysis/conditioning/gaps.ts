/** Stretches of a channel that hold no signal: dropouts and values that are no numbers. */

/** Samples `start` to `end`, exclusive. */
export interface Run {
  readonly start: number
  readonly end: number
}

/** What of a channel is no measurement: dropouts, and samples that are no numbers. */
export interface Gaps {
  /** Runs of one value, at least as long as a dropout has to be. */
  readonly dropouts: readonly Run[]
  /** Samples that are NaN or infinite. */
  readonly nonFinite: number
  /** 1 where a sample is to be left out; null when none is. */
  readonly mask: Uint8Array | null
  /** Samples that remain. */
  readonly kept: number
}

/** What is left out of a channel of `length` samples where nothing is. */
export const withoutGaps = (length: number): Gaps => ({
  dropouts: [],
  nonFinite: 0,
  mask: null,
  kept: length,
})

/** Every run of equal values with at least `minimum` samples. */
export function constantRuns(x: Float64Array, minimum: number): Run[] {
  const runs: Run[] = []
  for (let start = 0; start < x.length; ) {
    let end = start + 1
    while (end < x.length && x[end] === x[start]) end++
    if (end - start >= minimum) runs.push({ start, end })
    start = end
  }
  return runs
}

export function findGaps(x: Float64Array, minimumDropout: number): Gaps {
  const dropouts = constantRuns(x, minimumDropout)
  let nonFinite = 0
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) nonFinite++
  if (dropouts.length === 0 && nonFinite === 0) return { dropouts, nonFinite, mask: null, kept: x.length }
  const mask = new Uint8Array(x.length)
  for (const { start, end } of dropouts) mask.fill(1, start, end)
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) mask[i] = 1
  return { dropouts, nonFinite, mask, kept: x.length - mask.reduce((sum, each) => sum + each, 0) }
}

/** Bridges gaps by straight lines, so that a filter does not ring at their edges; at the ends the nearest value stays. */
export function bridgeGaps(x: Float64Array, { mask }: Gaps): Float64Array {
  if (!mask) return x
  const bridged = x.slice()
  for (let start = 0; start < x.length; start++) {
    if (!mask[start]) continue
    let end = start
    while (end < x.length && mask[end]) end++
    const before = x[start - 1] ?? x[end] ?? 0
    const after = x[end] ?? before
    const steps = end - start + 1
    for (let i = start; i < end; i++) bridged[i] = before + ((after - before) * (i - start + 1)) / steps
    start = end
  }
  return bridged
}

/** The samples that remain. */
export function keptSamples(x: Float64Array, { mask, kept }: Gaps): Float64Array {
  if (!mask) return x
  const samples = new Float64Array(kept)
  for (let i = 0, at = 0; i < x.length; i++) if (!mask[i]) samples[at++] = x[i] as number
  return samples
}

/** The parts of a run that hold no gap. */
export function solidParts({ start, end }: Run, { mask }: Gaps): Run[] {
  if (!mask) return [{ start, end }]
  const parts: Run[] = []
  for (let i = start; i < end; i++) {
    if (mask[i]) continue
    const from = i
    while (i < end && !mask[i]) i++
    parts.push({ start: from, end: i })
  }
  return parts
}
