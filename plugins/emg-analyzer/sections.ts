/** What other plugins add to an analysis, such as scores: a named part with its shape, computed from the rest. */
import type * as v from 'valibot'
import type { TherapySession } from '../clinical-records/index.ts'
import type { RecordingAnalysis } from './analysis/index.ts'

/** What is known beside the analysis. */
export interface SectionContext {
  /** The session of the recording; null where it belongs to none. */
  readonly session: TherapySession | null
}

/** A named part that a plugin adds to the answer of an analysis. */
export interface AnalysisSection<T = unknown> {
  /** Its name in the answer, such as `scores`. */
  readonly id: string
  readonly schema: v.GenericSchema<unknown, T>
  /** Must not fail for want of data: null with a reason is an answer. */
  compute(analysis: RecordingAnalysis, context: SectionContext): T | Promise<T>
}

/** The parts that plugins have added. */
export interface Sections {
  /** @throws {RangeError} when the name is taken */
  add(section: AnalysisSection): void
  list(): readonly AnalysisSection[]
  computeAll(analysis: RecordingAnalysis, context: SectionContext): Promise<Record<string, unknown>>
}

/** @param taken names that the analysis itself has */
export function createSections(taken: readonly string[]): Sections {
  const sections: AnalysisSection[] = []
  return {
    add(section) {
      if (taken.includes(section.id) || sections.some(({ id }) => id === section.id)) {
        throw new RangeError(`an analysis has a part "${section.id}" already`)
      }
      sections.push(section)
    },
    list: () => sections,
    async computeAll(analysis, context) {
      const parts: Record<string, unknown> = {}
      for (const { id, compute } of sections) parts[id] = await compute(analysis, context)
      return parts
    },
  }
}
