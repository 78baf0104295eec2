/** `myoserve plugin ACTION`: lists, makes, checks, tests, builds, pins, reloads and removes plugins. */
import type { Program } from '../program.ts'
import type { Command } from '../terminal/command.ts'
import { type Actions, runAction, usageOf } from './actions.ts'

const ACTIONS: Actions = {
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

export const pluginCommand = (program: Program): Command => ({
  name: 'plugin',
  summary: 'Make, test, check, install and list plugins',
  usage: usageOf(ACTIONS),
  options: {
    json: { type: 'boolean', summary: 'list: print JSON' },
    database: { type: 'boolean', summary: 'test: with a PostgreSQL of its own' },
    out: { type: 'string', value: 'FILE', summary: 'build: the file to write' },
  },
  run: (invocation) => runAction('plugin', ACTIONS, program, invocation),
})
