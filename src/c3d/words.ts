/** The data section as native words: a view of the file where its storage allows, else one copy. */

import { type C3dProcessor, type C3dStorage, vaxToNumber } from './processor.ts'

/** Words of whole frames: points (4 words each), then sub-frame by sub-frame every channel. */
export type C3dWords = Float32Array | Int16Array

/**
 * Intel data on an even address (and DEC integers, which are the same) are viewed in place; every Bun target is
 * little-endian. Anything else is converted once. VAX floats below 1.2e-38 lose their last bits.
 */
export function nativeWords(bytes: Uint8Array, storage: C3dStorage, processor: C3dProcessor): C3dWords {
  const size = storage === 'float' ? 4 : 2
  const length = Math.floor(bytes.length / size)
  const asStored = processor === 'intel' || (processor === 'dec' && storage === 'int')
  const inPlace = asStored && bytes.byteOffset % size === 0
  const own = inPlace ? bytes : bytes.slice(0, length * size)
  if (storage === 'int') {
    const words = new Int16Array(own.buffer, own.byteOffset, length)
    if (!asStored) swapWords(words)
    return words
  }
  const words = new Float32Array(own.buffer, own.byteOffset, length)
  if (processor === 'mips') swapDoubleWords(new Uint32Array(own.buffer, own.byteOffset, length))
  if (processor === 'dec') fromVax(words)
  return words
}

function swapWords(words: Int16Array): void {
  for (let i = 0; i < words.length; i++) words[i] = (words[i]! << 8) | ((words[i]! >>> 8) & 0xff)
}

function swapDoubleWords(words: Uint32Array): void {
  for (let i = 0; i < words.length; i++) {
    const b = words[i]!
    words[i] = (b << 24) | ((b & 0xff00) << 8) | ((b >>> 8) & 0xff00) | (b >>> 24)
  }
}

/** Halves change places, then two less in the exponent divides by four; the few exponents left go the long way. */
function fromVax(words: Float32Array): void {
  const bits = new Uint32Array(words.buffer, words.byteOffset, words.length)
  for (let i = 0; i < bits.length; i++) {
    const b = bits[i]!
    const vax = (b << 16) | (b >>> 16)
    if ((vax & 0x7f800000) > 0x01000000) bits[i] = vax - 0x01000000
    else words[i] = vaxToNumber(vax >>> 16, vax & 0xffff)
  }
}
