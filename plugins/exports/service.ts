/** Exports of stored recordings and of files: what is behind each, and what came of it. */
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Problem, type Workers } from '../../src/sdk.ts'
import type { RecordingRow } from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import { type AnalysisRequest, type Analyzer, badParameters, requirePlan } from '../emg-analyzer/index.ts'
import type { ExportHistory } from './history/store.ts'
import { exportedSession } from './source.ts'
import { type ExportOutcome, type ExportTask, exportFailure, runExport, taskChoice, WRITE } from './task.ts'
import type { ExportChoice } from './write.ts'

/** An export that stands in the history. */
export interface RecordedExport {
  /** Its entry. */
  readonly id: string
  /** Says neither a name nor that of the file that was uploaded. */
  readonly name: string
  readonly bytes: number
  /** Of the file, hex. */
  readonly sha256: string
  /** The file, once; it is gone when this is read or destroyed. */
  readonly content: Readable
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
   * @param folder where it goes; a file of the same name is replaced
   * @returns its path
   * @throws {Problem} as {@link Exports.exportStored}
   * @throws {UnreadableRecording}
   */
  exportFile(path: string, choice: ExportChoice, request: AnalysisRequest, folder: string): Promise<string>
}

const sha256Of = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

/** What was made. */
type Made = Extract<ExportOutcome, { kind: 'made' }>

/** @throws {Problem} 422 */
function made(outcome: ExportOutcome): Made {
  if (outcome.kind === 'made') return outcome
  throw new Problem(422, outcome.code, outcome.message)
}

/** Opens the only file of a folder, which is gone as soon as the system lets it go. */
async function openOnce(folder: string, path: string): Promise<Readable> {
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const content = (await open(path, 'r')).createReadStream()
  // Windows removes no file that is open.
  if (process.platform === 'win32') content.once('close', () => void remove())
  else await remove()
  return content
}

export function createExports(
  analyzer: Analyzer,
  history: ExportHistory,
  workers: Pick<Workers, 'run'>,
): Exports {
  const { recordings } = analyzer

  return {
    analyzer,
    history,
    async exportStored(row, session, choice, request) {
      const plan = requirePlan(analyzer, request)
      const analysed = await analyzer.analyzeStored(row, request).catch(badParameters)
      const belongsTo = session ?? analysed.session
      const folder = await mkdtemp(join(tmpdir(), 'myoserve-export-'))
      try {
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
          target: join(folder, 'export'),
        }
        const { name, bytes, sha256 } = made(
          await workers.run<ExportOutcome>(WRITE, task).catch(exportFailure),
        )
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
          bytes,
          sha256,
        })
        return { id, name, bytes, sha256, content: await openOnce(folder, task.target) }
      } catch (error) {
        await rm(folder, { recursive: true, force: true })
        throw error
      }
    },
    async exportFile(path, choice, request, folder) {
      const plan = requirePlan(analyzer, request)
      const show = { description: false, envelopes: false }
      const { analysis } = await analyzer.analyzeFile(path, plan, request, show)
      const sha256 = sha256Of(await Bun.file(path).bytes())
      const head = { recordingId: null, sha256, session: null, analysis }
      await mkdir(folder, { recursive: true })
      const target = join(folder, `.myoserve-export-${Bun.randomUUIDv7()}`)
      const task = { path, recordingFormat: null, head, plan, ...taskChoice(choice), target }
      try {
        const { name } = made(await runExport(task, recordings.formats))
        await rename(target, join(folder, name))
        return join(folder, name)
      } catch (error) {
        await rm(target, { force: true })
        throw error
      }
    },
  }
}
