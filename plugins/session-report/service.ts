/** Reports of stored recordings, and of files without a server. */
import { basename } from 'node:path'
import { isProblem } from '../../src/sdk.ts'
import {
  type Recording,
  type RecordingDescription,
  type RecordingRow,
  readRecordingFile,
} from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import {
  type AnalysisPlan,
  type AnalysisRequest,
  type Analyzer,
  badParameters,
  type FullAnalysis,
  type ReportWriter,
} from '../emg-analyzer/index.ts'
import { type ChannelPicture, pictureOf } from './drawing/picture.ts'
import { LANGUAGES, type LanguageCode, languageOf } from './languages/index.ts'
import type { Markup } from './markup.ts'
import { articleOf, pageOf } from './page/page.ts'
import { timeOfFile, timeOfSession, timeOfStored } from './time.ts'

/** Columns of a plot; fewer where many channels would make the page too large to send around. */
const MOST_COLUMNS = 340
const FEWEST_COLUMNS = 90
const ALL_COLUMNS = 5000

const columnsFor = (channels: number): number =>
  Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, Math.floor(ALL_COLUMNS / Math.max(1, channels))))

/** Writes reports. */
export interface SessionReports {
  readonly analyzer: Analyzer
  /**
   * The report of a stored recording.
   *
   * @param session the one that is asked about; absent: that of the recording, if any
   * @throws {Problem} 400 BAD_PARAMETERS, 422 where the file cannot be read any more, 503 or 504 where there is no
   * analysis of it
   */
  ofStored(
    row: RecordingRow,
    request: AnalysisRequest,
    language: LanguageCode,
    session?: TherapySession,
  ): Promise<string>
  /** Writes reports of files, for `myoserve analyze --report`. */
  readonly files: ReportWriter
}

/** One after the other, so that others get their turn, and one channel's samples are in memory at a time. */
async function picturesOf(
  recording: Recording,
  { channels }: FullAnalysis,
  plan: AnalysisPlan,
): Promise<ChannelPicture[]> {
  const columns = columnsFor(channels.length)
  const pictures: ChannelPicture[] = []
  for (const { index } of channels) {
    const channel = recording.channels[index]
    if (!channel) throw new RangeError(`the recording has no channel ${index}`)
    pictures.push(await pictureOf(channel, plan, columns))
  }
  return pictures
}

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
          const description: RecordingDescription = recording.describe()
          const subject = {
            recordingId: null,
            fileName,
            sha256: new Bun.CryptoHasher('sha256').update(await Bun.file(path).bytes()).digest('hex'),
            time: timeOfFile(fileName, description),
            session: null,
            description,
            inputs: null,
            analysis,
            pictures: await picturesOf(recording, analysis, plan),
          }
          articles.push(articleOf(subject, language))
        },
        end: () => pageOf(articles, language),
      }
    },
  }
}

export function createSessionReports(analyzer: Analyzer): SessionReports {
  const { recordings } = analyzer
  return {
    analyzer,
    async ofStored(row, request, code, session) {
      try {
        const stored = await analyzer.analyzeStored(row, request, session ? { session } : {})
        const whose = session ?? stored.session
        const recording = await recordings.store.open(row)
        const language = languageOf(code)
        const subject = {
          recordingId: row.id,
          fileName: row.fileName,
          sha256: row.sha256,
          time: whose ? timeOfSession(whose) : timeOfStored(row),
          session: whose,
          description: row.description,
          inputs: stored.inputs,
          analysis: stored.value,
          pictures: await picturesOf(recording, stored.value, analyzer.plan(request)),
        }
        return pageOf([articleOf(subject, language)], language)
      } catch (error) {
        if (isProblem(error)) throw error
        return badParameters(error)
      }
    },
    files: fileReports(analyzer),
  }
}
