/** Regularised incomplete beta function. @see https://dlmf.nist.gov/8.17 */

/** `ln Γ(z) - (z - 1/2) ln z + z - ln(2 pi) / 2` for z from 10 on: eight terms leave less than 1e-17. @see https://dlmf.nist.gov/5.11#E1 */
function stirlingRemainder(z: number): number {
  const w = 1 / (z * z)
  let sum = -3617 / 122400
  sum = sum * w + 1 / 156
  sum = sum * w - 691 / 360360
  sum = sum * w + 1 / 1188
  sum = sum * w - 1 / 1680
  sum = sum * w + 1 / 1260
  sum = sum * w - 1 / 360
  sum = sum * w + 1 / 12
  return sum / z
}

/** Where the asymptotic series is good enough. */
const LARGE = 10

/** `ln B(a, b)`: both are raised to where Stirling's series holds, so that no large logarithms cancel. */
function logBeta(a: number, b: number): number {
  let factor = 1
  let p = a
  let q = b
  for (; p < LARGE; p++) factor *= (p + q) / p
  for (; q < LARGE; q++) factor *= (p + q) / q
  const remainder = stirlingRemainder(p) + stirlingRemainder(q) - stirlingRemainder(p + q)
  const main = -(p - 0.5) * Math.log1p(q / p) - q * Math.log1p(p / q) - 0.5 * Math.log(q)
  return Math.log(factor) + main + 0.5 * Math.log(2 * Math.PI) + remainder
}

/** Steps after which the fraction has long settled: it takes about the root of the larger parameter. */
const MOST_STEPS = 100_000

/**
 * The continued fraction that stands behind the leading factor, for `x` up to the mean `a / (a + b)`.
 * Equation 9 of DiDonato & Morris (1992), ACM Trans Math Softw 18:360, by Lentz's method.
 *
 * @param excess `a - (a + b) x`, from 0 on
 */
function continuedFraction(a: number, b: number, x: number, excess: number): number {
  let fraction = (a / (a + 1)) * (excess + 1)
  let c = fraction
  let d = 0
  for (let n = 1; n <= MOST_STEPS; n++) {
    const place = a + 2 * n - 1
    const share = (n * (b - n) * x) / place
    const numerator = ((a + n - 1) / place) * (a + b + n - 1) * x * share
    const denominator = n + share + ((a + n) / (place + 2)) * (excess + 1 + n * (2 - x))
    d = 1 / (denominator + numerator * d)
    c = denominator + numerator / c
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) <= Number.EPSILON) return 1 / fraction
  }
  throw new RangeError(`the incomplete beta function of a = ${a}, b = ${b} does not settle at ${x}`)
}

/** The leading factor times the fraction; for `x` up to the mean, where the fraction settles fast. */
function lowerTail(a: number, b: number, x: number, complement: number): number {
  const logX = x > 0.5 ? Math.log1p(-complement) : Math.log(x)
  const logComplement = complement > 0.5 ? Math.log1p(-x) : Math.log(complement)
  // Of both forms of the excess, that which takes the smaller share: the other would cancel.
  const excess = Math.max(0, x > complement ? (a + b) * complement - b : a - (a + b) * x)
  const factor = Math.exp(a * logX + b * logComplement - logBeta(a, b))
  return factor * continuedFraction(a, b, x, excess)
}

/**
 * `I_x(a, b)`: the share of the beta integral up to `x`, the distribution function of a beta variable.
 *
 * @param x 0 to 1
 * @param complement `1 - x`, where the caller knows it better than the difference tells it
 * @returns 0 to 1, to about 1e-13 relative
 * @throws {RangeError} unless `a` and `b` are finite and above 0, and `x` and its complement lie in 0 to 1
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`invalid parameters of the beta function: ${a}, ${b}`)
  }
  if (!(x >= 0 && x <= 1 && complement >= 0 && complement <= 1)) throw new RangeError(`invalid x: ${x}`)
  if (x === 0) return 0
  if (complement === 0) return 1
  const beyondMean = x > a / (a + b)
  return beyondMean ? 1 - lowerTail(b, a, complement, x) : lowerTail(a, b, x, complement)
}
