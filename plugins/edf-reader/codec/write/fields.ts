/** Numbers and texts as header fields of a fixed width. */

/** @throws {RangeError} unless it is printable ASCII that fits */
export function textField(text: string, width: number, name: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new RangeError(`${name} is not printable ASCII`)
  if (text.length > width) throw new RangeError(`${name} has more than ${width} characters`)
  return text.padEnd(width)
}

/** Every way to write a number in at most 8 characters, the plainest first. */
const forms = (value: number): string[] => [
  String(value),
  ...Array.from({ length: 8 }, (_, digits) => value.toFixed(7 - digits)),
  ...Array.from({ length: 8 }, (_, digits) =>
    value
      .toExponential(7 - digits)
      .replace('e+', 'E')
      .replace('e', 'E'),
  ),
]

const fits = (text: string): boolean => text.length <= 8

/** @throws {RangeError} unless 8 characters hold exactly this number */
export function numberField(value: number, name: string): string {
  const form = forms(value).find((text) => fits(text) && Number(text) === value)
  if (!form) throw new RangeError(`${name} is ${value}, which no 8 characters can say`)
  return form.padEnd(8)
}

/**
 * The least number, not under `value`, that 7 characters can say; its negative takes 8.
 *
 * @param value 0 or above
 */
export function roundUp(value: number): number {
  const candidates = forms(value).flatMap((text) => {
    const number = Number(text)
    if (number >= value) return [number]
    // One more in the last digit that is written.
    const [mantissa = '', exponent = ''] = text.split('E')
    const decimals = mantissa.split('.')[1]?.length ?? 0
    const step = `1E${Number(exponent || 0) - decimals}`
    return [Number((number + Number(step)).toPrecision(8))]
  })
  const sayable = candidates.filter(
    (number) => number >= value && forms(number).some((text) => text.length <= 7 && Number(text) === number),
  )
  return Math.min(...sayable)
}
