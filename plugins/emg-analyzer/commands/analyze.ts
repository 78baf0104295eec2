/** `myoserve analyze FILE...`: the analysis of recordings, without a server. */
import * as v from 'valibot'
import {
  type Command,
  createProgress,
  decimal,
  EXIT,
  type ExitCode,
  Failure,
  type Invocation,
} from '../../../src/sdk.ts'
import { type Recording, readRecordingFile, reportUnreadable, requireFiles } from '../../c3d-reader/index.ts'
import {
  type AnalysisPlan,
  channelEnvelope,
  MAX_RATE,
  MIN_RATE,
  PRESET_NAMES,
  type PresetName,
  type RecordingAnalysis,
} from '../analysis/index.ts'
import { csvHeader, csvRows, renderAnalysis } from '../render/index.ts'
import type { Analyzer } from '../service.ts'

type Form = 'text' | 'json' | 'csv'

function readForm({ options }: Invocation): Form {
  if (options.json && options.csv) throw new Failure(EXIT.usage, 'analyze prints either --json or --csv')
  return options.json ? 'json' : options.csv ? 'csv' : 'text'
}

function readPreset({ options: { preset } }: Invocation): PresetName | undefined {
  if (preset === undefined) return undefined
  const found = PRESET_NAMES.find((name) => name === preset)
  if (!found) throw new Failure(EXIT.usage, `--preset is "${preset}", expected ${PRESET_NAMES.join(' or ')}`)
  return found
}

function readRate({ options: { rate } }: Invocation): number | undefined {
  if (rate === undefined) return undefined
  const result = v.safeParse(decimal(MIN_RATE, MAX_RATE), rate)
  if (result.success) return result.output
  throw new Failure(EXIT.usage, `--rate is "${rate}", expected ${MIN_RATE} to ${MAX_RATE} Hz`)
}

interface Analysed {
  readonly file: string
  readonly recording: Recording
  readonly analysis: RecordingAnalysis
}

function print(
  { file, recording, analysis }: Analysed,
  form: Form,
  plan: AnalysisPlan,
  { args, options, terminal }: Invocation,
): void {
  if (form === 'csv') {
    terminal.out(csvRows(file, analysis))
    return
  }
  if (form === 'json') {
    const object = { file, recording: recording.describe(), ...analysis }
    terminal.out(`${JSON.stringify(object, null, args.length === 1 ? 2 : undefined)}\n`)
    return
  }
  const envelopes = analysis.channels.map(({ index }) => {
    const channel = recording.channels[index]
    return channel ? channelEnvelope(channel, plan.parameters) : null
  })
  const { columns, color } = terminal
  terminal.out(
    `${renderAnalysis({ file, analysis, envelopes, columns, color, ascii: options.ascii === true })}\n`,
  )
}

export const analyzeCommand = (analyzer: Analyzer): Command => ({
  name: 'analyze',
  summary: 'Analyse recordings, without a server',
  usage: 'FILE... [--json | --csv] [--preset NAME] [--rate HZ] [--ascii]',
  options: {
    json: { type: 'boolean', summary: 'Print JSON: an object, or a line each of several files' },
    csv: { type: 'boolean', summary: 'Print CSV: a line each channel' },
    preset: { type: 'string', value: 'NAME', summary: `Preset: ${PRESET_NAMES.join(', ')}` },
    ascii: { type: 'boolean', summary: 'Draw with ASCII characters only' },
    rate: { type: 'string', value: 'HZ', summary: 'Sampling rate in place of the declared one' },
  },
  async run(invocation) {
    const { args, terminal } = invocation
    const files = requireFiles(args, Number.POSITIVE_INFINITY, 'analyze')
    const form = readForm(invocation)
    const plan = analyzer.plan({ preset: readPreset(invocation), rate: readRate(invocation) })
    const progress = createProgress(terminal, files.length)
    let exitCode: ExitCode = EXIT.ok
    if (form === 'csv') terminal.out(csvHeader())
    for (const file of files) {
      progress.step(file)
      try {
        const recording = await readRecordingFile(analyzer.recordings.formats, file)
        const analysis = analyzer.analyze(recording, plan)
        progress.done()
        print({ file, recording, analysis }, form, plan, invocation)
      } catch (error) {
        progress.done()
        exitCode = reportUnreadable(terminal, file, error, form === 'json')
      }
    }
    return exitCode
  },
})
