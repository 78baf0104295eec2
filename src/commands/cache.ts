/** `myoserve cache`: moves the cache from phase to phase. */
import { EXIT, Failure } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Command, Terminal } from '../terminal/command.ts'

const USAGE = 'migrate --to PHASE [--dry-run]'

/** Counts on one line of standard error, where a person watches. */
function counter(terminal: Terminal): { step(seen: number): void; done(): void } {
  if (!terminal.interactive) return { step() {}, done() {} }
  return {
    step: (seen) => terminal.err(`\r\u001b[K${seen} entries`),
    done: () => terminal.err('\r\u001b[K'),
  }
}

export const cacheCommand = (program: Program): Command => ({
  name: 'cache',
  summary: 'Move the cache towards Redis or back',
  usage: USAGE,
  options: {
    to: { type: 'string', value: 'PHASE', summary: 'database, dual-write, redis-primary or redis-only' },
    'dry-run': { type: 'boolean', summary: 'Count what would be copied; change nothing' },
  },
  async run({ args, options, terminal }) {
    if (args.length !== 1 || args[0] !== 'migrate' || typeof options.to !== 'string') {
      throw new Failure(EXIT.usage, `cache takes ${USAGE}`)
    }
    const { isPhase, PHASES } = await import('../cache/phases.ts')
    const { to } = options
    if (!isPhase(to)) throw new Failure(EXIT.usage, `--to is "${to}", expected ${PHASES.join(', ')}`)
    const { useDatabase } = await import('../database/use.ts')
    const { useMigration } = await import('../cache/use-migration.ts')
    const { host } = program.configuration
    const { data, databaseUrl } = host
    const line = counter(terminal)
    return useDatabase({ data, databaseUrl, log: program.log }, async (database) => {
      const report = await useMigration({
        database,
        host,
        log: program.log,
        to,
        dryRun: options['dry-run'] === true,
        onStep: line.step,
      }).finally(line.done)
      const { from, seen, copied, differing, done } = report
      const copies = `${copied} of ${seen} entries ${options['dry-run'] ? 'would be copied' : 'copied and compared'}`
      if (differing > 0) {
        throw new Failure(
          EXIT.serviceMissing,
          `${copies}, but Redis does not have ${differing} of them as PostgreSQL does: the phase stays ${from}`,
        )
      }
      terminal.out(`${copies}\n${done ? `the phase is ${to}, it was ${from}` : `the phase stays ${from}`}\n`)
      return EXIT.ok
    })
  },
})
