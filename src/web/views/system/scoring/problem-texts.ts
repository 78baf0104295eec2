/** Why something about scoring rules was refused. */
import type { ProblemTexts } from '../../../ui/problem-text.ts'
import { words } from './words.ts'

export function scoringProblems(): ProblemTexts {
  const t = words()
  return {
    SCORING_NAME_TAKEN: t.SCORING_NAME_TAKEN,
    SCORING_CONFIGURATION_RETIRED: t.SCORING_CONFIGURATION_RETIRED,
    SCORING_CONFIGURATION_ACTIVE: t.SCORING_CONFIGURATION_ACTIVE,
    SCORING_CONFIGURATION_BUILT_IN: t.SCORING_CONFIGURATION_BUILT_IN,
    SCORING_CONFIGURATION_NOT_FOUND: t.SCORING_CONFIGURATION_NOT_FOUND,
    SCORING_VERSION_NOT_FOUND: t.SCORING_VERSION_NOT_FOUND,
  }
}
