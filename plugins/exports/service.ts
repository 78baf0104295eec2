/** Exports of stored recordings and of files: what is behind each, and what came of it. */
import { Problem, type Workers } from '../../src/sdk.ts'
import type { RecordingRow } from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import {
  type AnalysisPlan,
  type AnalysisRequest,
  type Analyzer,
  badParameters,
} from '../emg-analyzer/index.ts'
import type { ExportHistory } from './history/store.ts'
import { exportedSession } from './source.ts'
import { type ExportOutcome, type ExportTask, exportFailure, runExport, taskChoice, WRITE } from './task.ts'
import type { ExportChoice, ExportedFile } from './write.ts'

/** An export that stands in the history. */
export interface RecordedExport extends ExportedFile {
  /** Its entry. */
  readonly id: string
  /** Of the file, hex. */
  readonly sha256: string
}

/** Exports what is stored, and what lies in files. */
export interface Exports {
  readonly analyzer: Analyzer
  readonly history: ExportHistory
  /**
   * Makes a file of a stored recording in a worker, and enters it in the history.
   *
   * @param session the one whose export it is; null: the recording's own, whatever session it belongs to
   * @throws {Problem} 400 BAD_PARAMETERS; 422 FORMAT_CANNOT_HOLD, or the code of why the stored bytes cannot be read any
   *   more; 503 or 504 where it did not end
   */
  exportStored(
    row: RecordingRow,
    session: TherapySession | null,
    choice: ExportChoice,
    request: AnalysisRequest,
  ): Promise<RecordedExport>
  /**
   * Makes a file of a file, in this process and without a database.
   *
   * @throws {Problem} as {@link Exports.exportStored}
   * @throws {UnreadableRecording}
   */
  exportFile(path: string, choice: ExportChoice, request: AnalysisRequest): Promise<ExportedFile>
}

const sha256Of = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

/** @throws {Problem} 422 */
function fileOf(outcome: ExportOutcome): ExportedFile {
  if (outcome.kind === 'made') return outcome.file
  throw new Problem(422, outcome.code, outcome.message)
}

export function createExports(
  analyzer: Analyzer,
  history: ExportHistory,
  workers: Pick<Workers, 'run'>,
): Exports {
  const { recordings } = analyzer

  /** @throws {Problem} 400 BAD_PARAMETERS */
  function planOf(request: AnalysisRequest): AnalysisPlan {
    try {
      return analyzer.plan(request)
    } catch (error) {
      return badParameters(error)
    }
  }

  return {
    analyzer,
    history,
    async exportStored(row, session, choice, request) {
      const plan = planOf(request)
      const analysed = await analyzer.analyzeStored(row, request).catch(badParameters)
      const belongsTo = session ?? analysed.session
      const task: ExportTask = {
        path: recordings.store.file(row).name as string,
        recordingFormat: row.format,
        head: {
          recordingId: row.id,
          sha256: row.sha256,
          session: belongsTo && exportedSession(belongsTo),
          analysis: analysed.value,
        },
        plan,
        ...taskChoice(choice),
      }
      const file = fileOf(await workers.run<ExportOutcome>(WRITE, task).catch(exportFailure))
      const sha256 = sha256Of(file.bytes)
      const { preset, pipelineVersion } = analysed.value
      const id = await history.add({
        recordingId: row.id,
        sessionId: belongsTo?.id ?? null,
        format: choice.format.id,
        table: choice.table,
        identity: 'pseudonymised',
        preset,
        pipelineVersion,
        inputs: analysed.inputs,
        bytes: file.bytes.length,
        sha256,
      })
      return { ...file, id, sha256 }
    },
    async exportFile(path, choice, request) {
      const plan = planOf(request)
      const show = { description: false, envelopes: false }
      const { analysis } = await analyzer.analyzeFile(path, plan, request, show)
      const sha256 = sha256Of(await Bun.file(path).bytes())
      const head = { recordingId: null, sha256, session: null, analysis }
      const task = { path, recordingFormat: null, head, plan, ...taskChoice(choice) }
      return fileOf(await runExport(task, recordings.formats))
    },
  }
}
