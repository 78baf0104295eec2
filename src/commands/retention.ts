/** `myoserve retention`: removes what has been kept long enough, or says what that would be. */
import { EXIT, Failure } from '../exit.ts'
import type { Program } from '../program.ts'
import type { RetentionOutcome } from '../retention/run.ts'
import type { Command } from '../terminal/command.ts'

const USAGE = '[--dry-run] [--json]'

const line = ({ plugin, name, before, count }: RetentionOutcome, isDry: boolean): string =>
  before === null
    ? `${plugin}.${name}: kept for ever\n`
    : `${plugin}.${name}: ${count} ${isDry ? 'would be removed' : 'removed'}, from before ${before.toISOString()}\n`

export const retentionCommand = (program: Program): Command => ({
  name: 'retention',
  summary: 'Remove what has been kept for as long as the settings say',
  usage: USAGE,
  options: {
    'dry-run': { type: 'boolean', summary: 'Count what would be removed; change nothing' },
    json: { type: 'boolean', summary: 'Print the rules and counts as JSON' },
  },
  async run({ args, options, terminal }) {
    if (args.length > 0) throw new Failure(EXIT.usage, `retention takes ${USAGE}`)
    const isDry = options['dry-run'] === true
    const { useRetention } = await import('./use-retention.ts')
    const outcomes = await useRetention(program, isDry)
    if (!outcomes)
      throw new Failure(EXIT.serviceMissing, 'another process is removing already; try again later')
    if (options.json) terminal.out(`${JSON.stringify(outcomes, null, 2)}\n`)
    else for (const each of outcomes) terminal.out(line(each, isDry))
    return EXIT.ok
  },
})
