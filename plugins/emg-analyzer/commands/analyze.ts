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
  BadParameters,
  channelEnvelope,
  type RecordingAnalysis,
  UnknownName,
} from '../analysis/index.ts'
import { csvHeader, csvRows, renderAnalysis } from '../render/index.ts'
import { type AnalysisRequest, AnalysisRequestSchema, RATES } from '../request.ts'
import type { Analyzer } from '../service.ts'

type Form = 'text' | 'json' | 'csv'

function readForm({ options }: Invocation): Form {
  if (options.json && options.csv) throw new Failure(EXIT.usage, 'analyze prints either --json or --csv')
  return options.json ? 'json' : options.csv ? 'csv' : 'text'
}

function readRate({ options: { rate } }: Invocation): number | undefined {
  if (rate === undefined) return undefined
  const result = v.safeParse(decimal(RATES.least, RATES.most), rate)
  if (result.success) return result.output
  throw new Failure(EXIT.usage, `--rate is "${rate}", expected ${RATES.least} to ${RATES.most} Hz`)
}

/** The request in a file: the body that POST /api/recordings/{id}/analysis takes. */
async function readRequestFile(path: string): Promise<AnalysisRequest> {
  const file = Bun.file(path)
  if (!(await file.exists())) throw new Failure(EXIT.usage, `--request: there is no file ${path}`)
  const json: unknown = await file.json().catch(() => {
    throw new Failure(EXIT.usage, `--request: ${path} is not JSON`)
  })
  const result = v.safeParse(AnalysisRequestSchema, json)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Failure(EXIT.usage, `--request: ${v.getDotPath(issue) ?? path}: ${issue.message}`)
}

async function readRequest(invocation: Invocation): Promise<AnalysisRequest> {
  const { preset, request: path } = invocation.options
  const base = typeof path === 'string' ? await readRequestFile(path) : {}
  const rate = readRate(invocation)
  return {
    ...base,
    ...(typeof preset === 'string' ? { preset } : {}),
    ...(rate === undefined ? {} : { parameters: { ...base.parameters, rateOverride: rate } }),
  }
}

/** @throws {Failure} with the exit code of wrong usage when the request asks for what there is not */
function readPlan(analyzer: Analyzer, request: AnalysisRequest): AnalysisPlan {
  try {
    return analyzer.plan(request)
  } catch (error) {
    if (error instanceof BadParameters || error instanceof UnknownName) {
      throw new Failure(EXIT.usage, error.message)
    }
    throw error
  }
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
  usage: 'FILE... [--json | --csv] [--preset NAME] [--rate HZ] [--request FILE] [--ascii]',
  options: {
    json: { type: 'boolean', summary: 'Print JSON: an object, or a line each of several files' },
    csv: { type: 'boolean', summary: 'Print CSV: a line each channel' },
    preset: { type: 'string', value: 'NAME', summary: 'Preset, such as clinical or ghostly' },
    request: {
      type: 'string',
      value: 'FILE',
      summary: 'JSON with parameters, targets and channels, as POST /api/recordings/{id}/analysis takes it',
    },
    ascii: { type: 'boolean', summary: 'Draw with ASCII characters only' },
    rate: { type: 'string', value: 'HZ', summary: 'Sampling rate in place of the declared one' },
  },
  async run(invocation) {
    const { args, terminal } = invocation
    const files = requireFiles(args, Number.POSITIVE_INFINITY, 'analyze')
    const form = readForm(invocation)
    const request = await readRequest(invocation)
    const plan = readPlan(analyzer, request)
    const progress = createProgress(terminal, files.length)
    let exitCode: ExitCode = EXIT.ok
    if (form === 'csv') terminal.out(csvHeader())
    for (const file of files) {
      progress.step(file)
      try {
        const recording = await readRecordingFile(analyzer.recordings.formats, file)
        const analysis = await analyzer.analyze(recording, plan, request)
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
