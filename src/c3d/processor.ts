/** The three processor formats of C3D: how each stores words and floats. */

/**
 * Who wrote the numbers: Intel (little-endian, IEEE), DEC (little-endian words, VAX F floats) or MIPS/SGI
 * (big-endian, IEEE).
 */
export type C3dProcessor = 'intel' | 'dec' | 'mips'

/** Words of every sample: 16-bit integers, or 32-bit floats. One choice for the whole file. */
export type C3dStorage = 'int' | 'float'

/** The byte that names each processor, at the fourth byte of the parameter section (83 + 1, 2, 3). */
export const PROCESSOR_CODE: Record<C3dProcessor, number> = { intel: 84, dec: 85, mips: 86 }

const scratch = new DataView(new ArrayBuffer(4))

/**
 * The value of a VAX F float from its two 16-bit words: sign, 8 exponent bits with bias 128 and a hidden 0.1,
 * so a quarter of what the same bits say in IEEE. Exponent 0 is zero; 255 is an ordinary exponent.
 */
export function vaxToNumber(high: number, low: number): number {
  const exponent = (high >>> 7) & 0xff
  if (exponent === 0) return 0
  const fraction = 1 + (((high & 0x7f) << 16) | low) / 0x800000
  const value = fraction * 2 ** (exponent - 129)
  return high & 0x8000 ? -value : value
}

/**
 * The two 16-bit words of a number as a VAX F float, packed as `high << 16 | low`.
 *
 * @throws {RangeError} when the number has no VAX form: NaN, infinite, or beyond 1.7e38
 */
export function numberToVax(value: number): number {
  scratch.setFloat32(0, value)
  const bits = scratch.getUint32(0)
  const exponent = (bits >>> 23) & 0xff
  if (exponent === 0) return 0
  if (exponent > 253) throw new RangeError(`${value} has no DEC float`)
  return (bits + 0x01000000) >>> 0
}

/** Reads one 32-bit float; the caller has checked the bounds. */
export function readFloat(view: DataView, offset: number, processor: C3dProcessor): number {
  if (processor !== 'dec') return view.getFloat32(offset, processor === 'intel')
  return vaxToNumber(view.getUint16(offset, true), view.getUint16(offset + 2, true))
}

/** Writes one 32-bit float. */
export function writeFloat(view: DataView, offset: number, value: number, processor: C3dProcessor): void {
  if (processor === 'dec') {
    const bits = numberToVax(value)
    view.setUint16(offset, bits >>> 16, true)
    view.setUint16(offset + 2, bits & 0xffff, true)
  } else view.setFloat32(offset, value, processor === 'intel')
}
