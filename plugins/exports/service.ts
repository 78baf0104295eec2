/** Exports of stored recordings and of files: what is behind each, and what came of it. */
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Problem, type Viewer, type Workers } from '../../src/sdk.ts'
import type { RecordingRow } from '../c3d-reader/index.ts'
import {
  IDENTIFY,
  type PatientIdentity,
  type StoredIdentity,
  type TherapySession,
} from '../clinical-records/index.ts'
import {
  type AnalysisRequest,
  type Analyzer,
  badParameters,
  pseudonymousAnalysis,
  requirePlan,
} from '../emg-analyzer/index.ts'
import type { ExportHistory } from './history/store.ts'
import { exportedSession, type Identification } from './source.ts'
import type { IDENTITIES } from './tables.ts'
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

/** An export of a stored recording that somebody has asked for, and may have. */
export interface WantedExport {
  readonly row: RecordingRow
  /** The one whose export it is; null: the recording's own, whatever session it belongs to. */
  readonly session: TherapySession | null
  readonly choice: ExportChoice
  readonly request: AnalysisRequest
  readonly identity: (typeof IDENTITIES)[number]
  readonly by: Pick<Viewer, 'name' | 'proof' | 'may'>
}

/** Exports what is stored, and what lies in files. */
export interface Exports {
  readonly analyzer: Analyzer
  readonly history: ExportHistory
  /**
   * Makes a file of a stored recording in a worker, and enters it in the history.
   *
   * @throws {Problem} 400 BAD_PARAMETERS; 422 FORMAT_CANNOT_HOLD, or the code of why the stored bytes cannot be read any
   *   more; 503 or 504 where it did not end
   */
  exportStored(wanted: WantedExport): Promise<RecordedExport>
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

/** Without how it is kept. */
const identityOf = ({
  patientCode: _,
  updatedAt: __,
  version: ___,
  ...identity
}: StoredIdentity): PatientIdentity => identity

/** Notes of a session that an export holds: more than anybody writes. */
const MOST_NOTES = 1000

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
  const { recordings, records } = analyzer

  /** All that a full export tells beside a pseudonymised one. */
  async function identify(
    row: RecordingRow,
    session: TherapySession | null,
    by: WantedExport['by'],
  ): Promise<Identification> {
    const patient =
      session && by.may(IDENTIFY) ? await records.identities.find(session.patientCode) : undefined
    const notes = session
      ? await records.notes.list(session.patientId, { sessionId: session.id, limit: MOST_NOTES })
      : []
    return {
      patient: patient ? identityOf(patient) : null,
      fileName: row.fileName,
      description: row.description,
      settings: session?.settings ?? null,
      notes: notes.map(({ createdAt, text }) => ({ createdAt: createdAt.toISOString(), text })),
    }
  }

  return {
    analyzer,
    history,
    async exportStored({ row, session, choice, request, identity, by }) {
      const plan = requirePlan(analyzer, request)
      const analysed = await analyzer.analyzeStored(row, request).catch(badParameters)
      const belongsTo = session ?? analysed.session
      const isFull = identity === 'full'
      const folder = await mkdtemp(join(tmpdir(), 'myoserve-export-'))
      try {
        const task: ExportTask = {
          path: recordings.store.file(row).name as string,
          recordingFormat: row.format,
          head: {
            recordingId: row.id,
            sha256: row.sha256,
            session: belongsTo && exportedSession(belongsTo),
            identification: isFull ? await identify(row, belongsTo, by) : null,
            analysis: isFull ? analysed.value : pseudonymousAnalysis(analysed.value),
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
          identity,
          preset,
          pipelineVersion,
          inputs: analysed.inputs,
          bytes,
          sha256,
          exportedBy: by.proof === 'none' ? null : by.name,
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
      const head = {
        recordingId: null,
        sha256,
        session: null,
        identification: null,
        analysis: pseudonymousAnalysis(analysis),
      }
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
