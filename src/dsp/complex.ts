/** Complex numbers, as far as filter design needs them. */

export interface Complex {
  readonly re: number
  readonly im: number
}

export const complex = (re: number, im = 0): Complex => ({ re, im })
export const add = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im)
export const subtract = (a: Complex, b: Complex): Complex => complex(a.re - b.re, a.im - b.im)
export const scale = (a: Complex, factor: number): Complex => complex(a.re * factor, a.im * factor)
export const multiply = (a: Complex, b: Complex): Complex =>
  complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
export const absolute = (a: Complex): number => Math.hypot(a.re, a.im)

export function divide(a: Complex, b: Complex): Complex {
  const square = b.re * b.re + b.im * b.im
  return complex((a.re * b.re + a.im * b.im) / square, (a.im * b.re - a.re * b.im) / square)
}

/** The root with a real part that is not negative. */
export function squareRoot(a: Complex): Complex {
  const size = absolute(a)
  const re = Math.sqrt((size + a.re) / 2)
  const im = Math.sqrt(Math.max(0, (size - a.re) / 2))
  return complex(re, a.im < 0 ? -im : im)
}

export const product = (factors: readonly Complex[]): Complex => factors.reduce(multiply, complex(1))
