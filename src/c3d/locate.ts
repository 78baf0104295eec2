/** Finds header, processor, parameters and data in the bytes of a file. */

import { C3dError } from './errors.ts'
import { type C3dHeader, readHeader, type Source } from './header.ts'
import type { C3dProcessor } from './processor.ts'
import { isPlausibleRate } from './rates.ts'
import type { WarningLog } from './warnings.ts'

export const BLOCK = 512
const MAGIC = 0x50
const PROCESSORS: Record<number, C3dProcessor> = {
  84: 'intel',
  85: 'dec',
  86: 'mips',
  1: 'intel',
  2: 'dec',
  3: 'mips',
}

/** Where a file's parts are. */
export interface Located {
  source: Source
  header: C3dHeader
  /** Offset of the parameter section. */
  parameterStart: number
}

/**
 * @throws {C3dError} EMPTY, TOO_SHORT, NOT_C3D, PARAM_POINTER, PROCESSOR, RATE (a wrong processor byte)
 */
export function locate(file: Uint8Array, log: WarningLog): Located {
  if (file.length === 0) throw new C3dError('EMPTY', 'The file is empty.')
  if (file.length < BLOCK)
    throw new C3dError('TOO_SHORT', `The file has ${file.length} bytes; a C3D header alone takes ${BLOCK}.`)
  const bytes = withoutLeadingZeros(file, log)
  const kind = kindOf(bytes)
  if (bytes[1] !== MAGIC || kind === PDF) throw new C3dError('NOT_C3D', `The file is no C3D file${kind}.`, 1)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const block = bytes[0]!
  const parameterStart = (block - 1) * BLOCK
  if (block < 2)
    throw new C3dError(
      'PARAM_POINTER',
      `The parameters are said to be in block ${block}, which is the header.`,
      0,
    )
  if (parameterStart + 4 > bytes.length) {
    if (block === 2 || bytes.length < 2 * BLOCK)
      throw new C3dError('TOO_SHORT', `The file ends after ${bytes.length} bytes, before its parameters.`)
    throw new C3dError('PARAM_POINTER', `The parameters are said to be in block ${block}, past the end.`, 0)
  }
  const code = bytes[parameterStart + 3]!
  const processor = PROCESSORS[code]
  const starts = processor
    ? [dataStartBy(view, processor)]
    : [dataStartBy(view, 'intel'), dataStartBy(view, 'mips')]
  // A pointer into the data finds no section there; one into the right place with a bad byte does.
  if (
    starts.some((start) => start >= BLOCK && start <= parameterStart) &&
    !hasEntry(bytes, parameterStart + 4)
  )
    throw new C3dError('PARAM_POINTER', `The parameters are said to be in block ${block}, and are not.`, 0)
  if (!processor)
    throw new C3dError(
      'PROCESSOR',
      `The processor byte is ${code}, neither Intel (84), DEC (85) nor MIPS (86).`,
      parameterStart + 3,
    )
  if (code < 84) {
    const message = `The processor byte is ${code} instead of ${code + 83}; read as ${processor}.`
    log.add({ code: 'PROCESSOR_SHORT', message })
  }
  const source = { bytes, view, processor }
  const header = readHeader(source)
  refuseWrongProcessor(source, header, parameterStart)
  return { source, header, parameterStart }
}

/** Some Vicon programs put blocks of zeros in front; anything but whole blocks is not one of those. */
function withoutLeadingZeros(file: Uint8Array, log: WarningLog): Uint8Array {
  if (file[0] !== 0 || file[1] !== 0) return file
  const first = file.findIndex((byte) => byte !== 0)
  const start = Math.floor(first / BLOCK) * BLOCK
  if (start === 0 || file.length - start < BLOCK || file[start + 1] !== MAGIC) return file
  log.add({ code: 'LEADING_ZEROS', message: `${start} zero bytes stand before the header.`, bytes: start })
  return file.subarray(start)
}

const dataStartBy = (view: DataView, processor: C3dProcessor): number =>
  (view.getUint16(16, processor !== 'mips') - 1) * BLOCK

/** Whether a name of printable characters could start here. */
function hasEntry(bytes: Uint8Array, at: number): boolean {
  const length = Math.abs((bytes[at]! << 24) >> 24)
  if (length === 0) return false
  for (let i = at + 2; i < at + 2 + length; i++) if (!(bytes[i]! >= 0x20 && bytes[i]! < 0x7f)) return false
  return true
}

/**
 * With the bytes of every word the wrong way round, a dozen other faults would be reported first. Intel and DEC
 * share their words; between those two the rates decide, once the parameters are read.
 */
function refuseWrongProcessor(source: Source, { rate }: C3dHeader, parameterStart: number): void {
  const hint = otherProcessor(source, parameterStart)
  if (isPlausibleRate(rate) || !hint || (hint.processor === 'mips') === (source.processor === 'mips')) return
  throw new C3dError(
    'RATE',
    `The rate is ${rate} Hz read as ${source.processor}, as the file asks; ${hint.sentence}.`,
    parameterStart + 3,
  )
}

/** The processor under which the header makes sense, when it is not the one that the file names. */
export function otherProcessor({ bytes, view, processor }: Source, parameterStart: number) {
  for (const other of ['intel', 'dec', 'mips'] as const) {
    const start = dataStartBy(view, other)
    const { rate } = readHeader({ bytes, view, processor: other })
    if (other !== processor && start > parameterStart && start < bytes.length && isPlausibleRate(rate))
      return { processor: other, sentence: `read as ${other} it would be ${rate} Hz` }
  }
  return undefined
}

/** The one kind of file whose second byte is C3D's too. */
const PDF = ' but a PDF document'

/** What the first bytes say the file is instead. */
function kindOf(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 5))
  if (start.startsWith('PK')) return ' but a ZIP archive'
  if (start.startsWith('\u001f\u008b')) return ' but gzip data'
  if (start.startsWith('%PDF-')) return PDF
  return /^[\t\n\r -~]+$/.test(String.fromCharCode(...bytes.subarray(0, 64)))
    ? ' but text'
    : ': its second byte is not 0x50'
}
