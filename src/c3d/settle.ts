/** Settles points, channels and frames of a file, and notes what did not fit. */

import { noteDisagreements } from './agreement.ts'
import { analogCandidates, frameCandidates, pointCandidates, storageCandidates } from './counts.ts'
import type { Parameters } from './data-start.ts'
import { C3dError } from './errors.ts'
import type { C3dHeader, Source } from './header.ts'
import { chooseLayout, type Layout, type LayoutSources } from './layout.ts'
import { rotationStart } from './rotation.ts'
import type { WarningLog } from './warnings.ts'

/**
 * The layout that the size confirms, within the rotation data where those confirm it too.
 *
 * @throws {C3dError} NO_COUNTS, NO_FRAMES, ALLOC_LIMIT
 */
export function settleLayout(
  source: Source,
  header: C3dHeader,
  parameters: Parameters,
  log: WarningLog,
): Layout {
  const { lookup, dataStart, empty } = parameters
  const left = source.bytes.length - dataStart
  const rotation = rotationStart(lookup)
  const bound = rotation !== null && rotation >= dataStart && rotation < source.bytes.length
  const sources: LayoutSources = {
    available: bound ? rotation - dataStart : left,
    storages: storageCandidates(header, lookup),
    points: pointCandidates(header, lookup),
    analogs: analogCandidates(header, lookup),
    frames: frameCandidates(header, lookup, log),
  }
  let layout = chooseLayout(sources)
  const unbound =
    bound && layout?.fit !== 'exact' && layout?.fit !== 'empty'
      ? chooseLayout({ ...sources, available: left })
      : undefined
  if (unbound?.fit === 'exact') layout = unbound
  if ((rotation !== null && !bound) || (unbound && layout === unbound))
    log.add({
      code: 'ROTATION_START',
      message: 'ROTATION:DATA_START contradicts the frames; it was ignored.',
    })
  if (empty && layout?.fit !== 'exact')
    throw new C3dError(
      'NO_COUNTS',
      'There are no parameters, and what the header says does not fit the file.',
    )
  if (!layout) throw noFrame(sources, source.bytes.length)
  if (layout.fit === 'empty' && rotation === null)
    throw new C3dError('NO_COUNTS', 'The file declares neither points nor analog channels nor rotations.')
  const { value: declared } = layout.frames
  const present = layout.framesPresent
  if (layout.fit === 'truncated') {
    const message = `The file declares ${declared} frames and holds ${present}.`
    log.add({ code: 'TRUNCATED', message, declared, present })
  }
  if (layout.fit === 'trailing') {
    const bytes = left - present * layout.frameBytes
    log.add({ code: 'TRAILING_DATA', message: `${bytes} bytes follow the last frame.`, bytes })
  }
  noteDisagreements(layout, sources.frames, header, lookup, log)
  return layout
}

/** Not one frame fits: either the file is cut, or its counts are beyond it. */
function noFrame({ points, analogs, available }: LayoutSources, fileBytes: number): C3dError {
  if (available > 0 && analogs.every(({ trust }) => trust === 'guess'))
    return new C3dError(
      'NO_COUNTS',
      'What the header says of the analog channels fits neither itself nor the file.',
    )
  const words = Math.min(
    ...points.flatMap((point) =>
      analogs.map(({ value: { channels, samplesPerFrame } }) => 4 * point.value + channels * samplesPerFrame),
    ),
  )
  if (available > 0 && words * 2 > Math.min(fileBytes, 0xffff))
    return new C3dError(
      'ALLOC_LIMIT',
      `A frame is declared to have ${words} values, more than the file can hold.`,
    )
  return new C3dError('NO_FRAMES', `The file ends after ${available} bytes of data, inside its first frame.`)
}
