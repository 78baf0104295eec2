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
  messageOf,
  Problem,
  type Terminal,
} from '../../../src/sdk.ts'
import { reportUnreadable, requireFiles } from '../../c3d-reader/index.ts'
import { type AnalysisPlan, BadParameters, UnknownName } from '../analysis/index.ts'
import { csvHeader, csvRows, renderAnalysis } from '../render/index.ts'
import type { OpenReport } from '../report.ts'
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

/** A report that is being written, and where it goes. */
interface ReportFile {
  readonly path: string
  readonly report: OpenReport
}

/** @throws {Failure} when there is nobody to write it, or it would be written over something else */
function openReport(analyzer: Analyzer, plan: AnalysisPlan, { options }: Invocation): ReportFile | null {
  const { report: path, lang } = options
  if (typeof path !== 'string') {
    if (lang === undefined) return null
    throw new Failure(EXIT.usage, '--lang is the language of a report: give --report FILE.html too')
  }
  // A forgotten name would otherwise be that of the first recording.
  if (!/\.html?$/i.test(path)) {
    throw new Failure(EXIT.usage, `--report is "${path}", expected a name that ends in .html`)
  }
  const writer = analyzer.reportWriter()
  if (!writer) throw new Failure(EXIT.serviceMissing, 'no plugin that writes reports is loaded')
  const language = typeof lang === 'string' ? lang : writer.languages[0]
  if (language === undefined || !writer.languages.includes(language)) {
    throw new Failure(EXIT.usage, `--lang is "${language}", expected ${writer.languages.join(' or ')}`)
  }
  return { path, report: writer.begin(plan, language) }
}

async function saveReport({ path, report }: ReportFile): Promise<void> {
  try {
    await Bun.write(path, report.end())
  } catch (error) {
    throw new Failure(EXIT.cannotWrite, `${path} cannot be written: ${messageOf(error)}`)
  }
}

/** Prints why a file could not be analysed. @returns the exit code: bad data, or what of the program is missing */
function refuse(terminal: Terminal, file: string, error: unknown, json: boolean): ExitCode {
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
  usage:
    'FILE... [--json | --csv] [--preset NAME] [--rate HZ] [--request FILE] [--report FILE] [--lang LANGUAGE] [--ascii]',
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
    report: { type: 'string', value: 'FILE', summary: 'Also write a report for people, a page of HTML' },
    lang: { type: 'string', value: 'LANGUAGE', summary: 'Language of the report: en (the default) or fr' },
  },
  async run(invocation) {
    const { args, terminal } = invocation
    const files = requireFiles(args, Number.POSITIVE_INFINITY, 'analyze')
    const form = readForm(invocation)
    const request = await readRequest(invocation)
    const plan = readPlan(analyzer, request)
    const report = openReport(analyzer, plan, invocation)
    let reported = 0
    const show = { description: form === 'json', envelopes: form === 'text' }
    const progress = createProgress(terminal, files.length)
    let exitCode: ExitCode = EXIT.ok
    if (form === 'csv') terminal.out(csvHeader())
    for (const file of files) {
      progress.step(file)
      try {
        const analysed = await analyzer.analyzeFile(file, plan, request, show)
        if (report) {
          await report.report.add(file, analysed.analysis)
          reported++
        }
        progress.done()
        print(file, analysed, form, invocation)
      } catch (error) {
        progress.done()
        exitCode = refuse(terminal, file, error, form === 'json')
      }
    }
    if (report && reported > 0) await saveReport(report)
    return exitCode
  },
})
