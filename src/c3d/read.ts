/** Reads a C3D file: locate its parts, settle its counts, then describe channels and points lazily. */

import { firstFrame, noteDisagreements, noteMissing, pointScale } from './agreement.ts'
import {
  type AnalogLayout,
  type C3dAnalogChannel,
  type ChannelScaling,
  rawSamples,
  readSamples,
} from './analog.ts'
import { checkAnalogs, checkErased, checkPadding, checkPoints } from './checks.ts'
import { analogCandidates, frameCandidates, pointCandidates, storageCandidates } from './counts.ts'
import { type Parameters, readParameters } from './data-start.ts'
import { C3dError } from './errors.ts'
import { readEvents } from './events.ts'
import { type C3dHeader, checkHeaderText, type Source } from './header.ts'
import { readTitles } from './labels.ts'
import { chooseLayout, type Layout, type LayoutSources } from './layout.ts'
import { locate, otherProcessor } from './locate.ts'
import { type C3dForcePlate, readForcePlates } from './plates.ts'
import { type C3dPoint, type PointLayout, readTrajectory, summarisePoints } from './points.ts'
import { readRates } from './rates.ts'
import type { C3dRecording } from './recording.ts'
import { readRotation, rotationStart } from './rotation.ts'
import { type AnalogScaling, analogScaling } from './scaling.ts'
import { createWarningLog, type WarningLog } from './warnings.ts'
import { nativeWords } from './words.ts'

/** Limits of a read; none by default, since reading allocates nothing that the file does not hold. */
export interface C3dReadOptions {
  /** Largest file, in bytes. */
  maxBytes?: number
  /** Most words that the declared frames may have, points and analog samples together. */
  maxValues?: number
}

/**
 * Reads a C3D file of any maker: Intel, DEC or MIPS numbers, integer or float samples.
 *
 * Work and memory are linear in the file's size whatever it declares. Intel data are viewed in the bytes given,
 * which must not change while the recording is used; other data are converted once. What the format cannot tell,
 * such as analog blocks stored out of order or shifted in time, is not detected here.
 *
 * @param bytes the whole file
 * @returns the recording, with every accepted oddity in `warnings`
 * @throws {C3dError} with a stable `code`, never anything else
 * @example
 * ```ts
 * const recording = readC3d(await Bun.file('walk.c3d').bytes())
 * for (const channel of recording.analogs) console.log(channel.name, channel.unit, channel.samples())
 * ```
 */
