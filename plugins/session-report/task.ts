/** One page as a piece of work: the recording by its path, everything else as data, so that any process can do it. */
import { isUnreadable, type Recording, type RecordingFormats } from '../c3d-reader/index.ts'
import { type AnalysisPlan, unfinishedProblem, type WorkerWork } from '../emg-analyzer/index.ts'
import { type ChannelPicture, pictureOf } from './drawing/picture.ts'
import { type LanguageCode, languageOf } from './languages/index.ts'
import { articleOf, pageOf } from './page/page.ts'
import type { ReportSubject } from './subject.ts'

/** Name of the task that writes a page in a worker. */
export const WRITE = 'write'

/** All that is said of a recording but its plots, which take its samples. */
export type UndrawnSubject = Omit<ReportSubject, 'pictures'>

/** One page as a worker is told of it. */
export interface ReportTask {
  /** Where the bytes of the recording are, on this machine. */
  readonly path: string
  /** Id of the format to read them by. */
  readonly format: string
  /** That of the analysis. */
  readonly plan: AnalysisPlan
  readonly subject: UndrawnSubject
  readonly language: LanguageCode
}

/** What came of it. Errors are data, since a worker's lose their kind on the way. */
export type ReportOutcome =
  | { readonly kind: 'written'; readonly html: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

/** Columns of a plot; fewer where many channels would make the page too large to send around. */
const MOST_COLUMNS = 340
const FEWEST_COLUMNS = 90
const ALL_COLUMNS = 5000

const columnsFor = (channels: number): number =>
  Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, Math.floor(ALL_COLUMNS / Math.max(1, channels))))

/** Draws the channels of an analysis, one after the other, so that the samples of one are in memory at a time. */
export async function drawn(
  subject: UndrawnSubject,
  recording: Recording,
  plan: AnalysisPlan,
): Promise<ReportSubject> {
  const { channels } = subject.analysis
  const columns = columnsFor(channels.length)
  const pictures: ChannelPicture[] = []
  for (const { index } of channels) {
    const channel = recording.channels[index]
    if (!channel) throw new RangeError(`the recording has no channel ${index}`)
    pictures.push(await pictureOf(channel, plan, columns))
  }
  return { ...subject, pictures }
}

/** Writes the page, in this process. */
export async function runReport(task: ReportTask, formats: RecordingFormats): Promise<ReportOutcome> {
  try {
    const recording = formats.require(task.format).read(await Bun.file(task.path).bytes())
    const language = languageOf(task.language)
    const subject = await drawn(task.subject, recording, task.plan)
    return { kind: 'written', html: pageOf([articleOf(subject, language)], language) }
  } catch (error) {
    if (isUnreadable(error)) return { kind: 'refused', code: error.code, message: error.message }
    throw error
  }
}

const REPORT: WorkerWork = {
  name: 'report',
  codes: { TASK_TIMEOUT: 'REPORT_TIMEOUT', TASK_MEMORY: 'REPORT_MEMORY', TASK_CRASH: 'REPORT_CRASH' },
}

/** What a caller is told of a report that did not end by itself. */
export function reportFailure(error: unknown): never {
  throw unfinishedProblem(REPORT, error)
}
