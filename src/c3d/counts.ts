/** Collects what header and parameters say about points, channels, sub-frames and frames. */

import type { C3dHeader } from './header.ts'
import type { AnalogCounts, Candidate } from './layout.ts'
import type { Lookup } from './lookup.ts'
import type { C3dStorage } from './processor.ts'
import type { WarningLog } from './warnings.ts'

/** POINT:FRAMES when the true count does not fit a word. */
const SATURATED = 0xffff

const AGREED = { trust: 'agreed' } as const
const GUESS = { trust: 'guess' } as const

/** Storage by the sign of each scale: the header first, then POINT:SCALE, else both. */
export function storageCandidates(header: C3dHeader, lookup: Lookup): Candidate<C3dStorage>[] {
  const stated: Candidate<C3dStorage>[] = []
  for (const { value, source } of scales(header, lookup)) {
    const storage = value < 0 ? 'float' : 'int'
    if (!stated.some((one) => one.value === storage)) stated.push({ value: storage, source })
  }
  if (stated.length > 0) return stated
  return [
    { value: 'float', source: 'size' },
    { value: 'int', source: 'size' },
  ]
}

/** The point scales that are numbers at all, the header's first. */
export function scales(header: C3dHeader, lookup: Lookup): Candidate<number>[] {
  const stated = [{ value: header.scale, source: 'header' }]
  const parameter = lookup.number('POINT', 'SCALE')
  if (parameter !== undefined) stated.push({ value: parameter, source: 'POINT:SCALE' })
  return stated.filter(({ value }) => Number.isFinite(value) && value !== 0)
}

/** The header's points, then POINT:USED. */
export function pointCandidates(header: C3dHeader, lookup: Lookup): Candidate<number>[] {
  const used = wholeCount(lookup.count('POINT', 'USED'))
  return distinct([
    {
      value: header.points,
      source: 'header',
      ...(used === undefined || used === header.points ? AGREED : {}),
    },
    ...(used === undefined ? [] : [{ value: used, source: 'POINT:USED' }]),
  ])
}

/**
 * The header's samples and sub-frames, then ANALOG:USED with the header's sub-frames, with the quotient of the
 * header's samples, and with the ratio of the rates; last the header's samples taken as channels.
 */
export function analogCandidates(header: C3dHeader, lookup: Lookup): Candidate<AnalogCounts>[] {
  const { analogSamples: words, samplesPerFrame: sub } = header
  const used = wholeCount(lookup.count('ANALOG', 'USED'))
  const rate = [lookup.number('POINT', 'RATE'), header.rate].find((value) => value !== undefined && value > 0)
  const ratio = Math.round((lookup.number('ANALOG', 'RATE') ?? Number.NaN) / (rate ?? Number.NaN))
  const all: Candidate<AnalogCounts>[] = []
  const add = (channels: number, samplesPerFrame: number, source: string, isGuess = false) => {
    const sound = Number.isInteger(channels) && samplesPerFrame >= 1 && samplesPerFrame <= 0xffff
    if (!sound) return
    const sameSub = channels === 0 || sub === 0 || sub === samplesPerFrame
    const agreed =
      channels * samplesPerFrame === words && (used === undefined || used === channels) && sameSub
    const counts = { channels, samplesPerFrame: channels === 0 ? 1 : samplesPerFrame }
    all.push({ value: counts, source, ...(agreed ? AGREED : isGuess ? GUESS : {}) })
  }
  if (words === 0) add(0, 1, 'header')
  else if (sub > 0) add(words / sub, sub, 'header')
  if (used !== undefined) {
    if (used === 0) add(0, 1, 'ANALOG:USED')
    add(used, sub, 'ANALOG:USED and header')
    if (used > 0 && words % used === 0) add(used, words / used, 'ANALOG:USED and header', true)
    add(used, ratio, 'ANALOG:USED and rates')
  }
  if (words > 0) add(words, Math.max(sub, 1), 'header', true)
  if (all.length === 0) add(0, 1, 'header')
  return distinct(all, ({ channels, samplesPerFrame }) => `${channels} ${samplesPerFrame}`)
}

/** POINT:FRAMES, unless it says only that there are more; LONG_FRAMES; TRIAL; the header's range. */
export function frameCandidates(header: C3dHeader, lookup: Lookup, log: WarningLog): Candidate<number>[] {
  const { firstFrame, lastFrame } = header
  const frames = wholeCount(lookup.count('POINT', 'FRAMES'))
  const long = wholeCount(lookup.number('POINT', 'LONG_FRAMES'))
  const trial = trialRange(lookup)
  if (trial && trial.end < trial.start) {
    const message = `TRIAL ends at frame ${trial.end}, before it starts at ${trial.start}; it was ignored.`
    log.add({ code: 'TRIAL_INVALID', message })
  }
  if (lastFrame < firstFrame || firstFrame === 0) {
    const message = `The header's frames ${firstFrame} to ${lastFrame} are no range that starts at 1 or later.`
    log.add({ code: 'FRAME_RANGE', message })
  }
  const stated: Candidate<number>[] = []
  const add = (value: number | undefined, source: string) => {
    if (value !== undefined && value > 0) stated.push({ value, source })
  }
  if (frames !== SATURATED) add(frames, 'POINT:FRAMES')
  add(long, 'POINT:LONG_FRAMES')
  if (trial && trial.end >= trial.start) add(trial.end - trial.start + 1, 'TRIAL')
  if (lastFrame >= firstFrame && lastFrame > 0) add(lastFrame - firstFrame + 1, 'header')
  if (frames === SATURATED) add(frames, 'POINT:FRAMES')
  return distinct(stated)
}

/** TRIAL's fields, each `low + 65536 * high` of two unsigned words. */
export function trialRange(lookup: Lookup): { start: number; end: number } | undefined {
  const [start, end] = ['ACTUAL_START_FIELD', 'ACTUAL_END_FIELD'].map((name) => {
    const words = lookup.numbers('TRIAL', name)
    if (!words) return undefined
    if (words instanceof Float32Array) return wholeCount(words[0])
    return (words[0]! & 0xffff) + 0x10000 * ((words[1] ?? 0) & 0xffff)
  })
  return start === undefined || end === undefined ? undefined : { start, end }
}

/** A count that may be stored as a float. */
const wholeCount = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) && value >= 0 && value <= 0xffffffff
    ? Math.round(value)
    : undefined

function distinct<T>(
  all: readonly Candidate<T>[],
  key: (value: T) => unknown = (value) => value,
): Candidate<T>[] {
  return all.filter(({ value }, i) => all.findIndex((one) => key(one.value) === key(value)) === i)
}
