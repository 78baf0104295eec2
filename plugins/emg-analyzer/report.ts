/** The place for a plugin that writes reports, which `analyze --report` uses. */
import { attributed, type Borrower } from '../../src/sdk.ts'
import { type AnalysisPlan, quarantinedProblem } from './analysis/index.ts'
import type { FullAnalysis } from './service.ts'

/** A report that is being written. */
export interface OpenReport {
  /**
   * Adds a recording.
   *
   * @param path its file
   * @throws {UnreadableRecording}
   */
  add(path: string, analysis: FullAnalysis): Promise<void>
  /** The whole report, as a page of HTML. */
  end(): string
}

/** Writes reports of files. */
export interface ReportWriter {
  /** Languages that it writes, as BCP 47 tags; the first where none is asked for. */
  readonly languages: readonly string[]
  /** @param language one of {@link ReportWriter.languages} */
  begin(plan: AnalysisPlan, language: string): OpenReport
}

/** Keeps the one writer there may be. */
export interface ReportPlace {
  /**
   * Says who writes reports. One plugin may, while it is set up.
   *
   * @returns what ends that
   * @throws {RangeError} when another plugin does
   */
  useReport(writer: ReportWriter): () => void
  /** Null where no plugin writes reports. */
  reportWriter(): ReportWriter | null
}

export function createReportPlace(): ReportPlace {
  let current: ReportWriter | null = null
  return {
    useReport(writer) {
      if (current) throw new RangeError('another plugin writes the reports')
      current = writer
      return () => {
        current = null
      }
    },
    reportWriter: () => current,
  }
}

/** A writer from outside runs under the name of its plugin. */
export function guardReport(writer: ReportWriter, { name, quarantined }: Borrower): ReportWriter {
  const run = <T>(work: () => T): T => {
    const reason = quarantined()
    if (reason !== undefined) throw quarantinedProblem('A report', name, reason)
    return attributed(name, work)
  }
  return {
    languages: writer.languages,
    begin(plan, language) {
      const report = run(() => writer.begin(plan, language))
      return {
        add: (path, analysis) => run(() => report.add(path, analysis)),
        end: () => run(() => report.end()),
      }
    },
  }
}
