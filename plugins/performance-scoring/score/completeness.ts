/** What a score rests on: which components were measured, in part or whole, and what is missing. */
import * as v from 'valibot'
import type { Percent, Rate } from './figure.ts'
import type { ScoreInput } from './input.ts'
import type { MuscleScore } from './muscle.ts'
import type { ComponentId } from './overall.ts'

const Presence = v.object({
  state: v.pipe(
    v.picklist(['measured', 'partial', 'missing']),
    v.description('`partial`: there is a value, and something that belongs to it is missing'),
  ),
  reasons: v.pipe(v.array(v.string()), v.description('What is missing; empty where all was measured')),
})

export const CompletenessSchema = v.object({
  compliance: Presence,
  symmetry: Presence,
  effort: Presence,
  game: Presence,
  bfr: Presence,
})

type Presence = v.InferOutput<typeof Presence>
export type Completeness = v.InferOutput<typeof CompletenessSchema>

const presence = (reason: string | null, gaps: readonly string[]): Presence => {
  if (reason !== null) return { state: 'missing', reasons: [reason, ...gaps] }
  return { state: gaps.length > 0 ? 'partial' : 'measured', reasons: [...gaps] }
}

/** An MVC that nobody measured as such: an intensity against it says less than one against a record. */
const UNMEASURED: Readonly<Record<string, string>> = {
  calculated: 'the MVC was calculated from this recording',
  default: 'the MVC is the configured default',
}

const gapsOf = ({ muscle, side, mvcSource, ...parts }: MuscleScore): string[] => {
  const reasons = (['completion', 'intensity', 'duration'] as const).map(
    (part) => [part, parts[part].reason] as const,
  )
  const unmeasured = parts.intensity.value === null ? undefined : UNMEASURED[mvcSource ?? '']
  return [...reasons, ['intensity', unmeasured ?? null] as const].flatMap(([part, reason]) =>
    reason === null ? [] : [`${muscle} (${side}): ${part}: ${reason}`],
  )
}

const muscleGaps = (muscles: readonly MuscleScore[]): string[] => muscles.flatMap(gapsOf)

function pressureGaps(muscles: readonly MuscleScore[], bfr: ScoreInput['bfr']): string[] {
  const trained = (side: 'left' | 'right') => muscles.some((muscle) => muscle.side === side)
  return (['left', 'right'] as const)
    .filter((side) => bfr[side] === null && trained(side))
    .map((side) => `${side}: no pressure was measured`)
}

/** Says of each component, and of the gate, what there was to compute it from. */
export function completenessOf(
  components: Readonly<Record<ComponentId, Percent>>,
  gate: Rate,
  muscles: readonly MuscleScore[],
  bfr: ScoreInput['bfr'],
): Completeness {
  const sided = muscles.filter(({ side }) => side !== 'none')
  return {
    compliance: presence(components.compliance.reason, muscleGaps(muscles)),
    symmetry: presence(components.symmetry.reason, muscleGaps(sided)),
    effort: presence(components.effort.reason, []),
    game: presence(components.game.reason, []),
    bfr: presence(gate.reason, gate.reason === null ? pressureGaps(muscles, bfr) : []),
  }
}
