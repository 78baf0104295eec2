/** Recordings and goldens that stand beside the project and are not ours to ship. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './targets.ts'

const folder = join(PROJECT, '../shared')

/** Undefined where the folder is missing: tests that need it are skipped, and say so in their names. */
export const SHARED: string | undefined = existsSync(join(folder, 'data/golden/c3d.json'))
  ? folder
  : undefined

/** To be put behind the name of a test that needs {@link SHARED}. */
export const sharedNote = SHARED ? '' : ' (skipped: ../shared is missing)'
