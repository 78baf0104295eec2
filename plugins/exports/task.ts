/** One export as a piece of work: a file by its path, everything else as data, so that any process can do it. */
import { isUnreadable, type RecordingFormats } from '../c3d-reader/index.ts'
import { type AnalysisPlan, unfinishedProblem, type WorkerWork } from '../emg-analyzer/index.ts'
import { CannotHold } from './formats/index.ts'
import { readSignals } from './signals.ts'
import type { ExportSource } from './source.ts'
import { chooseExport, type ExportChoice, saveExport, writeExport } from './write.ts'

/** Name of the task that makes a file in a worker. */
export const WRITE = 'write'

/** One export as a worker is told of it. */
export interface ExportTask {
  /** Where the bytes of the recording are, on this machine. */
  readonly path: string
  /** Id of the format to read them by; null: by what they begin with. */
  readonly recordingFormat: string | null
  readonly head: Pick<ExportSource, 'recordingId' | 'sha256' | 'session' | 'identification' | 'analysis'>
  /** That of the analysis. */
  readonly plan: AnalysisPlan
  readonly format: string
  readonly table: string | null
  /** Where the file is to be; nothing is there yet. */
  readonly target: string
}

/** What came of it. Errors are data, since a worker's lose their kind on the way. */
export type ExportOutcome =
  | { readonly kind: 'made'; readonly name: string; readonly bytes: number; readonly sha256: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

/** Names the choice for a task. */
export const taskChoice = ({ format, table }: ExportChoice): Pick<ExportTask, 'format' | 'table'> => ({
  format: format.id,
  table,
})

/** The format has no way to say what the recording holds. */
export const FORMAT_CANNOT_HOLD = 'FORMAT_CANNOT_HOLD'

/** Makes the file, at its place, in this process. */
export async function runExport(task: ExportTask, formats: RecordingFormats): Promise<ExportOutcome> {
  const { path, recordingFormat, head, plan } = task
  const bytes = (): Promise<Uint8Array> => Bun.file(path).bytes()
  const recording = async () =>
    recordingFormat === null
      ? formats.read(await bytes())
      : formats.require(recordingFormat).read(await bytes())
  const indices = head.analysis.channels.map(({ index }) => index)
  const source: ExportSource = {
    ...head,
    bytes,
    recording,
    async *signals() {
      yield* readSignals(await recording(), indices, plan)
    },
  }
  try {
    const file = writeExport(source, chooseExport(task.format, task.table ?? undefined))
    return { kind: 'made', name: file.name, ...(await saveExport(task.target, file)) }
  } catch (error) {
    if (error instanceof CannotHold) {
      return { kind: 'refused', code: FORMAT_CANNOT_HOLD, message: error.message }
    }
    if (isUnreadable(error)) return { kind: 'refused', code: error.code, message: error.message }
    throw error
  }
}

const EXPORT: WorkerWork = {
  name: 'export',
  codes: { TASK_TIMEOUT: 'EXPORT_TIMEOUT', TASK_MEMORY: 'EXPORT_MEMORY', TASK_CRASH: 'EXPORT_CRASH' },
}

/** What a caller is told of an export that did not end by itself. */
export function exportFailure(error: unknown): never {
  throw unfinishedProblem(EXPORT, error)
}
