/** What the parts of a score bring to it, and what changed from one score to the next. */
import type { Answer } from '../../../api/client.ts'

export type Score = Answer<'POST /api/scoring/scores'>

/** In the order in which they are shown. */
export const COMPONENTS = ['compliance', 'symmetry', 'effort', 'game'] as const
export type ComponentId = (typeof COMPONENTS)[number]

/** A component with what it weighs. */
export interface Part {
  readonly id: ComponentId
  /** As configured, 0 to 1. */
  readonly weight: number
  /** As it acted: the weight of what is missing went to the others. */
  readonly effective: number
  /** 0 to 100. */
  readonly value: number | null
  /** What it brings to the overall score, in points of 100; null where there is no overall score. */
  readonly points: number | null
  readonly state: Score['completeness'][ComponentId]['state']
  readonly reasons: readonly string[]
}

/** The components of a score; their points add up to the overall score. */
export function partsOf({ overall, components, completeness, configuration, gate }: Score): Part[] {
  return COMPONENTS.map((id) => {
    const { value } = components[id]
    const effective = overall.effectiveWeights[id]
    const brings = value === null ? 0 : value * effective * (gate.value ?? 1)
    return {
      id,
      weight: configuration.rules.weights[id],
      effective,
      value,
      points: overall.value === null ? null : brings,
      ...completeness[id],
    }
  })
}

/** Why there is no overall score. */
export type NoOverall =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'coverage'; readonly hasPercent: number; readonly needsPercent: number }

/** @returns null where there is one */
export function whyNoOverall({ overall, configuration }: Score): NoOverall | null {
  if (overall.value !== null) return null
  if (overall.coverage === 0) return { kind: 'nothing' }
  return {
    kind: 'coverage',
    hasPercent: 100 * overall.coverage,
    needsPercent: 100 * configuration.rules.minimumCoverage,
  }
}

/** A figure that is not what it was. */
export interface Change {
  readonly id: 'overall' | ComponentId
  readonly before: number | null
  readonly after: number | null
}

/** The overall score and every component of two scores that differ. */
export function changesOf(before: Score, after: Score): Change[] {
  const all: Change[] = [
    { id: 'overall', before: before.overall.value, after: after.overall.value },
    ...COMPONENTS.map((id) => ({
      id,
      before: before.components[id].value,
      after: after.components[id].value,
    })),
  ]
  return all.filter((change) => change.before !== change.after)
}

type StoredScore = Answer<'POST /api/sessions/{id}/score'>

/** What the muscles did: it may change though no component does. */
const musclesOf = ({ muscles }: Score): string =>
  JSON.stringify(
    muscles.map(({ muscle, side, completion, intensity, duration }) => [
      muscle,
      side,
      completion.value,
      intensity.value,
      duration.value,
    ]),
  )

/** Whether a stored score still says what would be computed now. */
export function isCurrent(stored: Pick<StoredScore, 'score'> | undefined, now: Score): boolean {
  if (!stored) return false
  const { configuration } = stored.score
  return (
    changesOf(stored.score, now).length === 0 &&
    stored.score.gate.value === now.gate.value &&
    musclesOf(stored.score) === musclesOf(now) &&
    configuration.id === now.configuration.id &&
    configuration.version === now.configuration.version
  )
}
