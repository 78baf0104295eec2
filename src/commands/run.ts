/** argv -> one command -> an exit code. */
import { loadConfiguration, type Section, settingNames } from '../config/load.ts'
import { EXIT, type ExitCode, Failure } from '../exit.ts'
import { createLog } from '../observe/log.ts'
import type { Plugin } from '../plugin/define.ts'
import { createOfflineHost, type Program } from '../program.ts'
import type { Command, Terminal } from '../terminal/command.ts'
import { PRODUCT, VERSION } from '../version.ts'
import { parseCommandLine, settingFlags } from './arguments.ts'
import { commandHelp, programHelp } from './help.ts'
import { hostCommands } from './host-commands.ts'

/** What a run stands on; tests bring their own. */
export interface RunOptions {
  readonly plugins: readonly Plugin[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
}

function readProgram(argv: readonly string[], { plugins, env }: RunOptions): Program {
  const sections = plugins.flatMap(({ name, config }): Section[] =>
    config ? [{ name, schema: config }] : [],
  )
  const names = settingNames(sections)
  const { config: file, ...flags } = settingFlags(argv, names)
  const configuration = loadConfiguration(sections, {
    flags,
    env,
    file: { path: typeof file === 'string' ? file : 'myoserve.config.json', explicit: file !== undefined },
  })
  return { plugins, configuration, names, log: createLog(configuration.host.logLevel) }
}

async function dispatch(argv: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { terminal } = options
  const [name = 'help', ...rest] = argv
  if (name === '--version' || name === 'version') {
    terminal.out(`${PRODUCT} ${VERSION}\n`)
    return EXIT.ok
  }
  const program = readProgram(rest, options)
  const own = hostCommands(program)
  const all = async (): Promise<Command[]> => [...own, ...(await createOfflineHost(program)).commands()]
  if (name === 'help' || name === '--help' || name === '-h') {
    terminal.out(programHelp(await all()))
    return EXIT.ok
  }
  const command = own.find((each) => each.name === name) ?? (await all()).find((each) => each.name === name)
  if (!command) throw new Failure(EXIT.usage, `there is no command "${name}"; see \`myoserve help\``)
  const parsed = parseCommandLine(command, rest, program.names)
  if (parsed.options.help) {
    terminal.out(commandHelp(command, program.names))
    return EXIT.ok
  }
  return command.run({ ...parsed, terminal })
}

/** Runs one command line; an expected failure ends as one sentence and its exit code, any other with its trace. */
export async function run(argv: readonly string[], options: RunOptions): Promise<ExitCode> {
  try {
    return await dispatch(argv, options)
  } catch (error) {
    if (error instanceof Failure) {
      options.terminal.err(`myoserve: ${error.message}\n`)
      return error.exitCode
    }
    const trace = error instanceof Error ? error.stack : String(error)
    options.terminal.err(`myoserve: a fault of the program, please report it: ${trace}\n`)
    return EXIT.ourFault
  }
}
