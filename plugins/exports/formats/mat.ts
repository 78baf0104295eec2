/** MAT-file of level 5: samples and figures as a struct, for MATLAB, Octave and scipy. */
import { type MatValue, writeMat } from '../mat/write.ts'
import { figuresOf } from '../rows/metrics.ts'
import type { ChannelSignals } from '../signals.ts'
import type { ExportSource } from '../source.ts'
import { CannotHold, type ExportFormat } from './format.ts'

type Channel = ExportSource['analysis']['channels'][number]
type Contraction = Channel['contractions'][number]

const NONE = new Float64Array()

/** Missing numbers are NaN, as they are in MATLAB. */
const columnOf = <Row>(rows: readonly Row[], value: (row: Row) => number | null): Float64Array =>
  Float64Array.from(rows, (row) => value(row) ?? Number.NaN)

/** 1 and 0, and NaN where it is not known. */
const truth = (value: boolean | null): number | null => (value === null ? null : Number(value))

const contractionsOf = (rows: readonly Contraction[]): MatValue => ({
  start_ms: columnOf(rows, ({ startMs }) => startMs),
  end_ms: columnOf(rows, ({ endMs }) => endMs),
  mean_amplitude: columnOf(rows, ({ meanAmplitude }) => meanAmplitude),
  max_amplitude: columnOf(rows, ({ maxAmplitude }) => maxAmplitude),
  mvc_percent: columnOf(rows, ({ mvcPercent }) => mvcPercent),
  meets_mvc: columnOf(rows, ({ meetsMvc }) => truth(meetsMvc)),
  meets_duration: columnOf(rows, ({ meetsDuration }) => truth(meetsDuration)),
  is_good: columnOf(rows, ({ isGood }) => truth(isGood)),
})

function missingOf({ raw, gaps }: ChannelSignals): Uint8Array {
  const missing = new Uint8Array(raw.length)
  for (const { start, end } of gaps) missing.fill(1, start, end)
  return missing
}

const channelOf = (channel: Channel, signals: ChannelSignals): { readonly [field: string]: MatValue } => ({
  // MATLAB counts from 1.
  number: channel.index + 1,
  name: channel.name,
  label: channel.label,
  muscle: channel.muscle ?? '',
  side: channel.side ?? '',
  unit: channel.unit,
  unit_basis: channel.unitBasis,
  rate_hz: channel.rate,
  quality: channel.quality.verdict,
  raw: signals.raw,
  filtered: signals.filtered ?? NONE,
  envelope: signals.envelope ?? NONE,
  missing: { logical: missingOf(signals) },
  contractions: contractionsOf(channel.contractions),
  metrics: figuresOf(channel).map(({ metric, value, unit, over, reason }) => ({
    name: metric,
    value: value ?? Number.NaN,
    unit,
    over: over ?? '',
    reason: reason ?? '',
  })),
})

/** The largest element that MATLAB reads. */
const MOST_BYTES = 2 ** 31 - 1

export const mat: ExportFormat = {
  type: 'export-format',
  id: 'mat',
  summary: 'MAT-file of level 5: samples, contractions and metrics, for MATLAB, Octave and scipy',
  reference: 'https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf',
  mediaType: 'application/x-matlab-data',
  extension: '.mat',
  async *write(source) {
    const { analysis, session, identification, recordingId, sha256 } = source
    const signals = await Array.fromAsync(source.signals())
    const samples = signals.reduce((sum, { raw }) => sum + raw.length, 0)
    if (samples * 25 > MOST_BYTES) {
      throw new CannotHold(
        `A MAT-file of level 5 holds 2 GiB, and these are ${samples} samples in three pictures.`,
      )
    }
    yield* writeMat('MATLAB 5.0 MAT-file, written by Myoserve', {
      myoserve: {
        format_version: 1,
        patient_code: session?.patientCode ?? '',
        session_id: session?.id ?? '',
        session_started_at: session?.startedAt ?? '',
        recording_id: recordingId ?? '',
        recording_sha256: sha256,
        ...(identification && {
          patient_name: identification.patient?.name ?? '',
          file_name: identification.fileName,
          identification: JSON.stringify(identification),
        }),
        preset: analysis.preset,
        pipeline_version: analysis.pipelineVersion,
        parameters: JSON.stringify(analysis.parameters),
        channels: analysis.channels.map((channel, i) => channelOf(channel, signals[i] as ChannelSignals)),
      },
    })
  },
}
