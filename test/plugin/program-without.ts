/** The program with all built-in plugins but the one that MYOSERVE_TEST_WITHOUT names: that one comes from outside. */
import { builtInPlugins } from '../../src/built-in.ts'
import { run } from '../../src/commands/run.ts'
import { offered } from '../../src/offered.ts'
import { processTerminal } from '../../src/terminal/process.ts'

const { MYOSERVE_TEST_WITHOUT: name } = process.env

process.exitCode = await run(process.argv.slice(2), {
  plugins: builtInPlugins.filter((plugin) => plugin.name !== name),
  offered: Object.fromEntries(
    Object.entries(offered).filter(([module]) => module !== `myoserve/plugins/${name}`),
  ),
  self: [process.execPath, import.meta.path],
  env: process.env,
  terminal: processTerminal(false),
})
