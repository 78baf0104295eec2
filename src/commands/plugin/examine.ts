/** Holds a plugin against all that the server will ask of it, beside the plugins that are there; runs in a worker. */
import { dirname, resolve } from 'node:path'
import pino from 'pino'
import * as v from 'valibot'
import type { Plugin } from '../../plugin/define.ts'
import { type Fingerprint, fingerprint } from '../../plugin/external/fingerprint.ts'
import { importPlugin } from '../../plugin/external/import.ts'
import { checkImports } from '../../plugin/external/imports.ts'
import { checkNames, loadExternalPlugins, NO_EXTERNAL_PLUGINS } from '../../plugin/external/load.ts'
import { offerModules } from '../../plugin/external/offer.ts'
import { PluginRefused } from '../../plugin/external/refusal.ts'
import type { PluginHost } from '../../plugin/host.ts'
import { createOfflineHost, type Program } from '../../program.ts'
import { NO_WORKERS } from '../../workers/child.ts'
import { marked } from '../../workers/marked.ts'
import type { Quarantined } from '../../workers/protocol.ts'

/** Name of the task of the host that examines a plugin. */
export const EXAMINE = 'examine'

export interface Examination {
  /** Path of a file or folder. */
  readonly source: string
  /** What the plugin is called until it has said so itself. */
  readonly label: string
  /** Plugins of the plugins folder that are at fault: it is examined without them. */
  readonly without: readonly Quarantined[]
}

export interface Examined {
  readonly name: string
  readonly version: string
  readonly print: Fingerprint
  /** Absolute path of what was examined. */
  readonly path: string
}

/** A log that keeps what is said of one plugin. */
function listeningLog(said: string[], about: string): pino.Logger {
  const write = (line: string): void => {
    const { plugin, msg } = JSON.parse(line) as { plugin?: string; msg: string }
    if (plugin === about) said.push(msg)
  }
  return pino({ level: 'warn' }, { write })
}

/** Settings that nobody has set. */
function defaultsOf({ config }: Plugin): unknown {
  if (!config) return undefined
  const result = v.safeParse(config, {})
  if (result.success) return result.output
  throw new PluginRefused(`its settings have no valid defaults: ${result.issues[0].message}`)
}

async function checkHost(host: PluginHost, plugin: Plugin, said: readonly string[], program: Program) {
  const state = host.states().find(({ name, origin }) => name === plugin.name && origin === 'external')
  if (state?.state === 'quarantined') throw new PluginRefused(state.reason ?? 'it is quarantined')
  const { hostCommands } = await import('../host-commands.ts')
  const taken = new Set(hostCommands(program).map(({ name }) => name))
  const command = host.commands().find(({ name }) => taken.has(name))
  if (command) throw new PluginRefused(`its command ${command.name} is taken by the host`)
  await marked(plugin.name, () => host.metrics())
  if (said[0] !== undefined) throw new PluginRefused(said[0])
}

/**
 * Imports a plugin and sets it up, with the external ones that are loaded at the next start, but for an older self.
 *
 * @param report called with a sentence about what has been found in order, as it is found
 * @throws {PluginRefused} with the first thing that is not
 * @throws {PluginFault} for code that does not end
 */
export async function examine(
  { source, label, without }: Examination,
  program: Program,
  report: (sentence: string) => void,
): Promise<Examined> {
  const path = resolve(source)
  const print = await fingerprint(path, dirname(path) === program.pluginsFolder)
  report(`${print.files.length === 1 ? 'its file' : `its ${print.files.length} files`} can be pinned`)
  const wrong = await checkImports(path, print, new Set(Object.keys(program.offered)))
  if (wrong !== undefined) throw new PluginRefused(wrong)
  report('it imports nothing that will not be there')
  await offerModules(program.offered)
  const plugin = await marked(label, () => importPlugin(path))
  report(`it declares ${plugin.name} ${plugin.version}, for plugin contract ${plugin.host}`)

  const builtIn = program.plugins
  const { plugins: others } = await loadExternalPlugins({
    folder: program.pluginsFolder,
    builtIn,
    offer: program.offered,
    except: plugin.name,
    tryOut: async () => without,
  })
  checkNames(plugin, [...builtIn, ...others])
  const external = { ...NO_EXTERNAL_PLUGINS, plugins: [...others, plugin] }
  const settings = Object.fromEntries(external.plugins.map((each) => [each.name, defaultsOf(each)]))
  const configuration = {
    ...program.configuration,
    plugins: { ...program.configuration.plugins, ...settings },
  }
  const said: string[] = []
  const all = {
    ...program,
    workers: NO_WORKERS,
    plugins: [...builtIn, ...external.plugins],
    external,
    configuration,
  }
  const host = await createOfflineHost({ ...all, log: listeningLog(said, plugin.name) })
  await checkHost(host, plugin, said, program)
  report('it can be set up beside the plugins that are there, and nothing of it collides with theirs')
  return { name: plugin.name, version: plugin.version, print, path }
}
