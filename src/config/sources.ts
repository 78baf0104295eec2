/** Where the settings of a run come from: its command line, its environment, and the file as it was when it was read. */
import { type ConfigFile, type FileContent, readConfigFile } from './file.ts'
import { upperSnake } from './load.ts'

export interface SettingSources {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly path: string
  /** What the file holds: for a worker, what its parent knows of it. */
  content(): FileContent
  /**
   * Reads the sections of some plugins anew; all else stays.
   *
   * @throws {Failure} 78 where the file cannot be read any more
   */
  refresh(plugins: readonly string[]): void
  /** All that is set of a plugin anywhere, as text; empty where nothing is. It may hold secrets. */
  textOf(plugin: string): string
}

/** The flags of a plugin with what follows each: whether that is its value only the declaration would tell. */
const flagsOf = (argv: readonly string[], plugin: string): string[] =>
  argv.filter((_, i) =>
    [argv[i], argv[i - 1]].some((each) => /^--(?:no-)?/.test(each ?? '') && each?.includes(`${plugin}.`)),
  )

/** @param given what the file holds, where it shall not be read */
export function createSettingSources(
  argv: readonly string[],
  env: SettingSources['env'],
  file: ConfigFile,
  given?: FileContent,
): SettingSources {
  let content = given ?? readConfigFile(file)
  return {
    env,
    path: file.path,
    content: () => content,
    refresh(plugins) {
      if (plugins.length === 0) return
      const now = readConfigFile(file)
      const others = Object.entries(content).filter(([key]) => !plugins.includes(key))
      const sections = Object.entries(now).filter(([key]) => plugins.includes(key))
      content = Object.fromEntries([...others, ...sections])
    },
    textOf(plugin) {
      const prefix = `${upperSnake(plugin)}_`
      const variables = Object.entries(env).filter(([name]) => name.startsWith(prefix))
      const flags = flagsOf(argv, plugin)
      const section = content[plugin]
      if (section === undefined && flags.length + variables.length === 0) return ''
      return JSON.stringify([section ?? null, flags, variables.sort()])
    },
  }
}
