/** EDF+: each channel as recorded and its envelope, contractions and gaps as annotations. */
import {
  type EdfAnnotationSpec,
  type EdfSignalSpec,
  type EdfWriteSpec,
  writeEdf,
} from '../../edf-reader/index.ts'
import { voltsPer } from '../../mvc-cascade/index.ts'
import type { ChannelSignals } from '../signals.ts'
import type { ExportSource } from '../source.ts'
import { CannotHold, type ExportFormat } from './format.ts'

type Channel = ExportSource['analysis']['channels'][number]

/** Seconds of a data record that are tried, so that each channel has a whole number of samples in it. */
const DURATIONS = [...Array.from({ length: 60 }, (_, i) => i + 1), 0.1, 0.01, 0.5, 0.25, 0.125]

/** Bytes of a data record, by EDF+; readers allocate them at once. */
const MOST_RECORD_SAMPLES = 30_720

const isWhole = (value: number): boolean =>
  Math.abs(value - Math.round(value)) < 1e-6 && Math.round(value) >= 1

/** @throws {CannotHold} */
function recordDurationOf(channels: readonly ChannelSignals[]): number {
  const fits = (seconds: number): boolean =>
    channels.every(({ rate }) => isWhole(rate * seconds)) &&
    channels.reduce((sum, { rate }) => sum + 2 * rate * seconds, 0) <= MOST_RECORD_SAMPLES
  const found = DURATIONS.find(fits)
  if (found !== undefined) return found
  const rates = [...new Set(channels.map(({ rate }) => rate))].join(', ')
  throw new CannotHold(`EDF+ has no data record that holds a whole number of samples at ${rates} Hz.`)
}

/** EDF has ASCII of a fixed width. */
const ascii = (text: string, width: number): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[µμ]/g, 'u')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, width)

/** Volts as µV, whose numbers the header's eight characters hold; other units as they are. */
function scaleOf(unit: string): { readonly unit: string; readonly factor: number } {
  const volts = voltsPer(unit)
  return volts === null ? { unit: ascii(unit, 8), factor: 1 } : { unit: 'uV', factor: volts * 1e6 }
}

/** What EDF has no number for is 0; annotations say where. */
function storable(x: Float64Array, factor: number, length: number): Float64Array {
  const samples = new Float64Array(length)
  for (let i = 0; i < x.length; i++) {
    const value = (x[i] as number) * factor
    samples[i] = Number.isFinite(value) ? value : 0
  }
  return samples
}

function signalsOf(
  channel: Channel,
  signals: ChannelSignals,
  seconds: number,
  records: number,
): EdfSignalSpec[] {
  const samplesPerRecord = Math.round(signals.rate * seconds)
  const { unit, factor } = scaleOf(channel.unit)
  const of = (label: string, x: Float64Array, prefilter: string): EdfSignalSpec => ({
    label: ascii(label, 16),
    unit,
    prefilter: ascii(prefilter, 80),
    samplesPerRecord,
    samples: storable(x, factor, samplesPerRecord * records),
  })
  const raw = of(channel.name, signals.raw, '')
  if (!signals.envelope) return [raw]
  const [low, high] = channel.band ?? []
  const filter = channel.band ? `HP:${low}Hz LP:${high}Hz rectified envelope` : 'rectified envelope'
  return [raw, of(`${ascii(channel.name, 12)} env`, signals.envelope, filter)]
}

/** What has no control characters, as annotations want it. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ')

function annotationsOf(
  channel: Channel,
  { gaps, raw, rate }: ChannelSignals,
  endS: number,
): EdfAnnotationSpec[] {
  const name = plain(channel.name)
  const end = raw.length / rate
  return [
    ...channel.contractions.map(({ startMs, durationMs }) => ({
      time: startMs / 1000,
      duration: durationMs / 1000,
      text: `Contraction ${name}`,
    })),
    ...gaps.map(({ start, end: last }) => ({
      time: start / rate,
      duration: (last - start) / rate,
      text: `No signal ${name}`,
    })),
    ...(end < endS ? [{ time: end, duration: endS - end, text: `End of recording ${name}` }] : []),
  ]
}

/** The session's start, whose zone EDF does not know: it is written in UTC. */
function startOf({ session }: ExportSource): Pick<EdfWriteSpec, 'start'> {
  if (!session) return {}
  const at = new Date(session.startedAt)
  const year = at.getUTCFullYear()
  if (year < 1985 || year > 2084) return {}
  return {
    start: {
      year,
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
    },
  }
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Code, sex, day of birth and name: X is what is not told. No field may hold a space. */
function patientOf({ session, identification }: ExportSource): string {
  const { name = null, dateOfBirth = null } = identification?.patient ?? {}
  const [year, month, day] = dateOfBirth?.split('-') ?? []
  const born = day === undefined ? 'X' : `${day}-${MONTHS[Number(month) - 1]}-${year}`
  const called = name === null ? 'X' : ascii(name, 80).trim().replaceAll(/\s+/g, '_')
  return `${session?.patientCode ?? 'X'} X ${born} ${called}`.slice(0, 80)
}

export const edf: ExportFormat = {
  type: 'export-format',
  id: 'edf',
  summary: 'EDF+: EMG channels and their envelopes, with contractions as annotations',
  reference: 'https://www.edfplus.info/specs/edfplus.html',
  mediaType: 'application/edf',
  extension: '.edf',
  async *write(source) {
    const { analysis } = source
    const all = await Array.fromAsync(source.signals())
    if (all.length === 0) throw new CannotHold('EDF+ is of signals, and no channel of the recording is EMG.')
    const seconds = recordDurationOf(all)
    // Records are whole: the last one is filled up with zeros, and an annotation says from where.
    const records = Math.max(
      1,
      ...all.map(({ raw, rate }) => Math.ceil(raw.length / Math.round(rate * seconds))),
    )
    const pairs = analysis.channels.map((channel, i) => [channel, all[i] as ChannelSignals] as const)
    const annotations = pairs.flatMap(([channel, signals]) =>
      annotationsOf(channel, signals, records * seconds),
    )
    try {
      yield writeEdf({
        variant: 'EDF+C',
        patient: patientOf(source),
        ...startOf(source),
        recordDuration: seconds,
        signals: pairs.flatMap(([channel, signals]) => signalsOf(channel, signals, seconds, records)),
        annotations: annotations.sort((a, b) => a.time - b.time),
      })
    } catch (error) {
      if (error instanceof RangeError)
        throw new CannotHold(`EDF+ cannot hold this recording: ${error.message}.`)
      throw error
    }
  },
}
