/** `myoserve plugin remove`, `enable`, `disable` and `reload`: what is pinned in the plugins folder. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EXIT, Failure, messageOf } from '../../exit.ts'
import { fingerprint } from '../../plugin/external/fingerprint.ts'
import { type Pin, type Pins, readPins, writePins } from '../../plugin/external/lock.ts'
import type { Program } from '../../program.ts'
import type { Action } from '../actions.ts'

async function pinOf({ pluginsFolder }: Program, name = ''): Promise<{ pin: Pin; rest: Pins }> {
  const { [name]: pin, ...rest } = await readPins(pluginsFolder)
  if (pin) return { pin, rest }
  const names = Object.keys(rest).join(', ') || 'none'
  throw new Failure(EXIT.usage, `there is no plugin "${name}" in ${pluginsFolder}; pinned: ${names}`)
}

export const removePlugin: Action = async (program, { args: [name = ''], terminal }) => {
  const { pin, rest } = await pinOf(program, name)
  // Without a pin its files are not run, whatever becomes of them.
  await writePins(program.pluginsFolder, rest)
  const path = join(program.pluginsFolder, pin.path)
  await rm(path, { recursive: true, force: true }).catch((cause: unknown) => {
    throw new Failure(EXIT.cannotWrite, `cannot remove ${path}: ${messageOf(cause)}`, { cause })
  })
  terminal.out(`removed ${name} ${pin.version}; a server that runs unloads it by itself\n`)
  return EXIT.ok
}

const turn =
  (enabled: boolean): Action =>
  async (program, { args: [name = ''], terminal }) => {
    const { pin, rest } = await pinOf(program, name)
    await writePins(program.pluginsFolder, { ...rest, [name]: { ...pin, enabled } })
    const [state, taken] = enabled ? ['enabled', 'loads'] : ['disabled', 'unloads']
    terminal.out(`${name} ${pin.version} is ${state}; a server that runs ${taken} it by itself\n`)
    return EXIT.ok
  }

export const enablePlugin = turn(true)
export const disablePlugin = turn(false)

/** @throws {Failure} where a server would not load it */
export const reloadPlugin: Action = async (program, { args: [name = ''], terminal }) => {
  const { pluginsFolder: folder } = program
  const { pin, rest } = await pinOf(program, name)
  if (!pin.enabled) {
    throw new Failure(
      EXIT.usage,
      `${name} is disabled, so that there is nothing to reload; \`myoserve plugin enable ${name}\` has it loaded`,
    )
  }
  const path = join(folder, pin.path)
  const print = await fingerprint(path, true).catch((cause: unknown) => {
    throw new Failure(EXIT.badData, `${name}: ${messageOf(cause)}`, { cause })
  })
  if (print.hash !== pin.hash) {
    throw new Failure(
      EXIT.badData,
      `the files of ${name} are not those that were pinned; \`myoserve plugin add ${path}\` pins them as they are, and a server that runs takes them`,
    )
  }
  await writePins(folder, { ...rest, [name]: { ...pin, reloads: (pin.reloads ?? 0) + 1 } })
  terminal.out(`${name} ${pin.version} is marked; a server that runs reloads it by itself\n`)
  return EXIT.ok
}
