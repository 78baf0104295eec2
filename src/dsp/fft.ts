/**
 * Discrete Fourier transform of any length: radix 2 where the length is a power of two, else Bluestein's chirp.
 *
 * @see Cooley & Tukey (1965), Math Comput 19:297; Bluestein (1970), IEEE Trans Audio Electroacoust 18:451
 */

/** A transform of one length, with its tables. */
export interface Fft {
  readonly length: number
  /**
   * Transforms in place, without scaling: `X[k] = sum x[n] exp(-2 pi i k n / length)`.
   *
   * @param re real parts, `length` of them
   * @param im imaginary parts
   */
  transform(re: Float64Array, im: Float64Array): void
}

/** cos and -sin of the angles `2 pi k / n`, `k` below `count`. */
function roots(n: number, count: number): { cos: Float64Array; sin: Float64Array } {
  const cos = new Float64Array(count)
  const sin = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / n)
    sin[k] = -Math.sin((2 * Math.PI * k) / n)
  }
  return { cos, sin }
}

/** Where each index goes when its bits are reversed. */
function bitReversal(n: number): Uint32Array {
  const places = new Uint32Array(n)
  for (let i = 1; i < n; i++) places[i] = ((places[i >> 1] as number) >> 1) | (i & 1 ? n >> 1 : 0)
  return places
}

function permute(x: Float64Array, places: Uint32Array): void {
  for (let i = 0; i < x.length; i++) {
    const j = places[i] as number
    if (j <= i) continue
    const kept = x[i] as number
    x[i] = x[j] as number
    x[j] = kept
  }
}

/** The first two stages at once: their roots are 1 and -i, so that nothing is multiplied. */
function firstStages(re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < re.length; i += 4) {
    const ar = re[i] as number
    const ai = im[i] as number
    const br = re[i + 1] as number
    const bi = im[i + 1] as number
    const cr = re[i + 2] as number
    const ci = im[i + 2] as number
    const dr = re[i + 3] as number
    const di = im[i + 3] as number
    re[i] = ar + br + (cr + dr)
    im[i] = ai + bi + (ci + di)
    re[i + 1] = ar - br + (ci - di)
    im[i + 1] = ai - bi - (cr - dr)
    re[i + 2] = ar + br - (cr + dr)
    im[i + 2] = ai + bi - (ci + di)
    re[i + 3] = ar - br - (ci - di)
    im[i + 3] = ai - bi + (cr - dr)
  }
}

function radix2(n: number): Fft {
  const places = bitReversal(n)
  const { cos, sin } = roots(n, n >> 1)
  return {
    length: n,
    transform(re, im) {
      permute(re, places)
      permute(im, places)
      if (n >= 4) firstStages(re, im)
      for (let size = n >= 4 ? 8 : 2; size <= n; size *= 2) {
        const half = size >> 1
        const step = n / size
        for (let start = 0; start < n; start += size) {
          for (let i = start, root = 0; i < start + half; i++, root += step) {
            const c = cos[root] as number
            const s = sin[root] as number
            const j = i + half
            const xr = re[j] as number
            const xi = im[j] as number
            const tr = xr * c - xi * s
            const ti = xr * s + xi * c
            const ur = re[i] as number
            const ui = im[i] as number
            re[j] = ur - tr
            im[j] = ui - ti
            re[i] = ur + tr
            im[i] = ui + ti
          }
        }
      }
    },
  }
}

/** `exp(-pi i k^2 / n)`; the square is taken modulo `2 n`, so that its size costs no accuracy. */
function chirp(n: number): { cos: Float64Array; sin: Float64Array } {
  const cos = new Float64Array(n)
  const sin = new Float64Array(n)
  for (let k = 0, square = 0; k < n; k++) {
    const angle = (Math.PI * square) / n
    cos[k] = Math.cos(angle)
    sin[k] = -Math.sin(angle)
    square = (square + 2 * k + 1) % (2 * n)
  }
  return { cos, sin }
}

function bluestein(n: number): Fft {
  const { cos, sin } = chirp(n)
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1))
  const inner = radix2(size)
  // The conjugate chirp, wrapped around, transformed once for all.
  const chirpRe = new Float64Array(size)
  const chirpIm = new Float64Array(size)
  for (let k = 0; k < n; k++) {
    chirpRe[k] = cos[k] as number
    chirpIm[k] = -(sin[k] as number)
    if (k > 0) {
      chirpRe[size - k] = cos[k] as number
      chirpIm[size - k] = -(sin[k] as number)
    }
  }
  inner.transform(chirpRe, chirpIm)
  const workRe = new Float64Array(size)
  const workIm = new Float64Array(size)
  return {
    length: n,
    transform(re, im) {
      workRe.fill(0, n)
      workIm.fill(0, n)
      for (let k = 0; k < n; k++) {
        const c = cos[k] as number
        const s = sin[k] as number
        const xr = re[k] as number
        const xi = im[k] as number
        workRe[k] = xr * c - xi * s
        workIm[k] = xr * s + xi * c
      }
      inner.transform(workRe, workIm)
      // The inverse transform of the product is the conjugate of the transform of its conjugate.
      for (let k = 0; k < size; k++) {
        const ar = workRe[k] as number
        const ai = workIm[k] as number
        const br = chirpRe[k] as number
        const bi = chirpIm[k] as number
        workRe[k] = ar * br - ai * bi
        workIm[k] = -(ar * bi + ai * br)
      }
      inner.transform(workRe, workIm)
      for (let k = 0; k < n; k++) {
        const c = cos[k] as number
        const s = sin[k] as number
        const yr = (workRe[k] as number) / size
        const yi = -(workIm[k] as number) / size
        re[k] = yr * c - yi * s
        im[k] = yr * s + yi * c
      }
    },
  }
}

/**
 * Prepares a transform; its tables serve any number of calls.
 *
 * @param length a whole number from 1 on
 * @throws {RangeError} for any other
 * @example
 * const re = Float64Array.of(1, 0, 0, 0)
 * const im = new Float64Array(4)
 * createFft(4).transform(re, im) // re is 1, 1, 1, 1
 */
export function createFft(length: number): Fft {
  if (!(Number.isSafeInteger(length) && length >= 1)) throw new RangeError(`invalid length: ${length}`)
  return (length & (length - 1)) === 0 ? radix2(length) : bluestein(length)
}
