/** `myoserve migrate`: shows what is pending, or applies it. */
import { EXIT, Failure } from '../exit.ts'
import { migrationSets } from '../plugin/migration-sets.ts'
import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'

export const migrateCommand = (program: Program): Command => ({
  name: 'migrate',
  summary: 'Show or apply pending database migrations',
  usage: '--plan | --apply',
  options: {
    plan: { type: 'boolean', summary: 'Show what is pending; change nothing' },
    apply: { type: 'boolean', summary: 'Apply what is pending' },
  },
  async run({ options, terminal }) {
    if (options.plan === options.apply)
      throw new Failure(EXIT.usage, 'migrate takes either --plan or --apply')
    const { useDatabase } = await import('../database/use.ts')
    const { applyMigrations, planMigrations } = await import('../database/migrations.ts')
    const sets = migrationSets(program.plugins)
    const { data, databaseUrl } = program.configuration.host
    return useDatabase({ data, databaseUrl, log: program.log }, async ({ sql }) => {
      const { applied, pending } = await (options.apply ? applyMigrations : planMigrations)(sql, sets)
      for (const { plugin, id } of pending) {
        terminal.out(`${options.apply ? 'applied' : 'pending'}  ${plugin}/${id}\n`)
      }
      terminal.out(`${applied} were applied before, ${pending.length} ${options.apply ? 'now' : 'pending'}\n`)
      return EXIT.ok
    })
  },
})
