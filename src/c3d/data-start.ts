/** Where the data start, and the parameters that lie before them. */

import { C3dError } from './errors.ts'
import { assembleGroups } from './groups.ts'
import { BLOCK, type Located } from './locate.ts'
import { createLookup, type Lookup } from './lookup.ts'
import type { C3dGroup } from './parameters.ts'
import { walkSection } from './section.ts'
import type { WarningLog } from './warnings.ts'

/** A block number is one word. */
const LAST_BLOCK = 0xffff

/** The parameters and where they end. */
export interface Parameters {
  groups: C3dGroup[]
  lookup: Lookup
  /** Whether the section has any entry at all. */
  empty: boolean
  /** Offset of the first frame. */
  dataStart: number
}

/**
 * The header's data start counts, if it lies past the parameters; POINT:DATA_START only stands in for a 0 there.
 *
 * @throws {C3dError} DATA_START, TOO_SHORT, NO_FRAMES, and those of the parameters
 */
export function readParameters({ source, header, parameterStart }: Located, log: WarningLog): Parameters {
  const { bytes } = source
  const stated = (header.dataBlock - 1) * BLOCK
  const blocks = bytes[parameterStart + 2]!
  const isCut = bytes.length < parameterStart + BLOCK * Math.max(blocks, 1)
  const cut = () =>
    new C3dError('TOO_SHORT', `The file ends after ${bytes.length} bytes, inside its parameters.`)
  if (header.dataBlock > 0) {
    if (stated <= parameterStart)
      throw new C3dError(
        'DATA_START',
        `The data are said to start in block ${header.dataBlock}, before the parameters.`,
        16,
      )
    if (stated > bytes.length && isCut) throw cut()
    if (stated > bytes.length)
      throw new C3dError(
        'DATA_START',
        `The data are said to start in block ${header.dataBlock}, past the end.`,
        16,
      )
  }
  const limit = header.dataBlock > 0 ? stated : Math.min(bytes.length, LAST_BLOCK * BLOCK)
  const section = walkSection(source, parameterStart + 4, limit, log)
  const groups = assembleGroups(source, section, log)
  const lookup = createLookup(groups, log)
  const empty = groups.length === 0
  if (empty)
    log.add({ code: 'NO_PARAMETERS', message: 'There are no parameters; the header alone was read.' })
  else if (section.end > parameterStart + BLOCK * blocks) {
    const message = `The parameter section says it has ${blocks} blocks and reaches past them.`
    log.add({ code: 'PARAM_BLOCKS', message })
  }
  const block = lookup.count('POINT', 'DATA_START')
  const fallback = ((block ?? 0) - 1) * BLOCK
  if (block !== undefined && block !== header.dataBlock)
    log.add({
      code: 'MISMATCH',
      message: `The data start in block ${header.dataBlock} by the header and ${block} by POINT:DATA_START.`,
      field: 'dataStart',
      used: header.dataBlock || block,
      others: header.dataBlock > 0 ? { 'POINT:DATA_START': block } : { header: 0 },
    })
  const dataStart = header.dataBlock > 0 ? stated : fallback
  if (dataStart < section.end || dataStart > bytes.length) {
    if (isCut) throw cut()
    throw new C3dError('DATA_START', 'Neither the header nor POINT:DATA_START says where the data start.', 16)
  }
  if (dataStart === bytes.length)
    throw new C3dError('NO_FRAMES', 'The file ends where its first frame should start.')
  return { groups, lookup, empty, dataStart }
}
