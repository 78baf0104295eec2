/** Reports of stored recordings, and of files without a server. */
import { basename } from 'node:path'
import { Problem, type Viewer, type Workers } from '../../src/sdk.ts'
import { pseudonymousDescription, type RecordingRow, readRecordingFile } from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import {
  type AnalysisRequest,
  type Analyzer,
  badParameters,
  type FullAnalysis,
  pseudonymousAnalysis,
  type ReportWriter,
  requirePlan,
} from '../emg-analyzer/index.ts'
import { LANGUAGES, type LanguageCode, languageOf } from './languages/index.ts'
import type { Markup } from './markup.ts'
import { articleOf, pageOf } from './page/page.ts'
import { drawn, type ReportOutcome, type ReportTask, reportFailure, WRITE } from './task.ts'
import { timeOfFile, timeOfSession, timeOfStored } from './time.ts'

/** Writes reports. */
export interface SessionReports {
  readonly analyzer: Analyzer
  /**
   * The report of a stored recording, written in a worker.
   *
   * @param viewer whose page leaves out what people have written, where they are not to learn who anybody is
   * @param session the one that is asked about; absent: that of the recording, if any
   * @throws {Problem} 400 BAD_PARAMETERS; 422 with the code of why the stored bytes cannot be read any more; 503 or 504
   *   where there is no analysis, or the report did not end
   */
  ofStored(
    row: RecordingRow,
    request: AnalysisRequest,
    language: LanguageCode,
    viewer: Pick<Viewer, 'pseudonymous'>,
    session?: TherapySession,
  ): Promise<string>
  /** Writes reports of files, for `myoserve analyze --report`. */
  readonly files: ReportWriter
}

const sha256Of = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

function fileReports({ recordings: { formats } }: Analyzer): ReportWriter {
  return {
    languages: LANGUAGES,
    begin(plan, code) {
      const language = languageOf(code as LanguageCode)
      const articles: Markup[] = []
      return {
        async add(path, analysis) {
          const recording = await readRecordingFile(formats, path)
          const fileName = basename(path)
          const description = recording.describe()
          const subject = {
            recordingId: null,
            fileName,
            sha256: sha256Of(await Bun.file(path).bytes()),
            time: timeOfFile(fileName, description),
            session: null,
            description,
            inputs: null,
            analysis,
          }
          articles.push(articleOf(await drawn(subject, recording, plan), language))
        },
        end: () => pageOf(articles, language),
      }
    },
  }
}

/** The parts of a subject that hold what people have written, without it. */
const withoutTexts = (
  { description }: RecordingRow,
  session: TherapySession | null,
  analysis: FullAnalysis,
) => ({
  session: session && { ...session, settings: null },
  description: pseudonymousDescription(description),
  analysis: pseudonymousAnalysis(analysis),
})

export function createSessionReports(analyzer: Analyzer, workers: Pick<Workers, 'run'>): SessionReports {
  const { recordings } = analyzer

  return {
    analyzer,
    async ofStored(row, request, language, viewer, session) {
      const plan = requirePlan(analyzer, request)
      const stored = await analyzer
        .analyzeStored(row, request, session ? { session } : {})
        .catch(badParameters)
      const whose = session ?? stored.session
      const task: ReportTask = {
        path: recordings.store.file(row).name as string,
        format: row.format,
        plan,
        subject: {
          recordingId: row.id,
          // A name that somebody gave to a file may be that of the patient.
          fileName: null,
          sha256: row.sha256,
          time: whose ? timeOfSession(whose) : timeOfStored(row),
          session: whose,
          description: row.description,
          inputs: stored.inputs,
          analysis: stored.value,
          ...(viewer.pseudonymous && withoutTexts(row, whose, stored.value)),
        },
        language,
      }
      const outcome = await workers.run<ReportOutcome>(WRITE, task).catch(reportFailure)
      if (outcome.kind === 'refused') throw new Problem(422, outcome.code, outcome.message)
      return outcome.html
    },
    files: fileReports(analyzer),
  }
}
