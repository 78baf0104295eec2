/** What other plugins add to an analysis, such as scores: a named part with its shape, computed from the rest. */
import * as v from 'valibot'
import { attributed, type Borrower, isPluginFault, PluginFault } from '../../src/sdk.ts'
import { type Owner, type PluginStamp, quarantineSentence, stampOf } from '../c3d-reader/index.ts'
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
  /** The analysis with all parts. One of a plugin that fails is left out, and a warning says so. */
  complete(
    analysis: RecordingAnalysis,
    context: SectionContext,
  ): Promise<RecordingAnalysis & Readonly<Record<string, unknown>>>
  /** The same, to which a plugin adds what is its own; each is gone again with the plugin. */
  lendTo(borrower: Borrower): Sections
}

interface Owned {
  readonly section: AnalysisSection
  readonly owner: Owner
}

/** By name, whoever came first. */
const sorted = (plugins: ReadonlyMap<string, PluginStamp>): PluginStamp[] =>
  [...plugins.values()].sort((a, b) => (a.name < b.name ? -1 : 1))

type Note = RecordingAnalysis['warnings'][number]

/** Longer nobody waits for a part from outside: every analysis would. */
const LONGEST_MS = 10_000

/** @throws {PluginFault} */
async function within<T>(plugin: string, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new PluginFault(plugin, `its code did not end within ${LONGEST_MS / 1000} s`)),
    LONGEST_MS,
  )
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What a section from outside answers, held against the schema that it declares. */
async function computeForeign(
  { section, owner }: Owned,
  analysis: RecordingAnalysis,
  context: SectionContext,
): Promise<unknown> {
  const work = attributed(owner.name, async () => {
    const result = await v.safeParseAsync(section.schema, await section.compute(analysis, context))
    if (result.success) return result.output
    const [issue] = result.issues
    throw new PluginFault(
      owner.name,
      `its part "${section.id}" is wrong at "${v.getDotPath(issue) ?? ''}": ${issue.message}`,
    )
  })
  return within(owner.name, work)
}

const leftOut = ({ section }: Owned, why: string): Note => ({
  code: 'PART_MISSING',
  message: `The part "${section.id}" is left out: ${why}.`,
})

/**
 * @param taken names that the analysis itself has
 * @param keeper the plugin that keeps them
 */
export function createSections(taken: readonly string[], keeper: Owner): Sections {
  const sections = new Map<string, Owned>()

  function add(section: AnalysisSection, owner: Owner): () => void {
    if (taken.includes(section.id) || sections.has(section.id)) {
      throw new RangeError(`an analysis has a part "${section.id}" already`)
    }
    sections.set(section.id, { section, owner })
    return () => void sections.delete(section.id)
  }

  /** @returns the part, or why there is none */
  async function compute(
    owned: Owned,
    analysis: RecordingAnalysis,
    context: SectionContext,
  ): Promise<{ readonly part: unknown } | Note> {
    const { section, owner } = owned
    if (owner.origin === 'built-in') return { part: await section.compute(analysis, context) }
    const reason = owner.quarantined()
    if (reason !== undefined) return leftOut(owned, quarantineSentence(owner.name, reason))
    try {
      return { part: await computeForeign(owned, analysis, context) }
    } catch (error) {
      if (isPluginFault(error)) return leftOut(owned, error.message)
      throw error
    }
  }

  const shared = {
    list: () => [...sections.values()].map(({ section }) => section),
    async complete(analysis: RecordingAnalysis, context: SectionContext) {
      const parts: Record<string, unknown> = {}
      const plugins = new Map(analysis.plugins.map((each) => [each.name, each]))
      const warnings = [...analysis.warnings]
      for (const owned of sections.values()) {
        const found = await compute(owned, analysis, context)
        if ('code' in found) warnings.push(found)
        else {
          parts[owned.section.id] = found.part
          plugins.set(owned.owner.name, stampOf(owned.owner))
        }
      }
      return { ...analysis, plugins: sorted(plugins), warnings, ...parts }
    },
  }
  const lendTo = (borrower: Borrower): Sections => ({
    ...shared,
    add: (section) => borrower.onLeave(add(section, borrower)),
    lendTo,
  })
  return { ...shared, add: (section) => void add(section, keeper), lendTo }
}
