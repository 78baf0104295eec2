/** Reads the command line: node:util parseArgs, with one sentence where it is wrong. */
import { parseArgs } from 'node:util'
import type { SettingName } from '../config/load.ts'
import { EXIT, Failure, messageOf } from '../exit.ts'
import type { CommandOption } from '../terminal/command.ts'

type Values = Readonly<Record<string, string | boolean | undefined>>

/** Options that every command has. */
export const GLOBAL_OPTIONS: Readonly<Record<string, CommandOption>> = {
  config: { type: 'string', value: 'FILE', summary: 'Configuration file (myoserve.config.json)' },
  help: { type: 'boolean', summary: 'Show the help of a command' },
}

const settingOptions = (names: readonly SettingName[]): Record<string, { type: 'boolean' | 'string' }> =>
  Object.fromEntries(names.map(({ flag, info }) => [flag, { type: info.toggle ? 'boolean' : 'string' }]))

/** The flags of settings in a command line whose other options are not known yet. */
export function settingFlags(argv: readonly string[], names: readonly SettingName[]): Values {
  const options = { ...settingOptions(names), config: { type: 'string' as const } }
  const { values } = parseArgs({ args: [...argv], options, strict: false, allowNegative: true })
  return Object.fromEntries(Object.entries(values).filter(([flag]) => flag in options)) as Values
}

/**
 * The arguments and options of one command.
 *
 * @throws {Failure} 64 for an unknown option or a value that is missing
 */
export function parseCommandLine(
  command: { readonly name: string; readonly options: Readonly<Record<string, CommandOption>> },
  argv: readonly string[],
  names: readonly SettingName[],
): { args: string[]; options: Values } {
  const own = { ...GLOBAL_OPTIONS, ...command.options }
  const declared = Object.entries(own).map(([name, { type }]) => [name, { type }] as const)
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...settingOptions(names), ...Object.fromEntries(declared) },
      allowPositionals: true,
      allowNegative: true,
    })
    return { args: positionals, options: values as Values }
  } catch (cause) {
    const [sentence] = messageOf(cause).split(/\. |\.?\n/)
    throw new Failure(EXIT.usage, `${sentence}; see \`myoserve ${command.name} --help\``, { cause })
  }
}
