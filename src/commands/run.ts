/** argv -> one command -> an exit code. */
import { join, resolve } from 'node:path'
import {
  type ConfigSources,
  loadConfiguration,
  type Section,
  type SettingName,
  settingNames,
} from '../config/load.ts'
import { createSettingSources } from '../config/sources.ts'
import { EXIT, type ExitCode, Failure, isFailure } from '../exit.ts'
import { createGround } from '../ground.ts'
import { createLog } from '../observe/log.ts'
import type { Plugin } from '../plugin/define.ts'
import { loadExternalPlugins, NO_EXTERNAL_PLUGINS } from '../plugin/external/load.ts'
import type { Pins } from '../plugin/external/lock.ts'
import type { ModuleOffer } from '../plugin/external/offer.ts'
import { createTrial } from '../plugin/external/trial.ts'
import { createOfflineHost, type Program } from '../program.ts'
import { dataFolderPath } from '../storage/data-folder.ts'
import type { Command, Terminal } from '../terminal/command.ts'
import { PRODUCT, VERSION } from '../version.ts'
import { createGuard } from '../watchdog/guard.ts'
import { beginWorker, isServing } from '../workers/child.ts'
import type { Birth, Quarantined } from '../workers/protocol.ts'
import { parseCommandLine, settingFlags } from './arguments.ts'
import { commandHelp, programHelp } from './help.ts'
import { hostCommands } from './host-commands.ts'
import { runsAlone } from './plugin.ts'
import { openWorkers, runWorker, WORKER } from './worker.ts'

/** What a run stands on; tests bring their own. */
export interface RunOptions {
  /** Those that come with the executable. */
  readonly plugins: readonly Plugin[]
  /** What external plugins may import by name. */
  readonly offered: ModuleOffer
  /** What starts this program. */
  readonly self: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
}

const sectionsOf = (plugins: readonly Plugin[]): Section[] =>
  plugins.flatMap(({ name, config }) => (config ? [{ name, schema: config }] : []))

/** How a command comes by its plugins. */
interface Loading {
  /** Whether it has no use for external ones, and shall work whatever is wrong with them. */
  readonly alone: boolean
  /** Whether it runs a server. */
  readonly serves?: boolean
  /** Of a worker: what its parent has told it. */
  readonly birth?: Birth
  /** Ends the workers. */
  readonly disposal: AsyncDisposableStack
}

async function readProgram(
  argv: readonly string[],
  { plugins: builtIn, offered, self, env }: RunOptions,
  { alone, serves = false, birth, disposal }: Loading,
): Promise<Program> {
  const { config } = settingFlags(argv, [])
  const path = typeof config === 'string' ? config : 'myoserve.config.json'
  const file = { path, explicit: config !== undefined }
  const settings = createSettingSources(argv, env, file, birth?.settings)
  const sourcesOf = (names: readonly SettingName[]): ConfigSources => ({
    flags: settingFlags(argv, names),
    env,
    file: { ...file, content: settings.content() },
  })
  // Which settings there are is known once the plugins are loaded, and where they are is a setting of the host.
  const { host } = loadConfiguration([], sourcesOf(settingNames([])), () => true)
  // What is said of the plugins while a worker sets them up, its parent says too.
  const log = createLog(host.logLevel, birth && (() => !isServing()))
  const workers = disposal.use(openWorkers(self, argv, host, log, { alone, settings: settings.content }))
  const ground = disposal.use(createGround(host, log))
  const pluginsFolder = resolve(host.plugins ?? join(dataFolderPath(host.data), 'plugins'))
  const trial = createTrial({ folder: pluginsFolder, settingsOf: settings.textOf, tryOut: workers.tryOut })
  const guard = serves
    ? disposal.use(createGuard({ log, limitMs: host.pluginTimeLimit, command: [...self, 'serve', ...argv] }))
    : undefined
  const tryOut = async (enabled: Pins): Promise<readonly Quarantined[]> => {
    if (birth) return birth.refused
    guard?.add(Object.keys(enabled))
    // While plugins are tried out, the database can start.
    if (serves) void ground.open()
    return [...(guard?.aside ?? []), ...(await trial.begin(enabled))]
  }
  const external = alone
    ? NO_EXTERNAL_PLUGINS
    : await loadExternalPlugins({
        folder: pluginsFolder,
        named: host.plugins !== undefined,
        builtIn,
        offer: offered,
        tryOut,
      })
  const removed = new Set(external.removed)
  const away = new Set([...external.refused, ...external.disabled].map(({ name }) => name))
  const plugins = [...builtIn, ...external.plugins]
  const sections = sectionsOf(plugins)
  const names = settingNames(sections)
  const settingsOf = (plugin: Plugin): unknown => {
    const own = sectionsOf([plugin])
    const { plugins: read } = loadConfiguration(
      own,
      sourcesOf(settingNames(own)),
      (key) => key !== plugin.name,
    )
    return read[plugin.name]
  }
  // Of a worker, the parent has checked the file, and may have lost the plugin since that a section is for.
  const isAnyKey = alone || birth !== undefined
  const configuration = loadConfiguration(
    sections,
    sourcesOf(names),
    (key) => isAnyKey || away.has(key) || removed.has(key),
  )
  if (serves) {
    for (const name of Object.keys(settings.content()).filter((key) => removed.has(key) && !away.has(key))) {
      log.warn(`${path} sets "${name}", a plugin that was removed; \`myoserve config\` lists what is read`)
    }
  }
  return {
    plugins,
    external,
    pluginsFolder,
    offered,
    configuration,
    settingsOf,
    async tryOutAgain(enabled, changed) {
      guard?.add(Object.keys(enabled))
      settings.refresh(changed)
      return trial.again(enabled, changed)
    },
    names,
    log,
    ground,
    workers,
    ending: () => guard?.end(),
  }
}

async function dispatch(argv: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { terminal } = options
  const [name = 'help', ...rest] = argv
  if (name === '--version' || name === 'version') {
    terminal.out(`${PRODUCT} ${VERSION}\n`)
    return EXIT.ok
  }
  await using disposal = new AsyncDisposableStack()
  if (name === WORKER) {
    const birth = beginWorker()
    return runWorker(await readProgram(rest, options, { alone: birth.alone, birth, disposal }), birth)
  }
  const program = await readProgram(rest, options, {
    alone: runsAlone(name, rest),
    serves: name === 'serve' && !rest.includes('--help'),
    disposal,
  })
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
  return await command.run({ ...parsed, terminal })
}

/** Runs one command line; an expected failure ends as one sentence and its exit code, any other with its trace. */
export async function run(argv: readonly string[], options: RunOptions): Promise<ExitCode> {
  try {
    return await dispatch(argv, options)
  } catch (error) {
    if (isFailure(error)) {
      options.terminal.err(`myoserve: ${error.message}\n`)
      return error.exitCode
    }
    const trace = error instanceof Error ? error.stack : String(error)
    options.terminal.err(`myoserve: a fault of the program, please report it: ${trace}\n`)
    return EXIT.ourFault
  }
}
