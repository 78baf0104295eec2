/** Teager-Kaiser energy operator. @see Kaiser (1990), Proc IEEE ICASSP 1:381; Li, Zhou & Aruin (2007), Ann Biomed Eng 35:1532 */

/**
 * `x[n]^2 - x[n-1] x[n+1]`: large where the signal is both strong and fast.
 *
 * @param x samples; kept
 * @returns as many values, in the unit of `x` squared, that may be negative; the first and the last lack a
 * neighbour and are 0. A NaN reaches its neighbours and no further
 * @example
 * tkeo([1, 2, 4, 3]) // 0, 0, 10, 0
 */
export function tkeo(x: ArrayLike<number>): Float64Array {
  const energy = new Float64Array(x.length)
  for (let i = 1; i < x.length - 1; i++) {
    const here = x[i] as number
    energy[i] = here * here - (x[i - 1] as number) * (x[i + 1] as number)
  }
  return energy
}
