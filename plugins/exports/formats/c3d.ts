/** C3D: points and channels of the recording, with envelopes and contractions added; what names anybody in full exports. */
import {
  type C3dAnalogSpec,
  type C3dEventSpec,
  type C3dGroupSpec,
  type C3dParameterSpec,
  type C3dPointSpec,
  type C3dRecording,
  readC3d,
  writeC3d,
} from '../../../src/sdk.ts'
import type { Recording } from '../../c3d-reader/index.ts'
import type { ChannelSignals } from '../signals.ts'
import type { ExportSource } from '../source.ts'
import { CannotHold, type ExportFormat } from './format.ts'

/** The frames of a file: so many a second, each with so many samples of every channel. */
interface Frames {
  readonly pointRate: number
  readonly samplesPerFrame: number
}

/** Groups of a C3D file that are about the room and not about anybody; what others say is not known. */
const OF_THE_ROOM = ['FORCE_PLATFORM']

/** What is written anew. */
const WRITTEN = ['POINT', 'ANALOG', 'TRIAL', 'ROTATION', 'EVENT', 'EVENT_CONTEXT']

/** Descriptions are free text, and stand in full exports alone. */
function pointsOf({ points }: C3dRecording, isFull: boolean): C3dPointSpec[] {
  return points.map((point) => {
    const { x, y, z, residual, cameras, valid } = point.trajectory()
    const xyz = new Float64Array(3 * x.length)
    for (let i = 0; i < x.length; i++) {
      xyz[3 * i] = x[i] as number
      xyz[3 * i + 1] = y[i] as number
      xyz[3 * i + 2] = z[i] as number
    }
    const { label, unit, description } = point
    return {
      label,
      ...(unit === null ? {} : { unit }),
      ...(isFull && description !== '' ? { description } : {}),
      xyz,
      residual: residual.map((each) => (Number.isNaN(each) ? 0 : Math.max(each, 0))),
      cameras,
      valid,
    }
  })
}

/** A parameter that is cut short says something else than it did; it is left out. */
function parametersOf(
  { parameters }: C3dRecording['parameters'][number],
  isFull: boolean,
): C3dParameterSpec[] {
  return parameters.flatMap(({ name, type, dimensions, values }) => {
    const sizes = type === 'char' ? dimensions.slice(1) : dimensions
    const isWhole = values.length === sizes.reduce((product, each) => product * each, 1)
    const isTold = isFull || type !== 'char'
    return type === 'unknown' || !isWhole || !isTold ? [] : [{ name, type, dimensions, value: values }]
  })
}

const groupsOf = ({ parameters }: C3dRecording, isFull: boolean): C3dGroupSpec[] =>
  parameters
    .filter(({ name }) =>
      isFull ? !WRITTEN.includes(name.toUpperCase()) : OF_THE_ROOM.includes(name.toUpperCase()),
    )
    .map((group) => ({ name: group.name, parameters: parametersOf(group, isFull) }))

/** Events of the file itself; whom they concern is told by full exports alone. */
const ownEvents = ({ events }: C3dRecording, isFull: boolean): C3dEventSpec[] =>
  events.flatMap(({ source, label, time, context, subject, description }) => {
    if (source !== 'group' || time === null) return []
    const told = Object.entries({ context, ...(isFull ? { subject, description } : {}) })
    return [{ label, time, ...Object.fromEntries(told.filter(([, text]) => text !== '')) }]
  })

const CONTEXTS: Readonly<Record<string, string>> = { left: 'Left', right: 'Right' }

/** Two events a contraction: the format has no durations. */
function contractionEvents({ analysis }: ExportSource): C3dEventSpec[] {
  return analysis.channels.flatMap(({ name, side, contractions }) => {
    const rest = { context: CONTEXTS[side ?? ''] ?? 'General', description: name.slice(0, 80) }
    return contractions.flatMap(({ startMs, endMs }) => [
      { label: 'EMG On', time: startMs / 1000, ...rest },
      { label: 'EMG Off', time: endMs / 1000, ...rest },
    ])
  })
}

function channelsOf({ channels }: Recording, isFull: boolean): C3dAnalogSpec[] {
  return channels.map(({ label, unit, description, samples }) => ({
    label,
    ...(unit === null ? {} : { unit }),
    ...(isFull && description !== '' ? { description } : {}),
    samples: samples(),
  }))
}

const envelopesOf = ({ analysis }: ExportSource, signals: readonly ChannelSignals[]): C3dAnalogSpec[] =>
  analysis.channels.flatMap(({ name, unit }, i) => {
    const { envelope } = signals[i] as ChannelSignals
    return envelope ? [{ label: `${name} Env`, unit, description: 'Linear envelope', samples: envelope }] : []
  })

/** Frames for channels of another format: as few samples a frame as leave no more than 65,535 of them, if that can be. */
function framesOf({ channels }: Recording): Frames {
  const [first] = channels
  if (!first) throw new CannotHold('The recording has no channels.')
  if (channels.some(({ rate, length }) => rate !== first.rate || length !== first.length)) {
    throw new CannotHold('C3D has one sampling rate for all channels, and these have several.')
  }
  const divides = (each: number): boolean => first.length % each === 0 && first.length / each <= 65_535
  const samplesPerFrame = Array.from({ length: 1000 }, (_, i) => i + 1).find(divides) ?? 1
  return { pointRate: first.rate / samplesPerFrame, samplesPerFrame }
}

export const c3d: ExportFormat = {
  type: 'export-format',
  id: 'c3d',
  summary: 'C3D: all points and channels, with envelopes and contractions added',
  reference: 'https://www.c3d.org/HTML/default.htm',
  mediaType: 'application/octet-stream',
  extension: '.c3d',
  async *write(source) {
    const recording = await source.recording()
    const signals = await Array.fromAsync(source.signals())
    const file = recording.format === 'c3d' ? readC3d(await source.bytes()) : null
    const frames = file ?? framesOf(recording)
    const isFull = source.identification !== null
    // Times of contractions are by the rate that was used.
    const { rateOverride } = source.analysis.parameters
    try {
      yield writeC3d({
        processor: 'intel',
        storage: 'float',
        samplesPerFrame: frames.samplesPerFrame,
        pointRate: rateOverride === null ? frames.pointRate : rateOverride / frames.samplesPerFrame,
        firstFrame: file?.firstFrame ?? 1,
        ...(file && file.pointScale > 0 ? { pointScale: file.pointScale } : {}),
        points: file ? pointsOf(file, isFull) : [],
        analogs: [...channelsOf(recording, isFull), ...envelopesOf(source, signals)],
        events: [...(file ? ownEvents(file, isFull) : []), ...contractionEvents(source)].sort(
          (a, b) => a.time - b.time,
        ),
        parameters: file ? groupsOf(file, isFull) : [],
      })
    } catch (error) {
      if (error instanceof RangeError)
        throw new CannotHold(`C3D cannot hold this recording: ${error.message}.`)
      throw error
    }
  },
}
