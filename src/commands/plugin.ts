/** `myoserve plugin ACTION`: lists, makes, checks, tests, builds, pins, reloads and removes plugins. */
import { EXIT, type ExitCode, Failure } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Command, Invocation } from '../terminal/command.ts'

/** Runs one action. `args` are those behind its name. */
export type PluginAction = (program: Program, invocation: Invocation) => Promise<ExitCode>

/** What an action is, for the help, and where its code is. */
interface ActionEntry {
  readonly usage: string
  readonly summary: string
  /** Fewest and most arguments. */
  readonly takes: readonly [least: number, most: number]
  load(): Promise<PluginAction>
}

const ACTIONS: Readonly<Record<string, ActionEntry>> = {
  list: {
    usage: 'list [--json]',
    summary: 'the plugins and how they stand',
    takes: [0, 0],
    load: async () => (await import('./plugin/list.ts')).listPlugins,
  },
  new: {
    usage: 'new NAME [DIR]',
    summary: 'make a plugin that adds a metric, with its test',
    takes: [1, 2],
    load: async () => (await import('./plugin/new.ts')).newPlugin,
  },
  types: {
    usage: 'types DIR',
    summary: 'write the declarations of the SDK, for an editor',
    takes: [1, 1],
    load: async () => (await import('./plugin/types.ts')).writeTypes,
  },
  test: {
    usage: 'test FILE|DIR [--database]',
    summary: 'run the tests of a plugin, and those of the contract',
    takes: [1, 1],
    load: async () => (await import('./plugin/test.ts')).testPlugin,
  },
  build: {
    usage: 'build DIR [--out FILE]',
    summary: 'make one file of a plugin',
    takes: [1, 1],
    load: async () => (await import('./plugin/build.ts')).buildPlugin,
  },
  check: {
    usage: 'check FILE|DIR',
    summary: 'whether the server would take a plugin',
    takes: [1, 1],
    load: async () => (await import('./plugin/check.ts')).checkPlugin,
  },
  add: {
    usage: 'add FILE|DIR',
    summary: 'copy a plugin into the plugins folder, and pin it as it is',
    takes: [1, 1],
    load: async () => (await import('./plugin/add.ts')).addPlugin,
  },
  remove: {
    usage: 'remove NAME',
    summary: 'remove a plugin with its files',
    takes: [1, 1],
    load: async () => (await import('./plugin/pins.ts')).removePlugin,
  },
  enable: {
    usage: 'enable NAME',
    summary: 'have a plugin loaded, by a server that runs too',
    takes: [1, 1],
    load: async () => (await import('./plugin/pins.ts')).enablePlugin,
  },
  disable: {
    usage: 'disable NAME',
    summary: 'have a plugin unloaded, its files and tables kept',
    takes: [1, 1],
    load: async () => (await import('./plugin/pins.ts')).disablePlugin,
  },
  reload: {
    usage: 'reload NAME',
    summary: 'have a server that runs load a plugin anew',
    takes: [1, 1],
    load: async () => (await import('./plugin/pins.ts')).reloadPlugin,
  },
}

/** Whether a command line needs no external plugin loaded, and so works whatever is wrong with them. */
export const runsAlone = (name: string, [action]: readonly string[]): boolean =>
  name === 'plugin' && action !== 'list'

const USAGE = Object.values(ACTIONS)
  .map(({ usage }) => usage)
  .join(' | ')

export const pluginCommand = (program: Program): Command => ({
  name: 'plugin',
  summary: 'Make, test, check, install and list plugins',
  usage: USAGE,
  options: {
    json: { type: 'boolean', summary: 'list: print JSON' },
    database: { type: 'boolean', summary: 'test: with a PostgreSQL of its own' },
    out: { type: 'string', value: 'FILE', summary: 'build: the file to write' },
  },
  async run(invocation) {
    const [name = '', ...args] = invocation.args
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
    if (!action) {
      throw new Failure(
        EXIT.usage,
        `plugin takes an action such as \`myoserve plugin list\`; there are ${Object.keys(ACTIONS).join(', ')}`,
      )
    }
    const [least, most] = action.takes
    if (args.length < least || args.length > most) {
      throw new Failure(EXIT.usage, `it is \`myoserve plugin ${action.usage}\`: ${action.summary}`)
    }
    return (await action.load())(program, { ...invocation, args })
  },
})