export function readC3d(bytes: Uint8Array, options: C3dReadOptions = {}): C3dRecording {
  const { maxBytes = Infinity, maxValues = Infinity } = options
  if (bytes.length > maxBytes)
    throw new C3dError('SIZE_LIMIT', `The file has ${bytes.length} bytes; ${maxBytes} is the limit.`)
  const log = createWarningLog()
  const located = locate(bytes, log)
  const { source, header, parameterStart } = located
  const parameters = readParameters(located, log)
  const { lookup, dataStart } = parameters
  checkHeaderText(source, header, log)
  if (header.hasRangeSection)
    log.add({
      code: 'RANGE_SECTION',
      message: 'The header announces a label and range section; it is ignored.',
    })

  const layout = settleLayout(source, header, parameters, log)
  const { channels, samplesPerFrame } = layout.analogs.value
  const frames = layout.framesPresent
  if (layout.frames.value * layout.stride > maxValues)
    throw new C3dError(
      'SIZE_LIMIT',
      `The file declares ${layout.frames.value} frames of ${layout.stride} values; ${maxValues} values are the limit.`,
    )
  const hint = otherProcessor(source, parameterStart)
  const rates = readRates(
    header,
    lookup,
    { channels, samplesPerFrame, frames },
    log,
    hint ? `; ${hint.sentence}` : '',
  )
  const scale = pointScale(layout, header, lookup, log)
  const first = firstFrame(header, lookup, log)
  noteMissing(lookup, layout.points.value, channels, log)

  const data = source.bytes.subarray(dataStart, dataStart + frames * layout.frameBytes)
  const storage = layout.storage.value
  const words = nativeWords(data, storage, source.processor)
  const pointLayout: PointLayout = {
    words,
    frames,
    points: layout.points.value,
    stride: layout.stride,
    step: storage === 'int' ? scale : 1,
    scale,
  }
  const analogLayout: AnalogLayout = {
    words,
    unsignedWords:
      words instanceof Int16Array ? new Uint16Array(words.buffer, words.byteOffset, words.length) : words,
    frames,
    samplesPerFrame,
    channels,
    stride: layout.stride,
    skip: 4 * layout.points.value,
  }
  checkErased(data, log)
  checkAnalogs(analogLayout, log)
  checkPadding(analogLayout, log)
  checkPoints(pointLayout, log)
  if (channels === 0) log.add({ code: 'NO_ANALOG', message: 'There are no analog channels, so no EMG.' })

  const scaling = analogScaling(lookup, channels, log)
  const forcePlates = readForcePlates(lookup, channels, log)
  const analog = analogReader(analogLayout, scaling)
  const pointTitles = readTitles(lookup, 'POINT', layout.points.value, 'P', log)
  const events = readEvents(header, lookup, { firstFrame: first, frames, rate: rates.point.value }, log)
  return {
    processor: source.processor,
    storage,
    header,
    parameters: parameters.groups,
    framesDeclared: layout.frames.value,
    framesPresent: frames,
    firstFrame: first,
    pointRate: rates.point.value,
    analogRate: rates.analog,
    alternativeRates: rates.alternatives,
    samplesPerFrame,
    analogSamples: channels > 0 ? frames * samplesPerFrame : 0,
    pointScale: scale,
    genScale: scaling.genScale,
    analogFormat: scaling.format,
    analogBits: scaling.bits,
    points: pointTitles.labels.map(
      (label, index): C3dPoint => ({
        index,
        label,
        name: pointTitles.names[index]!,
        unit: pointTitles.units[index]!,
        description: pointTitles.descriptions[index]!,
        trajectory: () => readTrajectory(pointLayout, index),
      }),
    ),
    analogs: analogChannels(parameters, scaling, analog, forcePlates, analogLayout, log),
    events,
    forcePlates,
    rotation: readRotation(lookup, rates.point.value),
    warnings: log.list(),
    raw: { words, stride: layout.stride },
    allAnalogSamples: () => analog.read(Array.from({ length: channels }, (_, i) => i)),
    analogSamplesOf: analog.read,
    pointTotals: () => {
      const { valid, sumAbs } = summarisePoints(pointLayout)
      return { valid, sumAbs }
    },
  }
}

/**
 * @throws {C3dError} NO_COUNTS, NO_FRAMES, ALLOC_LIMIT
 */
function settleLayout(source: Source, header: C3dHeader, parameters: Parameters, log: WarningLog): Layout {
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

/** Reads samples of the channels asked for, into the arrays given or new ones. */
function analogReader(layout: AnalogLayout, { genScale, scales, offsets, unsigned }: AnalogScaling) {
  const length = layout.frames * layout.samplesPerFrame
  const scalings = unsigned.map(
    (isUnsigned, index): ChannelScaling => ({
      index,
      unsigned: isUnsigned,
      offset: offsets[index]!,
      factor: scales[index]! * genScale,
    }),
  )
  const read = (indices: readonly number[], targets?: readonly Float64Array[]): Float64Array[] => {
    const channels = indices.map((index) => {
      const scaling = scalings[index]
      if (!scaling) throw new RangeError(`there is no analog channel ${index}`)
      return scaling
    })
    const filled = channels.map((_, i) => targets?.[i] ?? new Float64Array(length))
    if (filled.some((target) => target.length < length))
      throw new RangeError(`a target of analog samples needs room for ${length}`)
    readSamples(layout, channels, filled)
    return filled
  }
  return { read, raw: (index: number) => rawSamples(layout, scalings[index]!) }
}

function analogChannels(
  { lookup }: Parameters,
  { scales, offsets, unsigned }: AnalogScaling,
  analog: ReturnType<typeof analogReader>,
  forcePlates: readonly C3dForcePlate[],
  { channels }: AnalogLayout,
  log: WarningLog,
): C3dAnalogChannel[] {
  const { labels, names, units, descriptions } = readTitles(lookup, 'ANALOG', channels, 'A', log)
  const plateOf = new Map(
    forcePlates.flatMap((plate) => plate.channels.map((channel) => [channel, plate.index])),
  )
  return labels.map((label, index) => ({
    index,
    label,
    name: names[index]!,
    unit: units[index]!,
    description: descriptions[index]!,
    scale: scales[index]!,
    offset: offsets[index]!,
    unsigned: unsigned[index]!,
    forcePlate: plateOf.get(index) ?? null,
    samples: (target) => analog.read([index], target ? [target] : undefined)[0]!,
    raw: () => analog.raw(index),
  }))
}
