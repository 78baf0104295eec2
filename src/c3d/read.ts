/** Reads a C3D file: locate its parts, settle its counts, then describe channels and points lazily. */

import { firstFrame, noteMissing, pointScale } from './agreement.ts'
import type { AnalogLayout } from './analog.ts'
import { analogChannels, analogReader } from './channels.ts'
import { checkAnalogs, checkErased, checkPadding, checkPoints } from './checks.ts'
import { readParameters } from './data-start.ts'
import { C3dError } from './errors.ts'
import { readEvents } from './events.ts'
import { checkHeaderText } from './header.ts'
import { readTitles } from './labels.ts'
import { locate, otherProcessor } from './locate.ts'
import { readForcePlates } from './plates.ts'
import { type C3dPoint, type PointLayout, readTrajectory, summarisePoints } from './points.ts'
import { readRates } from './rates.ts'
import type { C3dRecording } from './recording.ts'
import { readRotation } from './rotation.ts'
import { analogScaling } from './scaling.ts'
import { settleLayout } from './settle.ts'
import { createWarningLog } from './warnings.ts'
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
    analogs: analogChannels(lookup, scaling, analog, forcePlates, analogLayout, log),
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
