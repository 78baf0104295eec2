/** The help texts, made from what the commands and settings say of themselves. */
import type { SettingName } from '../config/load.ts'
import type { Command } from '../terminal/command.ts'
import { PRODUCT, VERSION } from '../version.ts'
import { GLOBAL_OPTIONS } from './arguments.ts'

const table = (rows: ReadonlyArray<readonly [string, string]>): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('')
}

/** What `myoserve help` prints. */
export const programHelp = (commands: readonly Command[]): string =>
  `${PRODUCT} ${VERSION}: EMG analysis for rehabilitation clinics\n\n` +
  `Usage: myoserve COMMAND [OPTIONS]\n\n${table(commands.map(({ name, summary }) => [name, summary]))}\n` +
  '`myoserve COMMAND --help` says more; `myoserve config` lists every setting.\n'

/** What `myoserve COMMAND --help` prints. */
export function commandHelp(command: Command, names: readonly SettingName[]): string {
  const options = Object.entries({ ...command.options, ...GLOBAL_OPTIONS }).map(
    ([name, { value, summary }]) => [`--${name}${value ? ` ${value}` : ''}`, summary] as const,
  )
  const settings = names.map(
    ({ flag, info }) => [`--${flag}${info.toggle ? '' : ' VALUE'}`, info.summary] as const,
  )
  return (
    `${command.summary}\n\nUsage: myoserve ${`${command.name} ${command.usage}`.trimEnd()}\n\n` +
    `Options:\n${table(options)}\nSettings, as flags:\n${table(settings)}`
  )
}
