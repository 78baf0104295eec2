/** The configuration that holds where nobody chose another. */
import { type AppliedConfiguration, DEFAULT_RULES } from '../score/index.ts'

/**
 * Part of the program, and stored at start so that scores can refer to it. Other rules in a later program would be
 * its version 2.
 */
export const BUILT_IN: AppliedConfiguration = {
  id: '01900000-0000-7000-8000-000000000001',
  version: 1,
  name: 'Built-in default',
  rules: DEFAULT_RULES,
}
