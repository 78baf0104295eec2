/** The host's own commands. What only one of them needs is imported when it runs. */

import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'
import { auditCommand } from './audit.ts'
import { cacheCommand } from './cache.ts'
import { configCommand } from './config.ts'
import { doctorCommand } from './doctor.ts'
import { keyCommand } from './key.ts'
import { migrateCommand } from './migrate.ts'
import { openApiCommand } from './openapi.ts'
import { pluginCommand } from './plugin.ts'
import { retentionCommand } from './retention.ts'
import { serveCommand } from './serve.ts'
import { userCommand } from './user.ts'
import { vaultCommand } from './vault.ts'

export const hostCommands = (program: Program): Command[] => [
  serveCommand(program),
  migrateCommand(program),
  cacheCommand(program),
  userCommand(program),
  keyCommand(program),
  auditCommand(program),
  doctorCommand(program),
  configCommand(program),
  pluginCommand(program),
  vaultCommand(program),
  retentionCommand(program),
  openApiCommand(program),
]
