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
  Problem,
  type Terminal,
} from '../../../src/sdk.ts'
import { reportUnreadable, requireFiles } from '../../c3d-reader/index.ts'
import { type AnalysisPlan, BadParameters, UnknownName } from '../analysis/index.ts'
import { csvHeader, csvRows, renderAnalysis } from '../render/index.ts'
import { type AnalysisRequest, AnalysisRequestSchema, RATES } from '../request.ts'
import type { AnalysedFile, Analyzer } from '../service.ts'

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

function print(
  file: string,
  { analysis, description, envelopes }: AnalysedFile,
  form: Form,
  { args, options, terminal }: Invocation,
): void {
  if (form === 'csv') {
    terminal.out(csvRows(file, analysis))
    return
  }
  if (form === 'json') {
    const object = { file, recording: description, ...analysis }
    terminal.out(`${JSON.stringify(object, null, args.length === 1 ? 2 : undefined)}\n`)
    return
  }
  const { columns, color } = terminal
  terminal.out(
    `${renderAnalysis({ file, analysis, envelopes, columns, color, ascii: options.ascii === true })}\n`,
  )
}

/** Prints why a file could not be analysed. @returns the exit code: bad data, or what of the program is missing */
function report(terminal: Terminal, file: string, error: unknown, json: boolean): ExitCode {
  if (!(error instanceof Problem)) return reportUnreadable(terminal, file, error, json)
  const { code, message } = error
  terminal.err(
    json
      ? `${JSON.stringify({ error: { code, message, file } })}\n`
      : `myoserve: ${file}: ${message} (${code})\n`,
  )
  return EXIT.serviceMissing
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
    const show = { description: form === 'json', envelopes: form === 'text' }
    const progress = createProgress(terminal, files.length)
    let exitCode: ExitCode = EXIT.ok
    if (form === 'csv') terminal.out(csvHeader())
    for (const file of files) {
      progress.step(file)
      try {
        const analysed = await analyzer.analyzeFile(file, plan, request, show)
        progress.done()
        print(file, analysed, form, invocation)
      } catch (error) {
        progress.done()
        exitCode = report(terminal, file, error, form === 'json')
      }
    }
    return exitCode
  },
})
