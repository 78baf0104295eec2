/** `myoserve plugin list`: which plugins there are, and how they stand. */
import { EXIT, Failure } from '../exit.ts'
import { createOfflineHost, type Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'

export const pluginCommand = (program: Program): Command => ({
  name: 'plugin',
  summary: 'List the plugins and how they stand',
  usage: 'list [--json]',
  options: { json: { type: 'boolean', summary: 'Print JSON' } },
  async run({ args, options, terminal }) {
    if (args.length !== 1 || args[0] !== 'list') {
      throw new Failure(EXIT.usage, 'plugin has one action: `myoserve plugin list`')
    }
    const states = (await createOfflineHost(program)).states()
    if (options.json) {
      terminal.out(`${JSON.stringify(states, null, 2)}\n`)
      return EXIT.ok
    }
    const width = Math.max(...states.map(({ name }) => name.length))
    for (const { name, version, state, reason, summary } of states) {
      terminal.out(`${name.padEnd(width)}  ${version}  ${state.padEnd(11)}  ${reason ?? summary}\n`)
    }
    return EXIT.ok
  },
})
