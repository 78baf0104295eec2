/** What rules of scoring are called, with their version. */
import type { Score } from './parts.ts'
import { words } from './words.ts'

/** Of the configuration that is part of the program; its name is English. */
const BUILT_IN = '01900000-0000-7000-8000-000000000001'

/** @example rulesName(score.configuration) // 'Built-in default, version 1' */
export function rulesName({
  id,
  name,
  version,
}: Pick<Score['configuration'], 'id' | 'name' | 'version'>): string {
  const t = words()
  return t.rulesName(id === BUILT_IN ? t.builtIn : name, version)
}
