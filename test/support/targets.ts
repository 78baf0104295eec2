/** The two forms the product comes in; tests of commands and of HTTP run against both. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const PROJECT = join(import.meta.dir, '../..')

const executable = join(PROJECT, 'dist', process.platform === 'win32' ? 'myoserve.exe' : 'myoserve')

export interface Target {
  readonly name: 'source' | 'compiled'
  /** What starts it. */
  readonly command: readonly string[]
  /** Why it cannot be tested; tests of it are skipped, loudly. */
  readonly missing?: string
}

export const TARGETS: readonly Target[] = [
  { name: 'source', command: [process.execPath, join(PROJECT, 'src/main.ts')] },
  {
    name: 'compiled',
    command: [executable],
    ...(existsSync(executable) ? {} : { missing: 'dist/myoserve is not built: bun run build' }),
  },
]
