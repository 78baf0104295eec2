/** Exports of stored recordings and of files: what is behind each, and what came of it. */
import type { RecordingRow } from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import { type AnalysisRequest, type Analyzer, badParameters } from '../emg-analyzer/index.ts'
import type { ExportHistory } from './history/store.ts'
import { readSignals } from './signals.ts'
import { type ExportSource, exportedSession } from './source.ts'
import { type ExportChoice, type ExportedFile, writeExport } from './write.ts'

/** An export that stands in the history. */
export interface RecordedExport extends ExportedFile {
  readonly id: string
  readonly sha256: string
}

/** Exports what is stored, and what lies in files. */
export interface Exports {
  readonly analyzer: Analyzer
  readonly history: ExportHistory
  /**
   * Makes a file of a stored recording, and enters it in the history.
   *
   * @param session the one whose export it is; null: the recording's own, whatever session it belongs to
   * @throws {CannotHold}
   * @throws {Problem} 400 BAD_PARAMETERS
   * @throws {UnreadableRecording} where the stored bytes cannot be read any more
   */
  exportStored(
    row: RecordingRow,
    session: TherapySession | null,
    choice: ExportChoice,
    request: AnalysisRequest,
  ): Promise<RecordedExport>
  /**
   * Makes a file of a file, without a database.
   *
   * @throws {CannotHold}
   * @throws {Problem} 400 BAD_PARAMETERS
   * @throws {UnreadableRecording}
   */
  exportFile(path: string, choice: ExportChoice, request: AnalysisRequest): Promise<ExportedFile>
}

const sha256Of = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

export function createExports(analyzer: Analyzer, history: ExportHistory): Exports {
  const { recordings } = analyzer

  /** The source with what is read of its file when a format asks for it. */
  function sourceOf(
    head: Pick<ExportSource, 'recordingId' | 'sha256' | 'session' | 'analysis'>,
    request: AnalysisRequest,
    open: Pick<ExportSource, 'bytes' | 'recording'>,
  ): ExportSource {
    return {
      ...head,
      ...open,
      async signals() {
        const indices = head.analysis.channels.map(({ index }) => index)
        return readSignals(await open.recording(), indices, analyzer.plan(request))
      },
    }
  }

  return {
    analyzer,
    history,
    async exportStored(row, session, choice, request) {
      const analysed = await analyzer.analyzeStored(row, request).catch(badParameters)
      const belongsTo = session ?? analysed.session
      const source = sourceOf(
        {
          recordingId: row.id,
          sha256: row.sha256,
          session: belongsTo && exportedSession(belongsTo),
          analysis: analysed.value,
        },
        request,
        { bytes: () => recordings.store.file(row).bytes(), recording: () => recordings.store.open(row) },
      )
      const file = await writeExport(source, choice)
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
      const plan = (() => {
        try {
          return analyzer.plan(request)
        } catch (error) {
          return badParameters(error)
        }
      })()
      const show = { description: false, envelopes: false }
      const { analysis } = await analyzer.analyzeFile(path, plan, request, show)
      const bytes = () => Bun.file(path).bytes()
      const head = { recordingId: null, sha256: sha256Of(await bytes()), session: null, analysis }
      const recording = async () => recordings.formats.read(await bytes())
      return writeExport(sourceOf(head, request, { bytes, recording }), choice)
    },
  }
}
