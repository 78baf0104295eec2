/** The executable: argv -> one command. */

import { builtInPlugins } from './built-in.ts'
import { run } from './commands/run.ts'
import { offered } from './offered.ts'
import { processTerminal } from './terminal/process.ts'

process.exitCode = await run(process.argv.slice(2), {
  plugins: builtInPlugins,
  offered,
  self: Bun.embeddedFiles.length > 0 ? [process.execPath] : [process.execPath, import.meta.path],
  env: process.env,
  terminal: processTerminal(process.argv[2] === 'serve'),
})
// The channel to its parent would keep a worker alive that could not begin.
process.disconnect?.()
