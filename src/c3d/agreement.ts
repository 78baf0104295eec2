/** Notes where header and parameters disagree with what was taken, and what a complete file would have. */

import { scales, trialRange } from './counts.ts'
import type { C3dHeader } from './header.ts'
import type { Candidate, Layout } from './layout.ts'
import type { Lookup } from './lookup.ts'
import type { C3dMismatchField, WarningLog } from './warnings.ts'

/** Relative difference up to which two scales are the same float. */
const SAME = 1e-6

/** Notes each count on which the sources differ. */
export function noteDisagreements(
  layout: Layout,
  frames: readonly Candidate<number>[],
  header: C3dHeader,
  lookup: Lookup,
  log: WarningLog,
): void {
  const note = (
    field: C3dMismatchField,
    used: number | string,
    stated: Record<string, number | string | undefined>,
  ) => {
    const others = Object.entries(stated).filter(
      (one): one is [string, number | string] => one[1] !== undefined && one[1] !== used,
    )
    if (others.length === 0) return
    const said = others.map(([source, value]) => `${source} says ${value}`).join(', ')
    const message = `${FIELD_NAMES[field]}: ${used} was used, ${said}.`
    log.add({ code: 'MISMATCH', message, field, used, others: Object.fromEntries(others) })
  }
  const { channels, samplesPerFrame } = layout.analogs.value
  note('points', layout.points.value, { header: header.points, 'POINT:USED': lookup.count('POINT', 'USED') })
  const words = channels * samplesPerFrame
  note('channels', channels, {
    'ANALOG:USED': lookup.count('ANALOG', 'USED'),
    header: header.analogSamples === words ? undefined : `${header.analogSamples} samples a frame`,
  })
  if (channels > 0) note('samplesPerFrame', samplesPerFrame, { header: header.samplesPerFrame })
  // A word that stops at 65535 does not contradict a longer recording.
  const stops = (value: number | undefined) => layout.frames.value > 0xffff && value === 0xffff
  const said = frames.filter(
    ({ source, value }) => !(stops(value) || (source === 'header' && stops(header.lastFrame))),
  )
  const count = lookup.count('POINT', 'FRAMES')
  note('frames', layout.frames.value, {
    ...Object.fromEntries(said.map(({ source, value }) => [source, value])),
    'POINT:FRAMES': stops(count) ? undefined : count,
  })
  note(
    'storage',
    layout.storage.value,
    Object.fromEntries(
      scales(header, lookup).map(({ source, value }) => [source, value < 0 ? 'float' : 'int']),
    ),
  )
}

const FIELD_NAMES: Record<C3dMismatchField, string> = {
  points: 'Points',
  channels: 'Analog channels',
  samplesPerFrame: 'Analog samples per frame',
  frames: 'Frames',
  firstFrame: 'First frame',
  storage: 'Storage',
  scale: 'Point scale',
  rate: 'Frame rate',
  dataStart: 'Data start',
}

/** Magnitude of the point scale: of the source whose sign gave the storage, the header's first. */
export function pointScale({ storage }: Layout, header: C3dHeader, lookup: Lookup, log: WarningLog): number {
  const sound = scales(header, lookup)
  const fitting = sound.filter(({ value }) => value < 0 === (storage.value === 'float'))
  const [first, other] = fitting
  const parameter = lookup.number('POINT', 'SCALE')
  if (sound.length < (parameter === undefined ? 1 : 2) && (header.points > 0 || !first)) {
    const said = `${header.scale} in the header and ${parameter ?? 'missing'} in POINT:SCALE`
    log.add({
      code: 'SCALE_INVALID',
      message: `The point scale is ${said}; ${first ? Math.abs(first.value) : 1} was used.`,
    })
  }
  if (!first) return 1
  if (other && Math.abs(other.value - first.value) > SAME * Math.abs(first.value))
    log.add({
      code: 'MISMATCH',
      message: `Point scale: ${first.value} of the ${first.source} was used, ${other.source} says ${other.value}.`,
      field: 'scale',
      used: first.value,
      others: { [other.source]: other.value },
    })
  return Math.abs(first.value)
}

/** The header's first frame; TRIAL's where the header's word is too small for it. */
export function firstFrame(header: C3dHeader, lookup: Lookup, log: WarningLog): number {
  const trial = trialRange(lookup)
  if (!trial || trial.end < trial.start || trial.start === header.firstFrame) return header.firstFrame
  if (trial.start > 0xffff && (header.firstFrame === 0xffff || header.firstFrame === (trial.start & 0xffff)))
    return trial.start
  log.add({
    code: 'MISMATCH',
    message: `First frame: ${header.firstFrame} of the header was used, TRIAL says ${trial.start}.`,
    field: 'firstFrame',
    used: header.firstFrame,
    others: { TRIAL: trial.start },
  })
  return header.firstFrame
}

/** Notes parameters that a complete file has. */
export function noteMissing(lookup: Lookup, points: number, channels: number, log: WarningLog): void {
  const wanted = [
    ...(points > 0
      ? ['USED', 'SCALE', 'RATE', 'LABELS', 'UNITS'].map((name) => ['POINT', name] as const)
      : []),
    ...(channels > 0
      ? ['USED', 'SCALE', 'OFFSET', 'RATE', 'LABELS', 'UNITS'].map((name) => ['ANALOG', name] as const)
      : []),
  ]
  for (const [group, name] of wanted)
    if (!lookup.find(group, name)) log.place('MISSING', 'missing', `${group}:${name}`)
}
